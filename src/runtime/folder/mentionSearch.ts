import { conceptKey } from '../../core/linking/conceptKey';
import { findVariants, nameKey, variantsOf } from '../../core/text/mentions';
import type { Abbreviation, Entity, EntityType, Span } from '../../core/types';
import type { DocumentEntities } from './grouping';
import { refersTo } from './sameConcept';

/** A name or a concept to search for. */
export interface NameQuery {
  /** Undefined for a word that was not recognised as an entity. */
  readonly type: EntityType | undefined;
  /** All known spellings of the name. */
  readonly variants: readonly string[];
  /** Identifiers of the concepts that the name refers to. Default: the name is not linked. */
  readonly concepts?: readonly string[] | undefined;
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
 * Extends the query for a name to the concepts that it refers to: by all names of these concepts in tagged documents, and
 * by their preferred names.
 */
export function conceptQuery(
  { type, variants }: NameQuery,
  concepts: readonly { readonly id: string; readonly name?: string }[],
  documents: readonly DocumentEntities[],
): NameQuery {
  const ids = concepts.map(({ id }) => id);
  if (ids.length === 0) return { type, variants };
  const names = new Set(variants);
  for (const { entities } of documents) {
    // Mentions of several concepts have names of their own, which stand for neither of them.
    for (const entity of entities)
      if (entity.type === type && entity.concepts?.length === ids.length && refersTo(entity, ids))
        names.add(entity.name);
  }
  const [only] = concepts;
  if (concepts.length === 1 && only?.name !== undefined) names.add(only.name);
  return { type, variants: [...names], concepts: ids };
}

/**
 * Finds the mentions of a name in a text: entities that the model found, and other occurrences of its spellings that
 * overlap no entity. Entities that are linked are found by their concepts, if the concepts of the name are known.
 *
 * @returns spans in document order, without overlaps.
 */
export function findMentions(text: string, entities: readonly Entity[], query: NameQuery): Span[] {
  const keys = new Set(query.variants.map(nameKey));
  const { concepts = [] } = query;
  const isNamed = ({ name }: Entity): boolean => keys.has(nameKey(name));
  const isFound = (entity: Entity): boolean =>
    concepts.length > 0 && conceptKey(entity) !== undefined ? refersTo(entity, concepts) : isNamed(entity);
  const recognised: Span[] = entities.filter(
    (entity) => (query.type === undefined || entity.type === query.type) && isFound(entity),
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
