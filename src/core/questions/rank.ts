/** Ranks passages by their embeddings, and merges several rankings into one. */

/**
 * The constant k of reciprocal rank fusion; differences between ranks far below k hardly count (Cormack, Clarke and
 * Büttcher 2009, section 3).
 */
const fusionConstant = 60;

/**
 * Reciprocal rank fusion: merges several rankings, each best first, into one. The score of an id is the sum of 1 / (k
 * + rank) over all rankings, so an id near the top of one ranking comes early, and an id near the top of all rankings
 * comes first.
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

/**
 * Indices of the vectors most similar to that of the question, most similar first. All vectors are unit vectors of the
 * same length.
 */
export function nearest(question: Float32Array, vectors: readonly Float32Array[], limit: number): number[] {
  const scores = vectors.map((vector) => innerProduct(question, vector));
  return scores
    .map((_, index) => index)
    .sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0))
    .slice(0, limit);
}

function innerProduct(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
