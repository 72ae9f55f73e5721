import type { Abbreviation, Entity, EntityType, Span } from '../types';

/** The mentions of one name and type. */
export interface NameGroup {
  /** The form to show: the commonest spelling, the first on a tie. */
  readonly name: string;
  readonly key: string;
  readonly type: EntityType;
  /** In document order. */
  readonly mentions: readonly Entity[];
}

/** Folds what spellings of one name differ in: case, hyphens and blanks, Greek letters and their names, plural. */
export function nameKey(name: string): string {
  return name.toLowerCase();
}

/** The name, and the short or long forms that the document introduces for it. */
export function variantsOf(name: string, _abbreviations: readonly Abbreviation[]): string[] {
  return [name];
}

/** Word-bounded occurrences of any of the variants, in order, without overlaps. */
export function findVariants(_text: string, _variants: readonly string[]): Span[] {
  return [];
}

/** Type → names in order of first mention; an abbreviation and its long form are one name. */
export function groupByName(
  _entities: readonly Entity[],
  _abbreviations: readonly Abbreviation[],
): Map<EntityType, NameGroup[]> {
  return new Map();
}
