import { expect, it } from 'vitest';
import { paperKey } from '../../../../src/core/questions/paperKey';

it('counts a paper with an identifier once, wherever it is', () => {
  const paper = { publication: 'Kaplan 2019', citation: '123' };
  expect(paperKey('a.nbib', paper)).toBe(paperKey('b.nbib', paper));
  expect(paperKey('a.nbib', paper)).not.toBe(paperKey('a.nbib', { ...paper, citation: '124' }));
});

it('tells papers of one name in two documents apart', () => {
  const paper = { publication: 'Kaplan 2019' };
  expect(paperKey('a.nbib', paper)).not.toBe(paperKey('b.nbib', paper));
  expect(paperKey('a.nbib', paper)).not.toBe(paperKey('a.nbib', { publication: 'Lee 2020' }));
});

it('takes a document without publications for one paper', () => {
  expect(paperKey('notes.md', {})).toBe('notes.md');
});
