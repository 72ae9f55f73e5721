import { describe, expect, it } from 'vitest';
import { findAbbreviations } from '../../../../src/core/text/abbreviations';

const find = (text: string) =>
  findAbbreviations(text).map(({ short, long }) => [
    text.slice(short.start, short.end),
    text.slice(long.start, long.end),
  ]);

describe('findAbbreviations', () => {
  it.each([
    ['We saw tumor necrosis factor (TNF) rise.', 'TNF', 'tumor necrosis factor'],
    ['Heat shock protein 70 (HSP70) fell.', 'HSP70', 'Heat shock protein 70'],
    ['the non-Hodgkin lymphoma (NHL) cells', 'NHL', 'non-Hodgkin lymphoma'],
    ['tumour necrosis factor α (TNF-α) was', 'TNF-α', 'tumour necrosis factor α'],
    ['TNF (tumor necrosis factor) rose.', 'TNF', 'tumor necrosis factor'],
    ['the estrogen receptor (ER, also called ESR1)', 'ER', 'estrogen receptor'],
    ['Escherichia coli (E. coli) grew', 'E. coli', 'Escherichia coli'],
    ['of 5-hydroxytryptamine (5-HT) in', '5-HT', '5-hydroxytryptamine'],
    [
      'by “magnetic resonance imaging” [magnetic resonance imaging (MRI)]',
      'MRI',
      'magnetic resonance imaging',
    ],
    ['a human\nimmunodeficiency virus (HIV)', 'HIV', 'human\nimmunodeficiency virus'],
  ])('reads the definition in %j', (text, short, long) => {
    expect(find(text)).toEqual([[short, long]]);
  });

  it.each([
    'Forty women (n = 40) took part.',
    'It was known (2003).',
    'A rise (P < 0.05) was seen.',
    'They were treated (see below).',
    'The drug (TNF) had no name before.',
    'It ended there. Then (TNF',
    'A tumour. Necrosis followed (TN)',
    '()',
    '',
  ])('finds no definition in %j', (text) => {
    expect(find(text)).toEqual([]);
  });

  it('finds several definitions in one text', () => {
    const text = 'Breast cancer (BC) cells with epidermal growth factor receptor (EGFR) were kept.';
    expect(find(text)).toEqual([
      ['BC', 'Breast cancer'],
      ['EGFR', 'epidermal growth factor receptor'],
    ]);
  });

  describe('limits a long form', () => {
    /** A phrase of `count` words whose initials spell `abcdef`. */
    const phrase = (count: number) =>
      ['a', 'b', 'c', 'd', 'e', ...Array<string>(count - 6).fill('x'), 'f'].join(' ');

    it.each([
      ['AB (alpha one two beta)', 'alpha one two beta'],
      ['alpha one two beta (AB)', 'alpha one two beta'],
      [`ABCDEF (${phrase(11)})`, phrase(11)],
      [`${phrase(11)} (ABCDEF)`, phrase(11)],
    ])('accepts min(n + 5, 2n) words: %j', (text, long) => {
      expect(find(text).map(([, found]) => found)).toEqual([long]);
    });

    it.each([
      ['more than 2n words', 'AB (alpha one two three beta)'],
      ['more than 2n words', 'alpha one two three beta (AB)'],
      ['more than n + 5 words', `ABCDEF (${phrase(12)})`],
      ['more than n + 5 words', `${phrase(12)} (ABCDEF)`],
      ['the short form as a word', 'TNF necrosis factor (TNF)'],
      ['a bracket', 'tumour (mouse) necrosis factor (TNF)'],
      ['a closing bracket', 'tumour (T) necrosis factor (TNF)'],
      ['no more characters than the short form', 'The AB (ab) test'],
    ])('rejects one with %s: %j', (_, text) => {
      expect(find(text)).toEqual([]);
    });
  });

  it('looks at a bounded part of the text for each bracket', () => {
    // If each bracket looked at all text before or after it, this would take minutes.
    expect(findAbbreviations('('.repeat(50_000))).toEqual([]);
    expect(findAbbreviations('alpha beta (ab) '.repeat(10_000))).toHaveLength(10_000);
  });
});
