import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { segmentSpan } from '../../../../src/core/documents/place';
import { DocumentCache, segmentsIn } from '../../../../src/runtime/engine/documentCache';

const text = 'First paragraph.\n\nSecond one.\n\nThird.';

describe('DocumentCache', () => {
  it('parses an unchanged text once', () => {
    const cache = new DocumentCache();
    expect(cache.parse('a', text, 'plain')).toBe(cache.parse('a', text, 'plain'));
    expect(cache.parse('b', text, 'plain')).not.toBe(cache.parse('a', text, 'plain'));
  });

  it('parses a document again in another format, after an edit, and after forget()', () => {
    const cache = new DocumentCache();
    const first = cache.parse('a', text, 'plain');
    expect(cache.parse('a', text, 'markdown').format).toBe('markdown');
    expect(cache.parse('a', `${text} `, 'plain').text).toBe(`${text} `);
    cache.forget('a');
    expect(cache.parse('a', text, 'plain')).not.toBe(first);
  });

  it('keeps segments that an edit did not change', () => {
    const cache = new DocumentCache();
    const before = cache.parse('a', text, 'plain').segments;
    const after = cache.parse('a', text.replace('Second', 'Another second'), 'plain').segments;
    expect(after.map(({ text: prose }) => prose)).toEqual([
      'First paragraph.',
      'Another second one.',
      'Third.',
    ]);
    expect(after[2]?.runs).toBe(before[2]?.runs);
  });

  it('removes the oldest documents', () => {
    const cache = new DocumentCache();
    const first = cache.parse('0', text, 'plain');
    for (let i = 1; i < 20; i++) cache.parse(String(i), text, 'plain');
    expect(cache.parse('0', text, 'plain')).not.toBe(first);
    const last = cache.parse('19', text, 'plain');
    expect(cache.parse('19', text, 'plain')).toBe(last);
  });
});

describe('segmentsIn', () => {
  const parsed = new DocumentCache().parse('a', text, 'plain');

  it('returns all segments without a range', () => {
    expect(segmentsIn(parsed, undefined)).toEqual({
      segments: parsed.segments,
      covered: { start: 0, end: text.length },
    });
  });

  it('returns no segment between two segments, and covers the range itself', () => {
    const gap = { start: 17, end: 17 };
    expect(segmentsIn(parsed, gap)).toEqual({ segments: [], covered: gap });
  });

  it('ends at the end of the document, for any range', () => {
    const { segments, covered } = segmentsIn(parsed, { start: 33, end: 10_000 });
    expect(segments).toHaveLength(1);
    expect(covered.end).toBe(text.length);
  });

  it('returns the segments that touch the range, and covers them and the range', () => {
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(text.length), (a, b) => {
        const range = { start: Math.min(a, b), end: Math.max(a, b) };
        const { segments, covered } = segmentsIn(parsed, range);
        const touching = parsed.segments.filter((segment) => {
          const { start, end } = segmentSpan(segment);
          return start <= range.end && end >= range.start;
        });
        expect(segments).toEqual(touching);
        for (const { start, end } of [range, ...segments.map(segmentSpan)]) {
          expect(covered.start).toBeLessThanOrEqual(start);
          expect(covered.end).toBeGreaterThanOrEqual(end);
        }
      }),
    );
  });
});
