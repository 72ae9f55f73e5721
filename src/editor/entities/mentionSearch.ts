import { findVariants, nameKey, variantsOf } from '../../core/text/mentions';
import type { Abbreviation, Entity, EntityType, Span } from '../../core/types';

/** A name to search for. */
export interface NameQuery {
  /** Undefined for a word that was not recognised as an entity. */
  readonly type: EntityType | undefined;
  /** All known spellings of the name. */
  readonly variants: readonly string[];
}

/**
 * Creates a query for a name, its variants, and its short or long form.
 *
 * @param spellings Spellings that occur in documents.
 * @param abbreviations The abbreviations of the document in which the name was found.
 * @param at The offset at which the name was found. Default: the first definition of an abbreviation counts.
 */
export function nameQuery(
  type: EntityType | undefined,
  spellings: readonly string[],
  abbreviations: readonly Abbreviation[],
  at?: number,
): NameQuery {
  const variants = spellings.flatMap((spelling) => [spelling, ...variantsOf(spelling, abbreviations, at)]);
  return { type, variants: [...new Set(variants)] };
}

/**
 * Finds the mentions of a name in a text: entities that the model found, and other occurrences of its spellings that
 * overlap no entity.
 *
 * @returns spans in document order, without overlaps.
 */
export function findMentions(text: string, entities: readonly Entity[], query: NameQuery): Span[] {
  const keys = new Set(query.variants.map(nameKey));
  const recognised: Span[] = entities.filter(
    ({ name, type }) => (query.type === undefined || type === query.type) && keys.has(nameKey(name)),
  );
  const unrecognised = outsideEntities(findVariants(text, query.variants), entities);
  return [...recognised, ...unrecognised].sort((a, b) => a.start - b.start);
}

/** Returns the spans that overlap no entity. Both lists must be in document order and without overlaps. */
function outsideEntities(spans: readonly Span[], entities: readonly Entity[]): Span[] {
  let at = 0;
  return spans.filter(({ start, end }) => {
    while (at < entities.length && (entities[at]?.end ?? Infinity) <= start) at++;
    return (entities[at]?.start ?? Infinity) >= end;
  });
}
