/**
 * Moves through the nodes of a graph with keys, in their order and from the last to the first. Without side effects.
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
