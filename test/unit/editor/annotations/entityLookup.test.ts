import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entity } from '../../../../src/core/types';
import {
  entityAfter,
  entityAt,
  entityBefore,
  nearestEntities,
} from '../../../../src/editor/annotations/entityLookup';
import { normalizeSpans, subtractSpan } from '../../../../src/editor/annotations/spans';

const at = (start: number, end: number): Entity => ({
  start,
  end,
  text: 'x',
  name: `${start}`,
  type: 'Gene',
  probability: 1,
});
const list = [at(2, 5), at(5, 8), at(20, 30)];

describe('entityAt', () => {
  it.each([
    [1, undefined],
    [2, '2'],
    [4, '2'],
    [5, '5'],
    [8, '5'],
    [9, undefined],
    [25, '20'],
    [30, '20'],
    [31, undefined],
  ])('returns for the offset %i: %s', (offset, name) => {
    expect(entityAt(list, offset)?.name).toBe(name);
  });
});

describe('entityAfter and entityBefore', () => {
  it('find the next and the previous entity and wrap around', () => {
    expect(entityAfter(list, 2)?.name).toBe('5');
    expect(entityAfter(list, 20)?.name).toBe('2');
    expect(entityBefore(list, 20)?.name).toBe('5');
    expect(entityBefore(list, 2)?.name).toBe('20');
    expect(entityAfter([], 0)).toBeUndefined();
  });

  it('visit every entity once in both directions', () => {
    for (const step of [entityAfter, entityBefore]) {
      const seen = new Set<string>();
      let offset = 0;
      for (let turn = 0; turn < list.length; turn++) {
        const next = step(list, offset);
        if (!next) throw new Error('none');
        seen.add(next.name);
        offset = next.start;
      }
      expect(seen.size).toBe(list.length);
    }
  });
});

describe('nearestEntities', () => {
  const many = Array.from({ length: 100 }, (_, index) => at(index * 10, index * 10 + 5));

  it('returns entities on both sides, or on one side at an end of the document', () => {
    expect(nearestEntities(many, 500, 4).map(({ start }) => start)).toEqual([480, 490, 500, 510]);
    expect(nearestEntities(many, 0, 3).map(({ start }) => start)).toEqual([0, 10, 20]);
    expect(nearestEntities(many, 5000, 3).map(({ start }) => start)).toEqual([970, 980, 990]);
  });

  it('returns the whole list if it is short', () => {
    expect(nearestEntities(list, 0, 3)).toBe(list);
  });
});

const spans = fc.array(
  fc.tuple(fc.nat(40), fc.nat(10)).map(([start, length]) => ({ start, end: start + length })),
  { maxLength: 8 },
);

describe('sets of spans', () => {
  it('cover the same characters after normalisation, sorted and disjoint', () => {
    fc.assert(
      fc.property(spans, (raw) => {
        const joined = normalizeSpans(raw);
        const covers = (set: typeof raw, offset: number): boolean =>
          set.some(({ start, end }) => start <= offset && offset < end);
        for (let offset = 0; offset < 50; offset++) expect(covers(joined, offset)).toBe(covers(raw, offset));
        joined.slice(1).forEach((span, index) => expect(span.start).toBeGreaterThan(joined[index]?.end ?? 0));
      }),
    );
  });

  it('lose exactly the subtracted span', () => {
    expect(
      subtractSpan(
        [
          { start: 0, end: 10 },
          { start: 20, end: 20 },
        ],
        { start: 4, end: 6 },
      ),
    ).toEqual([
      { start: 0, end: 4 },
      { start: 6, end: 10 },
      { start: 20, end: 20 },
    ]);
    expect(subtractSpan([{ start: 5, end: 5 }], { start: 0, end: 5 })).toEqual([]);
  });
});
