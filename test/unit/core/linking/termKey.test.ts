import { describe, expect, it } from 'vitest';
import { bagKey, termCase, termKey, termPieces } from '../../../../src/core/linking/termKey';

describe('the key of a name', () => {
  it.each([
    ['IL-2', 'IL2'],
    ['TNF-α', 'TNF alpha'],
    ['Crohn’s disease', 'Crohn disease'],
    ['type II diabetes', 'Type 2 diabetes'],
    ['coagulation factor V', 'coagulation factor 5'],
    ['tumour', 'tumors'],
    ['anaemia', 'Anemia'],
    ['oesophageal carcinomas', 'esophageal carcinoma'],
    ['BAY 43-9006', 'BAY-43-9006'],
    ['Sjögren syndrome', 'Sjogren syndrome'],
  ])('is the same for %s and %s', (a, b) => {
    expect(termKey(a)).toBe(termKey(b));
  });

  it.each([
    ['1,10-phenanthroline', '110-phenanthroline'],
    ['AIDS', 'AID'],
    ['factor V', 'factor X'],
  ])('differs between %s and %s', (a, b) => {
    expect(termKey(a)).not.toBe(termKey(b));
  });

  it('of words in any order leaves out small words', () => {
    expect(bagKey('cancer of the breast')).toBe(bagKey('breast cancer'));
    expect(bagKey('cancer')).toBeUndefined();
  });

  it('is empty for a text without letters and digits', () => {
    expect(termKey(' – (?)')).toBe('');
  });
});

describe('the pieces of a text', () => {
  it('know where words begin and end', () => {
    const text = 'a TNFα-2b';
    const pieces = termPieces(text).map(({ start, end, isWordStart, isWordEnd }) => [
      text.slice(start, end),
      isWordStart,
      isWordEnd,
    ]);
    expect(pieces).toEqual([
      ['a', true, true],
      ['TNF', true, false],
      ['α', false, true],
      ['2', true, false],
      ['b', false, true],
    ]);
  });
});

describe('the way a name is written', () => {
  it.each([
    ['leptin', 'word'],
    ['Leptin', 'capitalised'],
    ['LEP', 'symbol'],
    ['p53', 'symbol'],
    ['Breast Neoplasms', 'word'],
    ['IL-2 receptor', 'word'],
  ])('of %s is %s', (name, written) => {
    expect(termCase(name)).toBe(written);
  });
});
