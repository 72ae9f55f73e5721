/** Ranks passages by meaning, and makes one ranking of several. */

/** Ranks below which a ranking says little (Cormack, Clarke and Büttcher 2009, section 3). */
const fusionConstant = 60;

/**
 * Reciprocal rank fusion: of several rankings, each best first, one. An id that stands high in any of them comes early,
 * one that stands high in all of them first.
 */
export function fuseRankings<Id>(rankings: readonly (readonly Id[])[], limit = Infinity): Id[] {
  const scores = new Map<Id, number>();
  for (const ranking of rankings) {
    for (const [rank, id] of ranking.entries()) {
      scores.set(id, (scores.get(id) ?? 0) + 1 / (fusionConstant + rank + 1));
    }
  }
  return [...scores]
    .sort(([, a], [, b]) => b - a)
    .slice(0, limit)
    .map(([id]) => id);
}

/** Indices of the vectors nearest to the question's, nearest first. All are unit vectors of one length. */
export function nearest(question: Float32Array, vectors: readonly Float32Array[], limit: number): number[] {
  const scores = vectors.map((vector) => innerProduct(question, vector));
  return scores
    .map((_, index) => index)
    .sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0))
    .slice(0, limit);
}

export function innerProduct(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
