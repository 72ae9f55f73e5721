/** Moves through the nodes of a graph with keys. Without side effects. */
import type { Places, Point } from './graphLayout';

/**
 * Moves through the nodes in their order and from the last to the first.
 * @param active Index of the active node; -1 if no node is active.
 * @param count Number of nodes, at least 1.
 * @returns the index of the node that the key moves to; undefined if the key does not move.
 */
export function nodeAfterKey(key: string, active: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return (active + 1) % count;
    case 'ArrowLeft':
    case 'ArrowUp':
      return (Math.max(0, active) + count - 1) % count;
    default:
      return undefined;
  }
}

const directions: Readonly<Record<string, Point>> = {
  ArrowRight: { x: 1, y: 0 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowDown: { x: 0, y: 1 },
  ArrowUp: { x: 0, y: -1 },
};

/** Whether a key moves between nodes. */
export function isArrow(key: string): boolean {
  return key in directions;
}

/**
 * Finds the node in the direction of an arrow key: the one that needs the shortest and straightest way.
 * @param from Id of the active node.
 * @param related Ids of its neighbours. Other nodes are only taken if no neighbour lies in that direction.
 * @returns undefined if no node lies in that direction.
 */
export function nodeTowards(
  key: string,
  from: string,
  related: readonly string[],
  places: Places,
): string | undefined {
  const direction = directions[key];
  const start = places.get(from);
  if (!direction || !start) return undefined;
  const others = [...places.keys()].filter((id) => id !== from);
  return nearest(start, direction, related, places) ?? nearest(start, direction, others, places);
}

function nearest(start: Point, direction: Point, ids: readonly string[], places: Places): string | undefined {
  let best: string | undefined;
  let least = Infinity;
  for (const id of ids) {
    const place = places.get(id);
    if (!place) continue;
    const [dx, dy] = [place.x - start.x, place.y - start.y];
    const along = dx * direction.x + dy * direction.y;
    const across = Math.abs(dx * direction.y - dy * direction.x);
    // Within 45 degrees of the direction.
    if (along <= 0 || across > along) continue;
    const way = along + 2 * across;
    if (way < least) [best, least] = [id, way];
  }
  return best;
}
