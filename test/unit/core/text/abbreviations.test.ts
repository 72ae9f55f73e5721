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
  ])('reads %j', (text, short, long) => {
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
  ])('finds none in %j', (text) => {
    expect(find(text)).toEqual([]);
  });

  it('finds several in one text', () => {
    const text = 'Breast cancer (BC) cells with epidermal growth factor receptor (EGFR) were kept.';
    expect(find(text)).toEqual([
      ['BC', 'Breast cancer'],
      ['EGFR', 'epidermal growth factor receptor'],
    ]);
  });

  it('looks at a bounded stretch for each bracket', () => {
    // With a look at all that stands before, or all that follows, this would take minutes.
    expect(findAbbreviations('('.repeat(50_000))).toEqual([]);
    expect(findAbbreviations('alpha beta (ab) '.repeat(10_000))).toHaveLength(10_000);
  });
});
