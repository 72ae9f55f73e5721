import { describe, expect, it } from 'vitest';
import { readAnswers, writeAnswers, type StoredAnswers } from '../../../../src/editor/evidence/answerFile';
import { entry } from '../../core/review/citedEntries';

const answer = { passage: 2, sentence: { start: 3, end: 9 }, value: '40 %', probability: 0.5 };
const stored: StoredAnswers = {
  columns: [
    { question: 'Why?', cells: [entry({ answer: '40 %' }), entry({ document: 'b.md', sentence: '' })] },
    { question: 'How?', cells: [] },
  ],
  answers: new Map([
    ['a', answer],
    ['b', undefined],
  ]),
};

describe('the file of answers', () => {
  it('is read as it was written', () => {
    expect(readAnswers(writeAnswers(stored))).toEqual(stored);
  });

  it.each(['', '{', 'null', '7', '{"biobertAnswers":2,"columns":[{"question":"Why?"}]}'])(
    'takes %j for an empty file',
    (text) => {
      expect(readAnswers(text)).toEqual({ columns: [], answers: new Map() });
    },
  );

  it('leaves out what is damaged', () => {
    const file = {
      biobertAnswers: 1,
      columns: [7, { question: 8 }, { question: 'Why?', cells: [{ document: 'a' }, null] }],
      answers: [['a'], [7, null], ['b', { passage: 'x' }], ['c', null], 'd'],
    };
    expect(readAnswers(JSON.stringify(file))).toEqual({
      columns: [{ question: 'Why?', cells: [] }],
      answers: new Map([['c', undefined]]),
    });
  });
});
