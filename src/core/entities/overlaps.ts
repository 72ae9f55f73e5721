interface Candidate {
  readonly start: number;
  readonly end: number;
  readonly probability: number;
}

/**
 * Resolves overlaps between entities. Of two that overlap, the more probable one is kept; with equal probabilities the
 * longer one, then the earlier one. The loser is never more probable than the winner, so the result above any
 * threshold does not depend on the order of filtering and resolving.
 *
 * @param candidates Entities with offsets in words of one sentence.
 * @returns the entities that are kept, in text order.
 */
export function resolveOverlaps<T extends Candidate>(candidates: readonly T[]): T[] {
  if (candidates.length < 2) return [...candidates];
  const ranked = [...candidates].sort(
    (a, b) => b.probability - a.probability || b.end - b.start - (a.end - a.start) || a.start - b.start,
  );
  const occupied = new Uint8Array(candidates.reduce((end, candidate) => Math.max(end, candidate.end), 0));
  const kept = ranked.filter(({ start, end }) => {
    if (occupied.subarray(start, end).includes(1)) return false;
    occupied.fill(1, start, end);
    return true;
  });
  return kept.sort((a, b) => a.start - b.start);
}
