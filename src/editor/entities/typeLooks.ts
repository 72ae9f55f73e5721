import * as vscode from 'vscode';
import { isShippedType, shippedTypes, type ShippedType } from '../../core/entities/entityTypes';
import type { EntityType } from '../../core/types';
import { lookOf } from '../../protocol/typeLooks';

interface TypeWords {
  /** Name of the type of one entity. */
  readonly one: () => string;
  /** Heading over entities of the type. */
  readonly many: () => string;
}

/** Functions, because translations are not available before the extension is activated. */
const words: Readonly<Record<ShippedType, TypeWords>> = {
  Gene: { one: () => vscode.l10n.t('Gene'), many: () => vscode.l10n.t('Genes') },
  Disease: { one: () => vscode.l10n.t('Disease'), many: () => vscode.l10n.t('Diseases') },
  Chemical: { one: () => vscode.l10n.t('Chemical'), many: () => vscode.l10n.t('Chemicals') },
  Species: { one: () => vscode.l10n.t('Species'), many: () => vscode.l10n.t('Species') },
  Variant: { one: () => vscode.l10n.t('Variant'), many: () => vscode.l10n.t('Variants') },
  CellLine: { one: () => vscode.l10n.t('Cell line'), many: () => vscode.l10n.t('Cell lines') },
};

/** Returns the types to choose from. Types that the loaded model does not predict are left out. */
export function offeredTypes(modelTypes: readonly EntityType[] | undefined): readonly ShippedType[] {
  return shippedTypes.filter((type) => modelTypes?.includes(type) ?? true);
}

/** Returns the name of a type in the user's language. */
export function typeName(type: EntityType): string {
  return isShippedType(type) ? words[type].one() : type;
}

/** Returns the heading over entities of one type in the user's language. */
export function typeHeading(type: EntityType): string {
  return isShippedType(type) ? words[type].many() : type;
}

/** Returns the icon of a type. Types differ in both colour and shape, for people who cannot distinguish the colours. */
export function typeIcon(type: EntityType): vscode.ThemeIcon {
  const { icon, colour } = lookOf(type);
  return new vscode.ThemeIcon(icon, new vscode.ThemeColor(`biobert.${colour}`));
}
