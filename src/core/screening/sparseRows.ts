/** Rows of a sparse matrix, one a text, one after the other in typed arrays. */
export interface SparseRows {
  readonly count: number;
  readonly columnCount: number;
  /** The index at which the values of each row begin, and at the end their number: length `count + 1`. */
  readonly starts: Uint32Array;
  /** Column of each value. */
  readonly columns: Uint32Array;
  readonly values: Float32Array;
  /**
   * For each row the sum of the squares of the values that no other row has in their column. Such columns are left out:
   * they say nothing about another row, and are most of all columns. A learner needs their squares alone.
   */
  readonly unshared: Float64Array;
}

/** The inner product of a row with a vector of `columnCount` weights, without the columns that are left out. */
export function innerProduct(rows: SparseRows, row: number, weights: Float64Array): number {
  const { starts, columns, values } = rows;
  const end = starts[row + 1] ?? 0;
  let sum = 0;
  for (let at = starts[row] ?? 0; at < end; at++) sum += (weights[columns[at] ?? 0] ?? 0) * (values[at] ?? 0);
  return sum;
}

/** Adds a multiple of a row to a vector of `columnCount` weights, without the columns that are left out. */
export function addRow(rows: SparseRows, row: number, factor: number, weights: Float64Array): void {
  const { starts, columns, values } = rows;
  const end = starts[row + 1] ?? 0;
  for (let at = starts[row] ?? 0; at < end; at++) {
    const column = columns[at] ?? 0;
    weights[column] = (weights[column] ?? 0) + factor * (values[at] ?? 0);
  }
}

/** The inner product of a row with itself, with the columns that are left out. */
export function squaredNorm(rows: SparseRows, row: number): number {
  const { starts, values, unshared } = rows;
  const end = starts[row + 1] ?? 0;
  let sum = unshared[row] ?? 0;
  for (let at = starts[row] ?? 0; at < end; at++) sum += (values[at] ?? 0) ** 2;
  return sum;
}
