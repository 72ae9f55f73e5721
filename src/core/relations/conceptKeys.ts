import { groupBy } from '../groupBy';
import { commonest } from '../mostFrequent';
import { fusionPartners } from '../text/fusions';
import { canonicalKeys } from '../text/mentions';
import type { Abbreviation, ConceptLink, Entity } from '../types';

/**
 * Returns the keys of the concepts that a mention refers to: the identifiers of its concepts, or the key of its name.
 *
 * A document may have both linked and unlinked mentions of a name, for example where a person added one. They refer to
 * the same concepts, those of most linked mentions of the name.
 *
 * @param entities All mentions of the document.
 */
export function mentionConcepts(
  entities: readonly Entity[],
  abbreviations: readonly Abbreviation[],
): (entity: Entity) => readonly string[] {
  const canonical = canonicalKeys(abbreviations);
  const nameOf = ({ type, name, start }: Entity) => `${type}\n${canonical(name, start)}`;
  const linked = linkedNames(entities, nameOf);
  return (entity) =>
    fusionKey(entity) ??
    linkedConcepts(entity) ??
    linked.get(nameOf(entity)) ?? [canonical(entity.name, entity.start)];
}

/**
 * The key of a fusion such as BCR-ABL is its name, because a statement about it is about neither gene alone. A fusion that a
 * person linked to one concept has the key of that concept.
 */
function fusionKey({ type, name, concepts = [] }: Entity): readonly string[] | undefined {
  const partners = type === 'Gene' && concepts.length !== 1 ? fusionPartners(name) : undefined;
  return partners && [partners.map((partner) => partner.toLowerCase()).join('-')];
}

/**
 * The concept of a mention that a relation is about.
 * @param key The key of the mention in `Relation.concepts`. If it is not that of a concept, a mention that refers to
 *   several concepts has none.
 */
export function conceptOf({ concepts = [] }: Entity, key: string | undefined): ConceptLink | undefined {
  return concepts.find(({ id }) => id === key) ?? (concepts.length === 1 ? concepts[0] : undefined);
}

/** The identifiers of the concepts, each once; undefined if the mention is not linked. */
function linkedConcepts({ concepts = [] }: Entity): readonly string[] | undefined {
  return concepts.length === 0 ? undefined : [...new Set(concepts.map(({ id }) => id))];
}

/** The concepts of each name that has linked mentions. */
function linkedNames(
  entities: readonly Entity[],
  nameOf: (entity: Entity) => string,
): ReadonlyMap<string, readonly string[]> {
  const linked = entities.flatMap((entity) => {
    const concepts = linkedConcepts(entity);
    return concepts === undefined ? [] : [{ name: nameOf(entity), concepts }];
  });
  const byName = groupBy(linked, ({ name }) => name);
  return new Map(
    Array.from(byName, ([name, uses]) => [
      name,
      commonest(uses, ({ concepts }) => concepts.toSorted().join('\n'))?.concepts ?? [],
    ]),
  );
}
