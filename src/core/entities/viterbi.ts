/** The label transitions that a scheme allows. */
export interface Transitions {
  readonly states: number;
  /** For each state, whether a sequence may begin with it. */
  readonly mayStart: readonly boolean[];
  /** For each state, the states that may precede it, ascending. */
  readonly before: readonly (readonly number[])[];
}

/**
 * Finds the most probable sequence of labels that uses only allowed transitions, so the result is always well-formed.
 * This is the Viterbi algorithm (1967) with log-probabilities of the labels as emissions and no transition weights.
 * For each row it keeps the best score of a sequence that ends in each state and the state before it; then it follows
 * these states back from the best last one. Of two states with the same score, the lower one is chosen.
 *
 * @param scores `[rows, states]` log-probabilities.
 * @returns the state of each row.
 */
export function viterbi(scores: Float64Array, rows: number, transitions: Transitions): Uint8Array {
  const path = bestOfEach(scores, rows, transitions.states);
  // If the best label of each row already gives an allowed sequence, that is the best sequence.
  return isAllowed(path, transitions) ? path : search(scores, rows, transitions);
}

function bestOfEach(scores: Float64Array, rows: number, states: number): Uint8Array {
  const path = new Uint8Array(rows);
  for (let row = 0; row < rows; row += 1) path[row] = highest(scores, row * states, states);
  return path;
}

function highest(scores: Float64Array, offset: number, states: number): number {
  let best = 0;
  for (let state = 1; state < states; state += 1) {
    if ((scores[offset + state] ?? -Infinity) > (scores[offset + best] ?? -Infinity)) best = state;
  }
  return best;
}

function isAllowed(path: Uint8Array, { mayStart, before }: Transitions): boolean {
  for (let row = 0; row < path.length; row += 1) {
    const state = path[row] ?? 0;
    const allowed = row === 0 ? mayStart[state] : before[state]?.includes(path[row - 1] ?? 0);
    if (allowed !== true) return false;
  }
  return true;
}

function search(scores: Float64Array, rows: number, { states, mayStart, before }: Transitions): Uint8Array {
  const cameFrom = new Uint8Array(rows * states);
  let reach = Float64Array.from({ length: states }, (_, state) =>
    mayStart[state] === true ? (scores[state] ?? -Infinity) : -Infinity,
  );
  for (let row = 1; row < rows; row += 1) {
    const next = new Float64Array(states);
    for (let state = 0; state < states; state += 1) {
      const from = bestPredecessor(reach, before[state] ?? []);
      cameFrom[row * states + state] = from;
      next[state] = (reach[from] ?? -Infinity) + (scores[row * states + state] ?? -Infinity);
    }
    reach = next;
  }
  const path = new Uint8Array(rows);
  let state = highest(reach, 0, states);
  for (let row = rows - 1; row >= 0; row -= 1) {
    path[row] = state;
    state = cameFrom[row * states + state] ?? 0;
  }
  return path;
}

function bestPredecessor(reach: Float64Array, candidates: readonly number[]): number {
  let best = candidates[0] ?? 0;
  for (const state of candidates) if ((reach[state] ?? -Infinity) > (reach[best] ?? -Infinity)) best = state;
  return best;
}
