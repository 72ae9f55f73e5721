import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CodePointOffsets } from '../../../../src/core/exports/codePoints';
import { anyText } from './texts';

describe('CodePointOffsets', () => {
  it('counts characters like Python', () => {
    const offsets = new CodePointOffsets('a😀b𝛽c');
    expect([0, 1, 3, 4, 6, 7].map((offset) => offsets.toCodePoints(offset))).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('counts a lone surrogate as one', () => {
    const offsets = new CodePointOffsets('\uD83Da\uDE00b');
    expect([0, 1, 2, 3, 4].map((offset) => offsets.toCodePoints(offset))).toEqual([0, 1, 2, 3, 4]);
  });

  it('agrees with the string iterator in both directions, for every offset of any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const offsets = new CodePointOffsets(text);
        let utf16 = 0;
        let count = 0;
        for (const character of text) {
          expect(offsets.toCodePoints(utf16)).toBe(count);
          expect(offsets.toUtf16(count)).toBe(utf16);
          utf16 += character.length;
          count += 1;
        }
        expect(offsets.toCodePoints(text.length)).toBe(count);
        expect(offsets.toUtf16(count)).toBe(text.length);
      }),
    );
  });
});
