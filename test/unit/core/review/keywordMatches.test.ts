import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keywordSpans, withKeyword } from '../../../../src/core/review/keywordMatches';

function found(words: readonly string[], text: string): readonly string[] {
  return keywordSpans({ name: 'Group', words }, text).map(({ start, end }) => text.slice(start, end));
}

describe('keywords', () => {
  it.each<[string, readonly string[], string, readonly string[]]>([
    ['match whole words', ['trial'], 'A trial, not trials or retrial.', ['trial']],
    ['match without regard to case', ['RCT', 'größe'], 'An rct; GRÖSSE is not Größe.', ['rct', 'Größe']],
    [
      'match any ending at a star',
      ['random*'],
      'Randomised or random-ish, not nonrandom.',
      ['Randomised', 'random'],
    ],
    [
      'match a blank at a hyphen or a line break',
      ['double blind'],
      'double-blind, double\n blind',
      ['double-blind', 'double\n blind'],
    ],
    [
      'take special characters as they are',
      ['C++', 'p (two-sided)', '.*'],
      'C++ and p (two-sided).',
      ['C++', 'p (two-sided)'],
    ],
    ['take a star inside a word as it is', ['a*b'], 'a*b and axxb', ['a*b']],
    ['match letters beyond the basic plane', ['𝛼*'], 'the 𝛼 level', ['𝛼']],
    [
      'are one span where they overlap',
      ['breast cancer', 'cancer risk'],
      'of breast cancer risk',
      ['breast cancer risk'],
    ],
    ['stay apart where they only touch', ['a-', 'b'], 'a-b', ['b']],
    ['are left out without a letter or digit', ['*', ' ', '--'], 'a * -- b', []],
  ])('%s', (_name, words, text, expected) => {
    expect(found(words, text)).toEqual(expected);
  });

  it('give sorted spans without overlap, inside any text and for any words', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 6 }), { maxLength: 5 }), fc.string(), (words, text) => {
        let at = 0;
        for (const { start, end } of keywordSpans({ name: '', words }, text)) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          at = end;
        }
      }),
    );
  });

  it('are added to their group once, and to a new group', () => {
    const groups = [{ name: 'Design', words: ['trial'] }];
    expect(withKeyword(groups, 'Design', ' double \n blind ')).toEqual([
      { name: 'Design', words: ['trial', 'double blind'] },
    ]);
    expect(withKeyword(groups, 'Design', 'TRIAL')).toEqual(groups);
    expect(withKeyword(groups, 'Drug', 'metformin')).toEqual([
      ...groups,
      { name: 'Drug', words: ['metformin'] },
    ]);
    expect(withKeyword(groups, 'Drug', ' … ')).toEqual(groups);
  });
});
