/** Compares the entities that two taggers find in the same text. */
import { groupByName, placeKey } from '../text/mentions';
import type { Entity, EntityType } from '../types';

/** A name of one type, with its mentions. */
export interface ComparedName {
  readonly name: string;
  readonly type: EntityType;
  readonly mentions: readonly Entity[];
}

/** Two mentions that overlap but have different boundaries or types. */
export interface Disagreement {
  readonly first: Entity;
  readonly second: Entity;
}

export interface Comparison {
  /** Mentions that both taggers found with the same boundaries and type, as the first tagger gives them. */
  readonly both: readonly Entity[];
  /** In document order. */
  readonly differ: readonly Disagreement[];
  /** Mentions that overlap with nothing the second tagger found; most frequent names first. */
  readonly onlyFirst: readonly ComparedName[];
  /** Mentions that overlap with nothing the first tagger found; most frequent names first. */
  readonly onlySecond: readonly ComparedName[];
}

/**
 * @param first Entities in document order.
 * @param second Entities in document order.
 */
export function compareEntities(first: readonly Entity[], second: readonly Entity[]): Comparison {
  const [inFirst, inSecond] = [new Set(first.map(placeKey)), new Set(second.map(placeKey))];
  const restFirst = first.filter((entity) => !inSecond.has(placeKey(entity)));
  const restSecond = second.filter((entity) => !inFirst.has(placeKey(entity)));
  const differ: Disagreement[] = [];
  const overlapping = new Set<Entity>();
  let from = 0;
  for (const one of restFirst) {
    while ((restSecond[from]?.end ?? Infinity) <= one.start) from += 1;
    for (let at = from; (restSecond[at]?.start ?? Infinity) < one.end; at += 1) {
      const other = restSecond[at];
      if (!other || other.end <= one.start) continue;
      differ.push({ first: one, second: other });
      overlapping.add(one).add(other);
    }
  }
  return {
    both: first.filter((entity) => inSecond.has(placeKey(entity))),
    differ,
    onlyFirst: byName(restFirst.filter((entity) => !overlapping.has(entity))),
    onlySecond: byName(restSecond.filter((entity) => !overlapping.has(entity))),
  };
}

function byName(entities: readonly Entity[]): ComparedName[] {
  return [...groupByName(entities, []).values()]
    .flat()
    .map(({ type, mentions }) => ({ name: mentions[0]?.name ?? '', type, mentions }))
    .sort((a, b) => b.mentions.length - a.mentions.length || a.name.localeCompare(b.name));
}
