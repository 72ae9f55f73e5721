import { describe, expect, it } from 'vitest';
import type { MergedAnswer } from '../../../../src/core/questions/answers';
import type { SentenceTagger } from '../../../../src/core/questions/sentenceTagger';
import type { AnswerSpan } from '../../../../src/core/questions/spans';
import { TypeCheck } from '../../../../src/core/questions/typeCheck';
import type { EntityType } from '../../../../src/core/types';

const words: readonly (readonly [name: string, type: EntityType])[] = [
  ['B-RAF', 'Gene'],
  ['sorafenib', 'Chemical'],
  ['renal cell carcinoma', 'Disease'],
];

/** A tagger that knows a few names, and notes the sentences that it was given. */
function fakeTagger(): { readonly tag: SentenceTagger; readonly read: string[] } {
  const read: string[] = [];
  const entitiesIn = (sentence: string) =>
    words.flatMap(([name, type]) => {
      const start = sentence.indexOf(name);
      return start < 0 ? [] : [{ start, end: start + name.length, type }];
    });
  const tag: SentenceTagger = (sentences) => {
    read.push(...sentences);
    return Promise.resolve(sentences.map(entitiesIn));
  };
  return { tag, read };
}

const text =
  'No drug was given. Sorafenib helped. The B-RAF inhibitor sorafenib treats renal cell carcinoma.';

function spanOf(answer: string): AnswerSpan {
  const start = text.lastIndexOf(answer);
  expect(start, answer).toBeGreaterThanOrEqual(0);
  return { passage: 0, start, end: start + answer.length, margin: 1 };
}

/** An answer as it is merged, of which the check uses the shown occurrence. */
function answerOf(answer: string): MergedAnswer {
  const occurrence = { ...spanOf(answer), score: 1 };
  return { ...occurrence, text: answer, occurrences: [occurrence] } as unknown as MergedAnswer;
}

async function adjustmentOf(question: string, answer: string): Promise<number> {
  const check = new TypeCheck([text], () => question);
  await check.read(fakeTagger().tag, [answerOf(answer)], { most: 8, signal: undefined });
  return check.adjustment(spanOf(answer));
}

describe('TypeCheck', () => {
  it.each([
    ['the type that is asked for', 'Which drug treats renal cell carcinoma?', 'sorafenib'],
    ['a name of that type inside', 'Which drug treats renal cell carcinoma?', 'B-RAF inhibitor sorafenib'],
    ['a type that stands in for it', 'Which mutation is found in renal cell carcinoma?', 'B-RAF'],
    ['a phrase with a name in it', 'Which drug treats renal cell carcinoma?', 'B-RAF inhibitor'],
    ['no name, where a chemical is asked for', 'Which drug treats carcinoma?', 'helped'],
    ['no type that is asked for', 'What treats renal cell carcinoma?', 'B-RAF'],
  ])('changes nothing for %s', async (_, question, answer) => {
    expect(await adjustmentOf(question, answer)).toBe(0);
  });

  it.each([
    ['another type', 'Which drug treats renal cell carcinoma?', 'B-RAF'],
    ['another type that makes up most', 'Which gene is mutated?', 'treats renal cell carcinoma'],
  ])('subtracts much for %s', async (_, question, answer) => {
    expect(await adjustmentOf(question, answer)).toBeLessThanOrEqual(-8);
  });

  it('subtracts less for no name, where a gene is asked for', async () => {
    const own = await adjustmentOf('Which gene is mutated?', 'inhibitor');
    expect(own).toBeLessThan(0);
    expect(own).toBeGreaterThan(await adjustmentOf('Which gene is mutated?', 'sorafenib'));
  });

  it('subtracts as much for many words without a name, where a chemical is asked for', async () => {
    const question = 'Which drug treats carcinoma?';
    expect(await adjustmentOf(question, 'No drug was')).toBe(await adjustmentOf('Which gene?', 'drug'));
  });

  it.each([
    ['Which drug treats carcinoma?', 'B-RAF inhibitor sorafenib', 'sorafenib'],
    ['Which gene is mutated?', 'B-RAF inhibitor', 'B-RAF'],
    ['Which drug treats carcinoma?', 'B-RAF inhibitor', 'B-RAF inhibitor'],
    ['Which disease is treated?', 'treats renal cell carcinoma', 'treats renal cell carcinoma'],
    ['What treats carcinoma?', 'inhibitor sorafenib', 'inhibitor sorafenib'],
  ])('%s finds in "%s" the name "%s"', async (question, answer, name) => {
    const check = new TypeCheck([text], () => question);
    expect(check.nameIn(spanOf(answer))).toEqual(spanOf(answer));
    await check.read(fakeTagger().tag, [answerOf(answer)], { most: 8, signal: undefined });
    expect(check.nameIn(spanOf(answer))).toEqual(spanOf(name));
  });

  it('changes nothing before the sentence is read', () => {
    const check = new TypeCheck([text], () => 'Which drug treats renal cell carcinoma?');
    expect(check.adjustment(spanOf('B-RAF'))).toBe(0);
  });

  it('reads each sentence once, and as many as are allowed', async () => {
    const check = new TypeCheck([text], () => 'Which drug treats renal cell carcinoma?');
    const { tag, read } = fakeTagger();
    const answers = ['B-RAF', 'sorafenib', 'helped'].map(answerOf);
    expect(await check.read(tag, answers, { most: 1, signal: undefined })).toBe(1);
    expect(await check.read(tag, answers, { most: 8, signal: undefined })).toBe(1);
    expect(await check.read(tag, answers, { most: 8, signal: undefined })).toBe(0);
    expect(read).toEqual(['The B-RAF inhibitor sorafenib treats renal cell carcinoma.', 'Sorafenib helped.']);
  });

  it.each([
    ['Which gene is mutated?', true],
    ['How many patients had cough?', false],
    ['What reverses warfarin?', false],
  ])('knows whether %s asks for a type', (question, asked) => {
    expect(new TypeCheck([text], () => question).isAsked).toBe(asked);
  });
});
