import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxNameParts, NameFinder, nameFormOf } from '../../../../src/core/text/nameFinder';

const found = (text: string, ...names: string[]) =>
  new NameFinder(names.map(nameFormOf)).find(text).map(({ start, end }) => text.slice(start, end));

describe('nameFormOf', () => {
  it.each([
    ['IL-2', 'IL 2'],
    ['IL-2', 'il2'],
    ['TNF-α', 'TNF-alpha'],
    ['TNFα', 'TNFalpha'],
    ['Breast Cancers', 'breast cancer'],
    ['GISTs', 'GIST'],
    ['Crohn’s disease', 'Crohn disease'],
    ['naïve', 'naive'],
  ])('gives %j and %j the same form', (one, other) => {
    expect(nameFormOf(one)).toBe(nameFormOf(other));
  });

  it.each([
    ['CAT', 'cat'],
    ['IL-2', 'IL-12'],
    ['IL-2', 'IL-2R'],
    ['HbA', 'HbA(1c)'],
    ['AIDS', 'aid'],
  ])('gives %j and %j different forms', (one, other) => {
    expect(nameFormOf(one)).not.toBe(nameFormOf(other));
  });

  it('gives an empty form to text without a name', () => {
    expect(['', ' ', '- -'].map(nameFormOf)).toEqual(['', '', '']);
  });
});

describe('NameFinder', () => {
  it.each([
    ['finds all spellings of a name', 'IL-2, IL 2, il2 and IL‑2', ['IL-2'], ['IL-2', 'IL 2', 'il2', 'IL‑2']],
    ['finds only whole words', 'IL-2R, XIL-2, IL-22, IL-2', ['IL-2'], ['IL-2']],
    ['finds names before a hyphen', 'MET-amplified and non-IBC', ['MET', 'IBC'], ['MET', 'IBC']],
    ['finds names in brackets', 'HbA(1c) (HbA(1c))', ['HbA(1c)'], ['HbA(1c)', 'HbA(1c)']],
    ['finds short names in their own case', 'CAT, cat, CATs, Cat', ['CAT'], ['CAT', 'CATs']],
    ['finds small letters in any case', 'cat, Cat', ['cat'], ['cat', 'Cat']],
    [
      'finds a name inside another',
      'breast cancer',
      ['breast cancer', 'cancer'],
      ['breast cancer', 'cancer'],
    ],
    ['does not match across punctuation', 'breast, cancer', ['breast cancer'], []],
    ['does not find the Greek letter of a name alone', 'TNFα, α', ['α'], ['α']],
    [
      'keeps accents and letters outside the first plane',
      'naïve 𝒳aspirin aspirin',
      ['naive', 'aspirin'],
      ['naïve', 'aspirin'],
    ],
  ])('%s', (_, text, names, expected) => {
    expect(found(text, ...names)).toEqual(expected);
  });

  it('finds every name in the text from which it was taken', () => {
    const word = fc.stringMatching(/^[a-zA-Z0-9α]{1,8}$/u);
    const name = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join('-'));
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 5 }), (names) => {
        const text = names.join(', ');
        const places = new NameFinder(names.map(nameFormOf)).find(text);
        let at = 0;
        for (const each of names) {
          expect(places).toContainEqual({ key: nameFormOf(each), start: at, end: at + each.length });
          at += each.length + 2;
        }
      }),
    );
  });

  it('never finds more names at one place than a name may have parts', () => {
    const names = Array.from({ length: 100 }, (_, i) =>
      Array(i + 1)
        .fill('a')
        .join(' '),
    );
    const text = Array(2000).fill('a').join(' ');
    expect(new NameFinder(names.map(nameFormOf)).find(text).length).toBeLessThanOrEqual(2000 * maxNameParts);
  });
});
