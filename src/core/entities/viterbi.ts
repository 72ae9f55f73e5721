/** Which label may follow which. */
export interface Transitions {
  readonly states: number;
  /** Whether a sequence may begin with a state. */
  readonly mayStart: readonly boolean[];
  /** For each state, the states that may stand before it, ascending. */
  readonly before: readonly (readonly number[])[];
}

/**
 * The most probable sequence of labels that keeps the transitions: a malformed one is never returned.
 * Viterbi 1967, with log-probabilities for emissions and no weights on transitions. A tie goes to the lower state.
 *
 * @param scores `[rows, states]` log-probabilities.
 * @returns The state of each row.
 */
export function viterbi(scores: Float64Array, rows: number, transitions: Transitions): Uint8Array {
  const path = bestOfEach(scores, rows, transitions.states);
  // Where the best label of each token already keeps the rule, that is the best sequence.
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
