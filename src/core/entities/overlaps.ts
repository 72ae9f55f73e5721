interface Candidate {
  readonly start: number;
  readonly end: number;
  readonly probability: number;
}

/**
 * Leaves no two entities that overlap: the more probable stays, ties go to the longer, then to the earlier.
 * A loser is never more probable than its winner, so that the rule gives the same above every threshold.
 *
 * @param candidates With offsets counted in words of one sentence.
 * @returns What stays, in text order.
 */
export function resolveOverlaps<T extends Candidate>(candidates: readonly T[]): T[] {
  if (candidates.length < 2) return [...candidates];
  const ranked = [...candidates].sort(
    (a, b) => b.probability - a.probability || b.end - b.start - (a.end - a.start) || a.start - b.start,
  );
  const taken = new Uint8Array(candidates.reduce((end, candidate) => Math.max(end, candidate.end), 0));
  const kept = ranked.filter(({ start, end }) => {
    if (taken.subarray(start, end).includes(1)) return false;
    taken.fill(1, start, end);
    return true;
  });
  return kept.sort((a, b) => a.start - b.start);
}
