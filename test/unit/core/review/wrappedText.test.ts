import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textWidth, wrapped } from '../../../../src/core/review/wrappedText';

describe('wrapped', () => {
  it('breaks a text at its spaces', () => {
    expect(wrapped('Reports sought for retrieval', 9)).toEqual(['Reports sought', 'for retrieval']);
  });

  it('keeps what no-break spaces join', () => {
    expect(wrapped('Reports sought (n\u00a0=\u00a012)', 12)).toEqual([
      'Reports sought',
      '(n\u00a0=\u00a012)',
    ]);
  });

  it('breaks a word that is wider than a line', () => {
    expect(wrapped('a 漢字漢字漢', 2)).toEqual(['a', '漢字', '漢字', '漢']);
  });

  it('keeps all characters, and each line in its room', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 80 }),
        fc.integer({ min: 1, max: 20 }),
        (text, room) => {
          const lines = wrapped(text, room);
          expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
          const tooWide = lines.filter((line) => textWidth(line) > room && Array.from(line).length > 1);
          expect(tooWide).toEqual([]);
        },
      ),
    );
  });
});
