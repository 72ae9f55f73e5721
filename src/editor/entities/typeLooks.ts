import * as vscode from 'vscode';
import type { EntityType } from '../../core/types';

/**
 * The types that have a look, a setting and links of their own, in the order in which they are listed. A model need not
 * have all of them.
 */
export const shippedTypes = [
  'Gene',
  'Disease',
  'Chemical',
  'Species',
] as const satisfies readonly EntityType[];

export type ShippedType = (typeof shippedTypes)[number];

export function isShippedType(type: EntityType): type is ShippedType {
  return (shippedTypes as readonly EntityType[]).includes(type);
}

/** Those that a user can choose from: all, but none that the model is known to lack. */
export function offeredTypes(modelTypes: readonly EntityType[] | undefined): readonly ShippedType[] {
  return shippedTypes.filter((type) => modelTypes?.includes(type) ?? true);
}

/** One mention's type, in the words of the user's language. */
export function typeName(type: EntityType): string {
  switch (type) {
    case 'Gene':
      return vscode.l10n.t('Gene');
    case 'Disease':
      return vscode.l10n.t('Disease');
    case 'Chemical':
      return vscode.l10n.t('Chemical');
    case 'Species':
      return vscode.l10n.t('Species');
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
    case 'Species':
      return vscode.l10n.t('Species');
    default:
      return type;
  }
}

/** Colour and shape of a type, so that neither stands alone: circle, triangle, hexagon, diamond. */
export function typeIcon(type: EntityType): vscode.ThemeIcon {
  switch (type) {
    case 'Gene':
      return new vscode.ThemeIcon('circle-filled', new vscode.ThemeColor('biobert.gene'));
    case 'Disease':
      return new vscode.ThemeIcon('triangle-up', new vscode.ThemeColor('biobert.disease'));
    case 'Chemical':
      return new vscode.ThemeIcon('debug-breakpoint-data', new vscode.ThemeColor('biobert.chemical'));
    case 'Species':
      return new vscode.ThemeIcon('debug-breakpoint-log', new vscode.ThemeColor('biobert.species'));
    default:
      return new vscode.ThemeIcon('circle-outline', new vscode.ThemeColor('biobert.other'));
  }
}
