import { describe, expect, it } from 'vitest';
import { countWords, lineJoin, type LineJoin } from '../../../../src/core/documents/lineJoins';

describe('two lines of printed text', () => {
  it.each<[before: string, after: string, join: LineJoin]>([
    ['with azathio-', 'prine and', 'join'],
    ['beta-adre-', 'noceptor', 'join'],
    ['of N-acetyl-', 'glucosamine', 'join'],
    ['the menin-', 'gitis', 'join'],
    ['immuno-', 'suppressed', 'join'],
    ['anti-', 'bodies against', 'join'],
    ['un-', 'treated', 'join'],
    ['IL-', '10 rose', 'keep'],
    ['IFN-', 'γ rose', 'keep'],
    ['α-', 'synuclein', 'keep'],
    ['COVID-', '19', 'keep'],
    ['HER2-', 'positive', 'keep'],
    ['the p-', 'value', 'keep'],
    ['post-', 'Soviet', 'keep'],
    ['non-', 'small cell', 'keep'],
    ['anti-', 'inflammatory', 'keep'],
    ['dose-', 'dependent', 'keep'],
    ['relapsing-', 'remitting', 'keep'],
    ['state-of-the-', 'art', 'keep'],
    ['pre-', 'and postoperative', 'space'],
    ['the drug', 'helped', 'space'],
    ['IL-4/', 'IL-13', 'keep'],
    ['a dash -', 'and more', 'space'],
    ['micro\u00AD', 'biome', 'join'],
  ])('%s ⏎ %s: %s', (before, after, join) => {
    expect(lineJoin(before, after, countWords(''))).toBe(join);
  });

  it('follow the form that the document has elsewhere', () => {
    expect(lineJoin('low-', 'density', countWords('Lowdensity is used.'))).toBe('join');
    expect(lineJoin('fluoro-', 'uracil', countWords('We gave fluoro-uracil.'))).toBe('keep');
  });

  it('do not take the parts of a broken word for words', () => {
    const words = countWords('We gave azathio-\nprine.');
    expect([...words.keys()]).toEqual(['we', 'gave']);
    expect(lineJoin('azathio-', 'prine', words)).toBe('join');
  });
});
