/** Questions to a list of mentions in document order. All by binary search: a book has a hundred thousand. */
import { firstWhere } from '../../core/firstWhere';
import type { Entity } from '../../core/types';

/** Index of the first mention that starts at `offset` or later; the length of the list when there is none. */
export function lowerBound(entities: readonly Entity[], offset: number): number {
  return firstWhere(entities, ({ start }) => start >= offset);
}

/**
 * The mention that `offset` is in or at the border of. Between two that touch there, the one that starts at it.
 * Mentions do not overlap (the decoder sees to it).
 */
export function entityAt(entities: readonly Entity[], offset: number): Entity | undefined {
  const index = lowerBound(entities, offset);
  const next = entities[index];
  if (next?.start === offset) return next;
  const previous = entities[index - 1];
  return previous && offset <= previous.end ? previous : undefined;
}

/** The first mention after `offset`, from the top again past the last. */
export function entityAfter(entities: readonly Entity[], offset: number): Entity | undefined {
  return entities[lowerBound(entities, offset + 1)] ?? entities[0];
}

/** The mention before the one that `offset` is in, or before `offset`; from the bottom again before the first. */
export function entityBefore(entities: readonly Entity[], offset: number): Entity | undefined {
  const here = entityAt(entities, offset)?.start ?? offset;
  return entities[lowerBound(entities, here) - 1] ?? entities.at(-1);
}

/** At most `limit` mentions around `offset`, in order: half of them before it, as far as there are so many. */
export function nearest(entities: readonly Entity[], offset: number, limit: number): readonly Entity[] {
  if (entities.length <= limit) return entities;
  const centre = lowerBound(entities, offset);
  const from = Math.max(0, Math.min(centre - Math.floor(limit / 2), entities.length - limit));
  return entities.slice(from, from + limit);
}
