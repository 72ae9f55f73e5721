import { describe, expect, it } from 'vitest';
import {
  factoidScores,
  listScore,
  retrievalScores,
  rightRank,
  riskCoverage,
  separation,
  squadScore,
  verdictScores,
} from '../../../evaluation/questions/scores';

describe('the official scores', () => {
  it('use the first right answer of five for factoid questions', () => {
    expect(rightRank(['a', ' BRCA1 ', 'c'], ['brca1', 'x'])).toBe(2);
    expect(rightRank(['a', 'b', 'c', 'd', 'e', 'x'], ['x'])).toBe(0);
    const scores = factoidScores([1, 2, 0, 0]);
    expect(scores).toEqual({ strict: 25, lenient: 50, mrr: 37.5 });
    expect(factoidScores([])).toEqual({ strict: 0, lenient: 0, mrr: 0 });
  });

  it('count each answer to a list question once, in any form', () => {
    const score = listScore(['aspirin', 'ASA', 'other'], [['Aspirin', 'asa'], ['b']]);
    expect(score.precision).toBeCloseTo(2 / 3);
    expect(score.recall).toBe(0.5);
    expect(listScore([], [['a']])).toEqual({ precision: 0, recall: 0, f1: 0 });
  });

  it('ignore articles and punctuation for SQuAD', () => {
    expect(squadScore('The cat.', ['cat', 'dog'])).toEqual({ exact: 1, f1: 1 });
    expect(squadScore('a big cat', ['cat']).f1).toBeCloseTo(2 / 3);
    expect(squadScore('', ['cat'])).toEqual({ exact: 0, f1: 0 });
  });

  it('are accuracy and macro-F1 for verdicts', () => {
    const pairs = [
      { said: 'yes', gold: 'yes' },
      { said: 'yes', gold: 'no' },
      { said: 'no', gold: 'no' },
    ];
    const { accuracy, macroF1 } = verdictScores(pairs, ['yes', 'no']);
    expect(accuracy).toBeCloseTo(200 / 3);
    expect(macroF1).toBeCloseTo(200 / 3);
    expect(verdictScores(pairs, ['yes', 'no', 'maybe']).macroF1).toBeCloseTo(400 / 9);
  });

  it('are recall and reciprocal rank for retrieval', () => {
    const scores = retrievalScores([
      { ranks: [1, 7], relevant: 2 },
      { ranks: [], relevant: 1 },
    ]);
    expect(scores).toEqual({ recall5: 25, recall20: 50, mrr: 50 });
  });

  it('rank the most certain questions first for "no answer"', () => {
    const judged = [
      { noAnswer: 0.1, right: true },
      { noAnswer: 0.9, right: false },
    ];
    expect(riskCoverage(judged).at(-1)).toEqual({ coverage: 100, right: 50 });
    expect(riskCoverage(judged)[0]?.right).toBe(100);
    expect(separation([0.1, 0.5], [0.5, 0.9])).toBe(87.5);
  });
});
