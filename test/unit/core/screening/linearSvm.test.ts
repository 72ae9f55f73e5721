import { describe, expect, it } from 'vitest';
import { type Example, LinearSvm } from '../../../../src/core/screening/linearSvm';
import type { SparseRows } from '../../../../src/core/screening/sparseRows';

/** Rows of a full matrix. */
function rowsOf(matrix: readonly (readonly number[])[], unshared?: readonly number[]): SparseRows {
  const starts = [0];
  const columns: number[] = [];
  const values: number[] = [];
  for (const row of matrix) {
    for (const [column, value] of row.entries()) {
      if (value === 0) continue;
      columns.push(column);
      values.push(value);
    }
    starts.push(values.length);
  }
  return {
    count: matrix.length,
    columnCount: matrix[0]?.length ?? 0,
    starts: Uint32Array.from(starts),
    columns: Uint32Array.from(columns),
    values: Float32Array.from(values),
    unshared: Float64Array.from(unshared ?? matrix.map(() => 0)),
  };
}

const matrix = [
  [1, 0, 0.5],
  [0.8, 0.3, 0],
  [0, 1, 0.2],
  [0.1, 0.9, 0.7],
  [0.4, 0.5, 1],
];
const examples: readonly Example[] = matrix.map((_, row) => ({
  row,
  isPositive: row < 2,
  cost: row < 2 ? 1 : 0.25,
}));
/** `LinearSVC(C=0.5).fit(matrix, [1, 1, 0, 0, 0], sample_weight=[2, 2, .5, .5, .5]).decision_function(matrix)`. */
const expected = [0.77210623, 0.66438897, -0.42372942, -0.49985163, -0.1767799];

const scores = (svm: LinearSvm) => matrix.map((_, row) => svm.score(row));

describe('a linear support vector machine', () => {
  it('has the scores of scikit-learn with sample weights', () => {
    const svm = new LinearSvm(rowsOf(matrix), { tolerance: 1e-9 });
    svm.train(examples);
    for (const [row, score] of scores(svm).entries()) expect(score).toBeCloseTo(expected[row] ?? NaN, 5);
  });

  it('finds the same after earlier training with other examples and classes', () => {
    const svm = new LinearSvm(rowsOf(matrix), { tolerance: 1e-9 });
    svm.train([
      { row: 0, isPositive: false, cost: 3 },
      { row: 3, isPositive: true, cost: 1 },
    ]);
    svm.train(examples.slice(0, 3));
    svm.train(examples);
    for (const [row, score] of scores(svm).entries()) expect(score).toBeCloseTo(expected[row] ?? NaN, 5);
  });

  it('needs few epochs after one more example', () => {
    const cold = new LinearSvm(rowsOf(matrix));
    const epochs = cold.train(examples);
    const warm = new LinearSvm(rowsOf(matrix));
    warm.train(examples);
    expect(warm.train(examples)).toBeLessThan(epochs);
  });

  it('forgets an example that is taken back', () => {
    const svm = new LinearSvm(rowsOf(matrix), { tolerance: 1e-9 });
    svm.train(examples);
    svm.train([]);
    for (const score of scores(svm)) expect(score).toBeCloseTo(0, 9);
  });

  it('counts the squares of the columns that are left out as the columns themselves', () => {
    const whole = matrix.map((row, index) => [
      ...row,
      ...matrix.map((_, other) => (other === index ? 0.6 : 0)),
    ]);
    const full = new LinearSvm(rowsOf(whole), { tolerance: 1e-9 });
    const short = new LinearSvm(
      rowsOf(
        matrix,
        matrix.map(() => 0.36),
      ),
      { tolerance: 1e-9 },
    );
    full.train(examples.slice(0, 4));
    short.train(examples.slice(0, 4));
    expect(short.score(4)).toBeCloseTo(full.score(4), 6);
  });

  it('gives the same numbers for the same calls', () => {
    const twice = [1, 2].map(() => {
      const svm = new LinearSvm(rowsOf(matrix), { seed: 5 });
      svm.train(examples);
      return scores(svm);
    });
    expect(twice[0]).toEqual(twice[1]);
  });
});
