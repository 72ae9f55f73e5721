/** What two taggers find in one text, held against each other. */
import { groupByName, placeKey } from '../text/mentions';
import type { Entity, EntityType } from '../types';

/** A name of one type with the mentions of it. */
export interface ComparedName {
  readonly name: string;
  readonly type: EntityType;
  readonly mentions: readonly Entity[];
}

/** Two mentions that overlap, with other borders or another type. */
export interface Disagreement {
  readonly first: Entity;
  readonly second: Entity;
}

export interface Comparison {
  /** With the same borders and the same type; as the first has them. */
  readonly both: readonly Entity[];
  /** In document order. */
  readonly differ: readonly Disagreement[];
  /** Where the other marks nothing at all; most frequent names first. */
  readonly onlyFirst: readonly ComparedName[];
  readonly onlySecond: readonly ComparedName[];
}

/** @param first In document order, as is `second`. */
export function compareEntities(first: readonly Entity[], second: readonly Entity[]): Comparison {
  const [inFirst, inSecond] = [new Set(first.map(placeKey)), new Set(second.map(placeKey))];
  const restFirst = first.filter((entity) => !inSecond.has(placeKey(entity)));
  const restSecond = second.filter((entity) => !inFirst.has(placeKey(entity)));
  const differ: Disagreement[] = [];
  const met = new Set<Entity>();
  let from = 0;
  for (const one of restFirst) {
    while ((restSecond[from]?.end ?? Infinity) <= one.start) from += 1;
    for (let at = from; (restSecond[at]?.start ?? Infinity) < one.end; at += 1) {
      const other = restSecond[at];
      if (!other || other.end <= one.start) continue;
      differ.push({ first: one, second: other });
      met.add(one).add(other);
    }
  }
  return {
    both: first.filter((entity) => inSecond.has(placeKey(entity))),
    differ,
    onlyFirst: byName(restFirst.filter((entity) => !met.has(entity))),
    onlySecond: byName(restSecond.filter((entity) => !met.has(entity))),
  };
}

function byName(entities: readonly Entity[]): ComparedName[] {
  return [...groupByName(entities, []).values()]
    .flat()
    .map(({ type, mentions }) => ({ name: mentions[0]?.name ?? '', type, mentions }))
    .sort((a, b) => b.mentions.length - a.mentions.length || a.name.localeCompare(b.name));
}
