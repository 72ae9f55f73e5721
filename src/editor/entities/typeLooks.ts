import * as vscode from 'vscode';
import type { EntityType } from '../../core/types';

/** The types that ship, in the order in which they are listed. */
export const shippedTypes: readonly EntityType[] = ['Gene', 'Disease', 'Chemical'];

/** One mention's type, in the words of the user's language. */
export function typeName(type: EntityType): string {
  switch (type) {
    case 'Gene':
      return vscode.l10n.t('Gene');
    case 'Disease':
      return vscode.l10n.t('Disease');
    case 'Chemical':
      return vscode.l10n.t('Chemical');
    default:
      return type;
  }
}

/** A heading over mentions of one type. */
export function typeHeading(type: EntityType): string {
  switch (type) {
    case 'Gene':
      return vscode.l10n.t('Genes');
    case 'Disease':
      return vscode.l10n.t('Diseases');
    case 'Chemical':
      return vscode.l10n.t('Chemicals');
    default:
      return type;
  }
}

/** Colour and shape of a type, so that neither stands alone: circle, triangle, hexagon. */
export function typeIcon(type: EntityType): vscode.ThemeIcon {
  switch (type) {
    case 'Gene':
      return new vscode.ThemeIcon('circle-filled', new vscode.ThemeColor('biobert.gene'));
    case 'Disease':
      return new vscode.ThemeIcon('triangle-up', new vscode.ThemeColor('biobert.disease'));
    case 'Chemical':
      return new vscode.ThemeIcon('debug-breakpoint-data', new vscode.ThemeColor('biobert.chemical'));
    default:
      return new vscode.ThemeIcon('circle-outline', new vscode.ThemeColor('biobert.other'));
  }
}
