import { describe, expect, it } from 'vitest';
import { besideClass } from '../../../../src/core/questions/classMembers';

function isBeside(question: string, sentence: string, name: string): boolean {
  const start = sentence.indexOf(name);
  expect(start, name).toBeGreaterThanOrEqual(0);
  return besideClass(question)?.(sentence, { start, end: start + name.length }) === true;
}

describe('besideClass', () => {
  const question = 'Which drugs are aromatase inhibitors?';

  it.each([
    ['Tamoxifen and aromatase inhibitors were given.', 'Tamoxifen'],
    ['Tamoxifen, megestrol acetate, and aromatase inhibitors were given.', 'Tamoxifen'],
    ['Tamoxifen (20 mg), fulvestrant or an aromatase inhibitor was given.', 'Tamoxifen'],
    ['Tamoxifen (20 mg), fulvestrant or an aromatase inhibitor was given.', 'fulvestrant'],
    ['An aromatase inhibitor as initial therapy, or after treatment with tamoxifen, was given.', 'tamoxifen'],
    ['Aromatase inhibitors after tamoxifen were given.', 'tamoxifen'],
    ['Aromatase inhibitors versus tamoxifen were compared.', 'tamoxifen'],
  ])('finds a name beside the class: %s', (sentence, name) => {
    expect(isBeside(question, sentence, name)).toBe(true);
  });

  it.each([
    ['Letrozole, an aromatase inhibitor, was given.', 'Letrozole'],
    ['Letrozole, the third aromatase inhibitor, and tamoxifen were given.', 'Letrozole'],
    ['The aromatase inhibitors letrozole and anastrozole were given.', 'anastrozole'],
    ['Letrozole is an aromatase inhibitor.', 'Letrozole'],
    ['Letrozole was given.', 'Letrozole'],
  ])('keeps a member of the class: %s', (sentence, name) => {
    expect(isBeside(question, sentence, name)).toBe(false);
  });

  it('knows no class in another question', () => {
    expect(besideClass('Which drugs treat gout?')).toBeUndefined();
  });
});
