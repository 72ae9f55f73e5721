import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellText, maxCellLength, xmlText } from '../../../../src/core/exports/officeFile';

const mark = ' … [cut: {0} more]';

describe('a text for a cell', () => {
  it('stays as it is if Excel can hold it', () => {
    const text = 'x'.repeat(maxCellLength);
    expect(cellText(text, mark)).toBe(text);
  });

  it('is cut with a mark that says how much is missing', () => {
    const text = 'x'.repeat(maxCellLength + 1);
    const cut = cellText(text, mark);
    expect(cut.length).toBeLessThanOrEqual(maxCellLength);
    const [, kept = '', missing] = /^(x+) … \[cut: (\d+) more\]$/.exec(cut) ?? [];
    expect(kept.length + Number(missing)).toBe(text.length);
  });

  it('is not cut inside of a character', () => {
    for (const before of ['', 'x']) {
      const cut = cellText(before + '😀'.repeat(maxCellLength), mark);
      expect(cut).not.toMatch(/\p{Cs}/u);
      expect(cut.length).toBeLessThanOrEqual(maxCellLength);
    }
  });
});

describe('a text for XML', () => {
  it('has no character that XML does not allow', () => {
    expect(xmlText('a\u0000\u0008\u001fb\t\n\rc\ufffe\ud800d😀')).toBe('ab\t\n\rc\ufffdd😀');
  });

  it('is the same text if it has none', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => xmlText(text) === text));
  });
});
