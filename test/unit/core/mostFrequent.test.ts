import { describe, expect, it } from 'vitest';
import { commonest, mostFrequent } from '../../../src/core/mostFrequent';

describe('the most frequent key', () => {
  it('has the highest count, and is the first of several', () => {
    expect(
      mostFrequent(
        new Map([
          ['a', 1],
          ['b', 3],
          ['c', 3],
        ]),
      ),
    ).toBe('b');
    expect(mostFrequent(new Map())).toBeUndefined();
  });
});

describe('the commonest element', () => {
  it('is the first one with the most frequent key', () => {
    const names = ['Aspirin', 'imatinib', 'aspirin', 'Imatinib', 'ASPIRIN'];
    expect(commonest(names, (name) => name.toLowerCase())).toBe('Aspirin');
    expect(commonest(names, (name) => name)).toBe('Aspirin');
    expect(commonest([], String)).toBeUndefined();
  });
});
