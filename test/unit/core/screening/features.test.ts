import { describe, expect, it } from 'vitest';
import { pieceRows, wordRows, wordsOf } from '../../../../src/core/screening/features';
import { addRow, innerProduct, squaredNorm } from '../../../../src/core/screening/sparseRows';

const texts = [
  'Statins lower the risk of dementia: a cohort study.',
  'A cohort study of statins and fractures; statins were safe.',
  'The gait of beetles (Carabus 7) on sand.',
];

describe('wordsOf', () => {
  it('reads runs of two letters or digits in lower case, in any script', () => {
    expect(wordsOf('A β-blocker, 5 mg: IL-6 naïve 患者 x_1')).toEqual([
      'blocker',
      'mg',
      'il',
      'naïve',
      '患者',
      'x_1',
    ]);
  });
});

describe('wordRows', () => {
  const rows = wordRows(texts);

  it('has the similarities that TfidfVectorizer of scikit-learn 1.9 gives', () => {
    const similarity = (a: number, b: number) => {
      const weights = new Float64Array(rows.columnCount);
      addRow(rows, a, 1, weights);
      return innerProduct(rows, b, weights);
    };
    expect(similarity(0, 1)).toBeCloseTo(0.20748376, 6);
    expect(similarity(0, 2)).toBeCloseTo(0.04929197, 6);
    expect(similarity(1, 2)).toBe(0);
  });

  it('leaves out words of one text, of which it keeps the squares, and those of nearly all texts', () => {
    // statins, cohort, study, cohort study, the; "of" is in all three.
    expect(rows.columnCount).toBe(5);
    for (const [row, squares] of [0.756811, 0.764243, 0.950045].entries())
      expect(rows.unshared[row]).toBeCloseTo(squares, 5);
  });

  it('gives each text the length 1', () => {
    for (const row of texts.keys()) expect(squaredNorm(rows, row)).toBeCloseTo(1, 6);
  });

  it('counts repeated words by the logarithm', () => {
    const values = (row: number) => Array.from(rows.values.slice(rows.starts[row], rows.starts[row + 1]));
    expect(Math.max(...values(1))).toBeCloseTo(0.339413, 5);
    expect(values(0).filter((value) => Math.abs(value - 0.22054) < 1e-5)).toHaveLength(5);
  });

  it('takes texts without words', () => {
    const empty = wordRows(['', 'a b', '…']);
    expect(empty).toMatchObject({ count: 3, columnCount: 0 });
    expect(Array.from(empty.unshared)).toEqual([0, 0, 0]);
  });

  it('takes no texts', () => {
    expect(wordRows([])).toMatchObject({ count: 0, columnCount: 0 });
  });
});

describe('pieceRows', () => {
  it('makes words alike that share a part', () => {
    const rows = pieceRows(['hypertension', 'hypertensive', 'asthma']);
    const weights = new Float64Array(rows.columnCount);
    addRow(rows, 0, 1, weights);
    expect(innerProduct(rows, 1, weights)).toBeGreaterThan(0.3);
    expect(innerProduct(rows, 2, weights)).toBe(0);
  });

  it('reads words of two letters with their borders, and no pairs of words', () => {
    // _il_ has the pieces _il, il_ and _il_; both texts share all of them.
    const { columnCount, values } = pieceRows(['il', 'IL', 'x y']);
    expect(columnCount).toBe(3);
    expect(Math.hypot(...values.slice(0, 3))).toBeCloseTo(1, 6);
  });
});
