import { describe, expect, it } from 'vitest';
import { compose, segmentSpan, toDocument, toProse } from '../../../../src/core/documents/place';
import type { Segment } from '../../../../src/core/types';

// `xx TNF-$\\alpha$ *is* `: a copied run, an atomic one, and markup before the last.
const segment: Segment = {
  text: 'TNF-α is',
  base: 3,
  runs: [
    { start: 0, length: 4, documentStart: 0, documentLength: 4 },
    { start: 4, length: 1, documentStart: 4, documentLength: 8 },
    { start: 5, length: 1, documentStart: 12, documentLength: 1 },
    { start: 6, length: 2, documentStart: 14, documentLength: 2 },
  ],
};

describe('places of prose', () => {
  it('span from the first to the last character', () => {
    expect(segmentSpan(segment)).toEqual({ start: 3, end: 19 });
  });

  it.each([
    ['a copied stretch', 0, 3, 3, 6],
    ['a stretch that touches an atomic run', 2, 5, 5, 15],
    ['an atomic run', 4, 5, 7, 15],
    ['a stretch over markup', 5, 8, 15, 19],
    ['a stretch that is too long', -5, 99, 3, 19],
    ['an empty stretch', 6, 6, 17, 17],
    ['an empty stretch at the end', 8, 8, 19, 19],
  ])('map %s to the document', (_, start, end, documentStart, documentEnd) => {
    expect(toDocument(segment, start, end)).toEqual({ start: documentStart, end: documentEnd });
  });

  it.each([
    [2, undefined],
    [3, 0],
    [6, 3],
    [7, 4],
    [14, 4],
    [15, 5],
    [16, undefined],
    [17, 6],
    [18, 7],
    [19, undefined],
  ])('map document offset %i to prose offset %s', (offset, prose) => {
    expect(toProse(segment, offset)).toBe(prose);
  });

  it('can be mapped through an intermediate text', () => {
    const inner: Segment = {
      text: 'F-α',
      base: 2,
      runs: [{ start: 0, length: 3, documentStart: 0, documentLength: 3 }],
    };
    expect(compose(inner, segment)).toEqual({
      text: 'F-α',
      base: 5,
      runs: [
        { start: 0, length: 2, documentStart: 0, documentLength: 2 },
        { start: 2, length: 1, documentStart: 2, documentLength: 8 },
      ],
    });
  });

  it.each([2, 3, 9])(
    'keep a range of %d characters whole that stands for as many characters of prose',
    (length) => {
      const text = 'x'.repeat(length);
      // The prose stands for one character of a text, which a document writes in as many characters as the prose has.
      const inner: Segment = {
        text,
        base: 0,
        runs: [{ start: 0, length, documentStart: 0, documentLength: 1 }],
      };
      const outer: Segment = {
        text: 'y',
        base: 5,
        runs: [{ start: 0, length: 1, documentStart: 0, documentLength: length }],
      };
      const composed = compose(inner, outer);
      expect(toDocument(composed, 0, length)).toEqual({ start: 5, end: 5 + length });
      expect(segmentSpan(composed)).toEqual({ start: 5, end: 5 + length });
      // No run claims that one of several characters stands for one of several others.
      for (const run of composed.runs) expect(run.length === run.documentLength ? run.length : 1).toBe(1);
    },
  );
});
