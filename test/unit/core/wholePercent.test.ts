import { describe, expect, it } from 'vitest';
import { wholePercent } from '../../../src/core/wholePercent';

describe('wholePercent', () => {
  it.each([
    [0, 0],
    [0.004, 0],
    [0.695, 70],
    [0.994, 99],
    [0.9999, 99],
    [1, 100],
  ])('gives %d as %d', (probability, percent) => {
    expect(wholePercent(probability)).toBe(percent);
  });
});
