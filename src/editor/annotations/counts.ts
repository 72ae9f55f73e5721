import type { Entity, EntityType } from '../../core/types';

/** Lists of entities are immutable, so each is counted once, although several parts need the counts after each change. */
const countCache = new WeakMap<readonly Entity[], ReadonlyMap<EntityType, number>>();

/** Returns the number of entities of each type, in order of first occurrence. */
export function countByType(entities: readonly Entity[]): ReadonlyMap<EntityType, number> {
  const cached = countCache.get(entities);
  if (cached) return cached;
  const counts = new Map<EntityType, number>();
  for (const { type } of entities) counts.set(type, (counts.get(type) ?? 0) + 1);
  countCache.set(entities, counts);
  return counts;
}

/** Stores the counts of a list to which entities were added. While results stream in, this saves counting it anew. */
export function rememberUnion(
  union: readonly Entity[],
  base: readonly Entity[],
  added: readonly Entity[],
): void {
  const counts = new Map(countByType(base));
  for (const [type, number] of countByType(added)) counts.set(type, (counts.get(type) ?? 0) + number);
  countCache.set(union, counts);
}

/** Returns the entities of visible types; the same list if all types are visible. */
export function visibleEntities(
  entities: readonly Entity[],
  isShown: (type: EntityType) => boolean,
): readonly Entity[] {
  const hidden = new Set([...countByType(entities).keys()].filter((type) => !isShown(type)));
  return hidden.size === 0 ? entities : entities.filter(({ type }) => !hidden.has(type));
}
