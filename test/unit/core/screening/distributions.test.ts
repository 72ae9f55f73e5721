import { describe, expect, it } from 'vitest';
import {
  hypergeometricAtMost,
  logFactorials,
  poissonQuantile,
} from '../../../../src/core/screening/distributions';

const logs = logFactorials(100);

describe('hypergeometricAtMost', () => {
  it.each([
    // scipy.stats.hypergeom.cdf(count, population, successes, size)
    [1, { population: 20, successes: 7, size: 12 }, 0.0044375645],
    [0, { population: 50, successes: 5, size: 10 }, 0.310562782],
    [3, { population: 100, successes: 10, size: 40 }, 0.3742375825],
    [5, { population: 10, successes: 5, size: 10 }, 1],
    [4, { population: 10, successes: 5, size: 10 }, 0],
  ])('gives the probability of at most %i in %j', (count, urn, expected) => {
    expect(hypergeometricAtMost(count, urn, logs)).toBeCloseTo(expected, 8);
  });

  it('is 0 for an urn that is too small', () => {
    expect(hypergeometricAtMost(3, { population: 4, successes: 5, size: 2 }, logs)).toBe(0);
  });
});

describe('poissonQuantile', () => {
  it.each([
    [0.025, 0, 0],
    [0.025, 3, 0],
    [0.025, 10, 4],
    [0.5, 10, 10],
    [0.975, 10, 17],
    [0.025, 1000, 938],
  ])('at %d of the mean %d is %i', (probability, mean, expected) => {
    expect(poissonQuantile(probability, mean)).toBe(expected);
  });
});
