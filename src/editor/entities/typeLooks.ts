import * as vscode from 'vscode';
import { isShippedType, shippedTypes, type ShippedType } from '../../core/entityTypes';
import type { EntityType } from '../../core/types';
import { lookOf } from '../../protocol/typeLooks';

interface TypeWords {
  /** One mention's type. */
  readonly one: () => string;
  /** A heading over mentions. */
  readonly many: () => string;
}

/** Functions, because VS Code has read the translations only once the extension is active. */
const words: Readonly<Record<ShippedType, TypeWords>> = {
  Gene: { one: () => vscode.l10n.t('Gene'), many: () => vscode.l10n.t('Genes') },
  Disease: { one: () => vscode.l10n.t('Disease'), many: () => vscode.l10n.t('Diseases') },
  Chemical: { one: () => vscode.l10n.t('Chemical'), many: () => vscode.l10n.t('Chemicals') },
  Species: { one: () => vscode.l10n.t('Species'), many: () => vscode.l10n.t('Species') },
  Variant: { one: () => vscode.l10n.t('Variant'), many: () => vscode.l10n.t('Variants') },
  CellLine: { one: () => vscode.l10n.t('Cell line'), many: () => vscode.l10n.t('Cell lines') },
};

/** Those that a user can choose from: all, but none that the model is known to lack. */
export function offeredTypes(modelTypes: readonly EntityType[] | undefined): readonly ShippedType[] {
  return shippedTypes.filter((type) => modelTypes?.includes(type) ?? true);
}

/** One mention's type, in the words of the user's language. */
export function typeName(type: EntityType): string {
  return isShippedType(type) ? words[type].one() : type;
}

/** A heading over mentions of one type. */
export function typeHeading(type: EntityType): string {
  return isShippedType(type) ? words[type].many() : type;
}

/** Colour and shape of a type, so that neither stands alone. */
export function typeIcon(type: EntityType): vscode.ThemeIcon {
  const { icon, colour } = lookOf(type);
  return new vscode.ThemeIcon(icon, new vscode.ThemeColor(`biobert.${colour}`));
}
