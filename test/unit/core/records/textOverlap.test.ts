import { describe, expect, it } from 'vitest';
import { bigrams, containment, dice, shared, shingles } from '../../../../src/core/records/textOverlap';

describe('the overlap of texts', () => {
  it('counts shared pairs of letters, with repeats', () => {
    expect(shared(bigrams('banana'), bigrams('ananas'))).toBe(4);
    expect(dice(bigrams('night'), bigrams('nacht'))).toBe(0.25);
    expect(dice(bigrams(''), bigrams('a'))).toBe(0);
  });

  it('tells how much of the shorter text the longer one holds', () => {
    const long = 'niacin lowers blood fats but may raise uric acid'.split(' ');
    expect(containment(shingles(long.slice(2, 7)), shingles(long))).toBe(1);
    expect(containment(shingles(long), shingles(long.toReversed()))).toBe(0);
    expect(containment(shingles(['one', 'two']), shingles(long))).toBe(0);
  });
});
