/** Lookups in a list of entities in document order. All use binary search, since a book has a hundred thousand entities. */
import { firstWhere } from '../../core/firstWhere';
import type { Entity } from '../../core/types';

/** Returns the index of the first entity that starts at `offset` or later, or the length of the list. */
export function lowerBound(entities: readonly Entity[], offset: number): number {
  return firstWhere(entities, ({ start }) => start >= offset);
}

/**
 * Returns the entity that contains `offset` or has a border there. Of two entities that meet at `offset`, it is the one
 * that starts there. Entities must not overlap; the decoder ensures that.
 */
export function entityAt(entities: readonly Entity[], offset: number): Entity | undefined {
  const index = lowerBound(entities, offset);
  const next = entities[index];
  if (next?.start === offset) return next;
  const previous = entities[index - 1];
  return previous && offset <= previous.end ? previous : undefined;
}

/** Returns the first entity after `offset`. After the last entity, the first one of the document follows. */
export function entityAfter(entities: readonly Entity[], offset: number): Entity | undefined {
  return entities[lowerBound(entities, offset + 1)] ?? entities[0];
}

/**
 * Returns the last entity before `offset`, or before the entity at `offset`. Before the first entity, the last one of
 * the document follows.
 */
export function entityBefore(entities: readonly Entity[], offset: number): Entity | undefined {
  const here = entityAt(entities, offset)?.start ?? offset;
  return entities[lowerBound(entities, here) - 1] ?? entities.at(-1);
}

/** Returns at most `limit` entities around `offset`, in order. Half of them are before it if there are enough. */
export function nearestEntities(
  entities: readonly Entity[],
  offset: number,
  limit: number,
): readonly Entity[] {
  if (entities.length <= limit) return entities;
  const centre = lowerBound(entities, offset);
  const from = Math.max(0, Math.min(centre - Math.floor(limit / 2), entities.length - limit));
  return entities.slice(from, from + limit);
}
