import { describe, expect, it } from 'vitest';
import { roundProbability } from '../../../../src/core/exports/mention';

describe('a probability in a file', () => {
  it.each([
    [0, 0],
    [0.91234567, 0.9123],
    [0.99996, 0.9999],
    [1, 1],
  ])('of %d is %d: a prediction does not become the 1 of a person', (probability, rounded) => {
    expect(roundProbability(probability)).toBe(rounded);
  });
});
