import { findVariants, nameKey, variantsOf } from '../../core/text/mentions';
import type { Abbreviation, Entity, EntityType, Span } from '../../core/types';

/** Whose mentions are sought. */
export interface SoughtName {
  /** Undefined for a word that no model has typed. */
  readonly type: EntityType | undefined;
  /** Every way in which the name is known to be written. */
  readonly variants: readonly string[];
}

/**
 * @param spellings As mentioned.
 * @param abbreviations Of the document that the name was met in.
 */
export function soughtName(
  type: EntityType | undefined,
  spellings: readonly string[],
  abbreviations: readonly Abbreviation[],
): SoughtName {
  const variants = spellings.flatMap((spelling) => [spelling, ...variantsOf(spelling, abbreviations)]);
  return { type, variants: [...new Set(variants)] };
}

/**
 * Where a name is mentioned: the mentions that the model found, and the places that are written like it and that
 * the model took for nothing else. In document order, without overlaps.
 */
export function mentionsIn(text: string, entities: readonly Entity[], sought: SoughtName): Span[] {
  const keys = new Set(sought.variants.map(nameKey));
  const found: Span[] = entities.filter(
    ({ name, type }) => (sought.type === undefined || type === sought.type) && keys.has(nameKey(name)),
  );
  const written = outside(findVariants(text, sought.variants), entities);
  return [...found, ...written].sort((a, b) => a.start - b.start);
}

/** Both lists are in document order and free of overlaps. */
function outside(spans: readonly Span[], entities: readonly Entity[]): Span[] {
  let at = 0;
  return spans.filter(({ start, end }) => {
    while (at < entities.length && (entities[at]?.end ?? Infinity) <= start) at++;
    return (entities[at]?.start ?? Infinity) >= end;
  });
}
