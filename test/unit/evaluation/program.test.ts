import { describe, expect, it } from 'vitest';
import { currentForm } from '../../evaluation/program';

describe('an option of an earlier version', () => {
  it.each([
    ['a.tsv --document', 'a.tsv --document'],
    ['--phenomena --errors 5', 'phenomena --errors 5'],
    ['--repeats a.txt', 'repeats a.txt'],
    ['--relations models/r a.tsv --predicted', 'relations --model models/r a.tsv --predicted'],
    ['--relations models/r --model models/t a.tsv', 'relations --model models/r --tagger models/t a.tsv'],
    ['--relations models/r --statements', 'statements --model models/r'],
    ['questions corpora --sets list', 'questions corpora --sets list'],
  ])('is accepted: %s means %s', (given, current) => {
    expect(currentForm(given.split(' '))).toEqual(current.split(' '));
  });
});
