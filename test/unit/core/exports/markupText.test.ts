import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MarkupText } from '../../../../src/core/exports/markupText';

describe('MarkupText', () => {
  it.each([
    ['<p>a <b>b</b></p>', 'a b'],
    ['<?xml version="1.0"?><!DOCTYPE a SYSTEM "b"><a>b</a>', 'b'],
    ['a<!-- b > c -->d', 'ad'],
    ['<a title="x > y" alt=\'>\'>b</a>', 'b'],
    ['x &lt; y &amp; &#945;&#x3b2;&gamma;', 'x < y & αβγ'],
    ['<![CDATA[a <b> &amp;]]>c', 'a <b> &amp;c'],
    ['p < 0.05 & q > 3; a&b;', 'p < 0.05 & q > 3; a&b;'],
    ['a <!-- b', 'a <!-- b'],
    ['a <b c', 'a <b c'],
    ['a\n  b', 'a\n  b'],
  ])('gives the text of %j', (source, text) => {
    expect(new MarkupText(source).text).toBe(text);
  });

  it('maps spans in both directions', () => {
    const source = 'Of <i>TNF</i>-&alpha; <b>and</b>';
    const markup = new MarkupText(source);
    const span = (name: string) => {
      const start = source.indexOf(name);
      return [markup.startOf(start), markup.endOf(start + name.length)] as const;
    };
    expect(markup.text.slice(...span('TNF</i>-&alpha;'))).toBe('TNF-α');
    expect(markup.text.slice(...span('and'))).toBe('and');
    expect([markup.sourceStart(3), markup.sourceEnd(8)]).toEqual([6, 21]);
    expect(source.slice(markup.sourceStart(9), markup.sourceEnd(12))).toBe('and');
  });

  it('maps each character to itself and back, for any source', () => {
    const piece = fc.constantFrom(
      'a',
      '<b>',
      '</b>',
      '&amp;',
      '&',
      '<',
      '>',
      '"',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const markup = new MarkupText(pieces.join(''));
        for (let at = 0; at < markup.text.length; at += 1) {
          const [start, end] = [markup.sourceStart(at), markup.sourceEnd(at + 1)];
          expect(markup.startOf(start)).toBeLessThanOrEqual(at);
          expect(markup.endOf(end)).toBeGreaterThanOrEqual(at + 1);
        }
      }),
    );
  });

  it.each(['<!--', '<a "', '<![CDATA[', '<?', '&', '<', '<a <'])('reads many %j in linear time', (piece) => {
    const source = piece.repeat(100_000);
    expect(new MarkupText(source).text).toBe(source);
  });
});
