import { describe, expect, it } from 'vitest';
import { screeningFigures } from '../../../evaluation/screening/figures';

describe('screeningFigures', () => {
  it.each([
    [
      'relevant records early',
      { records: 40, found: [1, 2, 4, 9, 10, 30] },
      { loss: 0.171568627451, atd: 9.33333333333, wss95: 0.525, recall10: 0.5 },
    ],
    [
      'relevant records at the end',
      { records: 30, found: [28, 29, 30] },
      { loss: 1, atd: 29, wss95: -0.433333333333, recall10: 0 },
    ],
  ])('has the figures of asreview-insights for %s', (_name, run, expected) => {
    const figures = screeningFigures(run);
    expect(figures.loss).toBeCloseTo(expected.loss, 10);
    expect(figures.atd).toBeCloseTo(expected.atd, 10);
    expect(figures.wss95).toBeCloseTo(expected.wss95, 10);
    expect(figures.recall10).toBeCloseTo(expected.recall10, 10);
  });

  it('has no loss in the ideal order', () => {
    expect(screeningFigures({ records: 50, found: [1, 2, 3] }).loss).toBeCloseTo(0, 12);
  });
});
