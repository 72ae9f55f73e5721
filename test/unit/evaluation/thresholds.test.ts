import { describe, expect, it } from 'vitest';
import { chosenThresholds, type Prediction, thresholdFor, thresholdRows } from '../../evaluation/thresholds';

/** Predictions of one probability. */
const told = (probability: number, right: number, wrong: number, isAcross = false): Prediction[] =>
  Array.from({ length: right + wrong }, (_, i) => ({ probability, isAcross, isRight: i < right }));

describe('the thresholds of a relation model', () => {
  it('count what is told and right from each threshold on', () => {
    const rows = thresholdRows([...told(0.5, 3, 1), ...told(0.9, 2, 0)], 0.1);
    expect(rows.find(({ threshold }) => threshold === 0.5)).toEqual({ threshold: 0.5, told: 6, right: 5 });
    expect(rows.find(({ threshold }) => threshold === 0.6)).toEqual({ threshold: 0.6, told: 2, right: 2 });
  });

  it('list relations from the lowest threshold with the precision that is asked for', () => {
    const predictions = [...told(0.3, 5, 15), ...told(0.7, 18, 2)];
    expect(thresholdFor(predictions, 85)).toBe(0.31);
    expect(thresholdFor(predictions, 50)).toBe(0.05);
    expect(thresholdFor(predictions, 95)).toBeUndefined();
  });

  it('are not chosen from a handful of predictions', () => {
    expect(thresholdFor(told(0.9, 10, 0), 85)).toBeUndefined();
  });

  it('have the best F1 together, and shut out relations across sentences if these are seldom right', () => {
    const within = [...told(0.4, 20, 10), ...told(0.2, 2, 40)];
    const across = told(0.6, 3, 60, true);
    expect(chosenThresholds([{ head: 'a', predictions: [...within, ...across], gold: 50 }])).toEqual({
      a: { threshold: 0.21, thresholdAcross: 0.61, thresholdListed: 1, thresholdListedAcross: 1 },
    });
  });

  it('list from the same probability on for all heads', () => {
    const heads = [
      { head: 'a', predictions: told(0.8, 30, 0), gold: 30 },
      {
        head: 'b',
        predictions: [...told(0.8, 8, 4), ...told(0.5, 10, 10), ...told(0.9, 20, 1, true)],
        gold: 40,
      },
    ];
    const { a, b } = chosenThresholds(heads);
    expect([a?.thresholdListed, b?.thresholdListed]).toEqual([0.51, 0.51]);
    expect([a?.thresholdListedAcross, b?.thresholdListedAcross]).toEqual([0.05, 0.05]);
  });
});
