import type { Entity, EntityType } from '../../core/types';

/** Lists never change, so each is counted once, however many parts ask: all of them do after each change. */
const counted = new WeakMap<readonly Entity[], ReadonlyMap<EntityType, number>>();

/** How many mentions of each type there are, in order of first mention. */
export function countByType(entities: readonly Entity[]): ReadonlyMap<EntityType, number> {
  const known = counted.get(entities);
  if (known) return known;
  const counts = new Map<EntityType, number>();
  for (const { type } of entities) counts.set(type, (counts.get(type) ?? 0) + 1);
  counted.set(entities, counts);
  return counts;
}

/** Spares counting a list that is another one and a few more: results stream in by the hundred. */
export function countUnion(union: readonly Entity[], one: readonly Entity[], more: readonly Entity[]): void {
  const counts = new Map(countByType(one));
  for (const [type, number] of countByType(more)) counts.set(type, (counts.get(type) ?? 0) + number);
  counted.set(union, counts);
}

/** Those of the shown types; the list itself when that is all of them. */
export function shownOnly(
  entities: readonly Entity[],
  isShown: (type: EntityType) => boolean,
): readonly Entity[] {
  const hidden = new Set([...countByType(entities).keys()].filter((type) => !isShown(type)));
  return hidden.size === 0 ? entities : entities.filter(({ type }) => !hidden.has(type));
}
