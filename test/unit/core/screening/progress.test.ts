import { describe, expect, it } from 'vitest';
import { estimateProgress } from '../../../../src/core/screening/progress';
import { Random } from '../../../support/random';

/** Decisions in the order of a ranker: relevant records are the rarer the later. */
function screening(total: number, relevant: number, random: Random): readonly boolean[] {
  const decisions = Array.from({ length: total }, () => false);
  for (let left = relevant; left > 0;) {
    const place = Math.floor(-Math.log(1 - random.fraction()) * (total / 8));
    if (place >= total || decisions[place] === true) continue;
    decisions[place] = true;
    left -= 1;
  }
  return decisions;
}

const count = (decisions: readonly boolean[]) => decisions.filter(Boolean).length;

describe('estimateProgress', () => {
  it('has the number of relevant records left in its interval in at least 95 % of simulated reviews', () => {
    const random = new Random(11);
    let covered = 0;
    let error = 0;
    const moments = Array.from({ length: 40 }, () => screening(400, 30, random)).flatMap((review) =>
      [80, 160, 240, 320].map((decided) => ({ review, decided })),
    );
    for (const { review, decided } of moments) {
      const left = count(review.slice(decided));
      const { left: estimated } = estimateProgress(review.slice(0, decided), review.length);
      if (estimated.low <= left && left <= estimated.high) covered += 1;
      error += Math.abs(estimated.estimate - left) / moments.length;
    }
    expect(covered / moments.length).toBeGreaterThanOrEqual(0.95);
    expect(error).toBeLessThan(3);
  });

  it('has an upper bound that records drawn at random exceed in at most 2.5 % of the cases', () => {
    const random = new Random(5);
    const exceeded = Array.from({ length: 400 }, () => {
      const review = Array.from({ length: 200 }, () => random.oneIn(10));
      const { left } = estimateProgress(review.slice(0, 60), 200);
      // The smallest of several bounds, each of which fails in 2.5 % of the cases, fails more often.
      return count(review.slice(60)) > left.high;
    });
    expect(count(exceeded) / exceeded.length).toBeLessThan(0.1);
  });

  it('knows that nothing is left when all records are decided', () => {
    const progress = estimateProgress([true, false, true, false], 4);
    expect(progress).toMatchObject({
      total: 4,
      decided: 4,
      found: 2,
      left: { estimate: 0, low: 0, high: 0 },
      recall: { estimate: 1, low: 1, high: 1 },
      confidence: 1,
    });
  });

  it('knows nothing before the first decision', () => {
    expect(estimateProgress([], 50)).toEqual({
      total: 50,
      decided: 0,
      found: 0,
      left: { estimate: 25, low: 0, high: 50 },
      recall: undefined,
      confidence: 0,
    });
  });

  it('grows more confident with each irrelevant record after the last relevant one', () => {
    const start = [true, true, false, true];
    const confidence = [0, 100, 300, 600, 900].map(
      (more) => estimateProgress([...start, ...Array.from({ length: more }, () => false)], 1000).confidence,
    );
    expect(confidence).toEqual([...confidence].sort((a, b) => a - b));
    expect(confidence[0]).toBeLessThan(0.1);
    // The target is missed if one more relevant record is among the last 996, of which 900 were read.
    expect(confidence.at(-1)).toBeCloseTo(900 / 996, 10);
  });

  it('asks less for a lower recall', () => {
    const decisions = [
      ...Array.from({ length: 20 }, () => true),
      ...Array.from({ length: 100 }, () => false),
    ];
    const half = estimateProgress(decisions, 200, { targetRecall: 0.5 }).confidence;
    expect(half).toBeGreaterThan(estimateProgress(decisions, 200).confidence);
  });

  it('expects half a record among those decided after none was relevant', () => {
    const { left } = estimateProgress(
      Array.from({ length: 20 }, () => false),
      60,
    );
    expect(left.estimate).toBe(1);
    expect(left.low).toBe(0);
    expect(left.high).toBeGreaterThan(1);
  });
});
