import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolveOverlaps } from '../../../../src/core/entities/overlaps';

const span = (start: number, end: number, probability: number) => ({ start, end, probability });

describe('resolveOverlaps', () => {
  it.each([
    ['the more probable', [span(0, 3, 0.6), span(2, 3, 0.9)], [span(2, 3, 0.9)]],
    ['the longer of equals', [span(2, 3, 0.9), span(0, 3, 0.9)], [span(0, 3, 0.9)]],
    ['the earlier of equals', [span(1, 3, 0.9), span(0, 2, 0.9)], [span(0, 2, 0.9)]],
    [
      'what overlaps a loser alone',
      [span(0, 2, 0.9), span(1, 4, 0.8), span(3, 5, 0.1)],
      [span(0, 2, 0.9), span(3, 5, 0.1)],
    ],
    ['neighbours', [span(2, 4, 0.1), span(0, 2, 0.9)], [span(0, 2, 0.9), span(2, 4, 0.1)]],
  ])('keeps %s', (_, candidates, kept) => {
    expect(resolveOverlaps(candidates)).toEqual(kept);
  });

  it('gives the same result whether a threshold is applied before or after', () => {
    const candidate = fc
      .tuple(fc.nat(20), fc.integer({ min: 1, max: 5 }), fc.nat(10))
      .map(([start, length, tenths]) => span(start, start + length, tenths / 10));
    fc.assert(
      fc.property(fc.array(candidate, { maxLength: 15 }), fc.nat(10), (candidates, tenths) => {
        const isAbove = ({ probability }: { probability: number }) => probability >= tenths / 10;
        expect(resolveOverlaps(candidates).filter(isAbove)).toEqual(
          resolveOverlaps(candidates.filter(isAbove)),
        );
      }),
    );
  });
});
