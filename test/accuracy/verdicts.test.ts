/** Yes-no questions on the model that ships: nothing wrong is shown, and most questions get their answer. */
import * as path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClaimParts } from '../../src/core/questions/claimRun';
import { createNameReader } from '../../src/core/questions/passageNames';
import { loadQuestions } from '../../src/runtime/engine/questions';
import { nullLogger } from '../../src/runtime/log';
import { readTerminology } from '../../src/runtime/modelFolders/terminologyFolder';
import { judge, judgeAll, readJudgedQuestions, verdictFigures } from '../evaluation/verdicts';

const folder = path.resolve(import.meta.dirname, '../../models/questions');
const terms = path.resolve(import.meta.dirname, '../../models/terminology');
const fileOf = (name: string) => path.join(import.meta.dirname, name);
const plain = await readJudgedQuestions(fileOf('yes-no-plain.jsonl'));
const heldOut = await readJudgedQuestions(fileOf('yes-no.jsonl'), 'held-out');

/** The answer is open where the passage speaks of another disease, drug or result than the question. */
const elsewhere = await readJudgedQuestions(fileOf('yes-no-elsewhere.jsonl'));

/** Each passage tells what happens without the thing that its questions are about. */
const losses = await readJudgedQuestions(fileOf('yes-no-loss.jsonl'));

let parts: ClaimParts;
let release: () => Promise<void> = () => Promise.resolve();

beforeAll(async () => {
  const model = await loadQuestions(folder, { threads: 0, log: nullLogger });
  const { stances, config, tokenizer } = model;
  if (!stances || !config.stance) throw new Error('The question model has no stance model.');
  const terminology = await readTerminology(terms);
  const names = terminology && createNameReader(terminology);
  parts = { model, tokenizer, config, names, stances, stanceConfig: config.stance };
  release = () => model.release();
});

afterAll(() => release());

describe('a passage with a second sentence that says the opposite of something else', () => {
  it.each(plain)('gets no wrong answer: $question', async (asked) => {
    const { verdict } = await judge(parts, asked);
    expect([asked.answer, 'open']).toContain(verdict.answer);
  });

  it('lists its sentences on the right side, and gets an answer if they are plain', async () => {
    const { coverage, wrongSide } = verdictFigures(await judgeAll(parts, plain));
    expect(coverage).toBeGreaterThanOrEqual(75);
    expect(wrongSide).toBeLessThanOrEqual(5);
  });
});

describe('a passage that shares names with the question and is about something else', () => {
  const passages = [...new Set(elsewhere.flatMap(({ passage }) => passage ?? []))];

  it.each(elsewhere.filter(({ answer }) => answer === 'open'))(
    'decides nothing, alone or with others, and no sentence takes a side: $question',
    async (asked) => {
      const alone = await judge(parts, asked);
      const { question, answer } = asked;
      const together = await judge(parts, { question, answer, passages });
      expect([alone.verdict, together.verdict].map(({ answer }) => answer)).toEqual(['open', 'open']);
      expect(alone.verdict.sentences).toEqual([]);
    },
  );

  it('decides most questions about its own subject, among others too', async () => {
    const settled = elsewhere.filter(({ answer }) => answer !== 'open');
    const asked = settled.map(({ question, answer }) => ({ question, answer, passages }));
    const { right, coverage } = verdictFigures(await judgeAll(parts, asked));
    expect(right).toBe(100);
    expect(coverage).toBeGreaterThanOrEqual(60);
  });
});

describe('a passage on what happens without the thing that is asked about', () => {
  it.each(losses)('gets no wrong answer: $question', async (asked) => {
    const { verdict } = await judge(parts, asked);
    expect([asked.answer, 'open']).toContain(verdict.answer);
  });

  it('lists its sentences on the right side, and decides most questions', async () => {
    const { coverage, wrongSide } = verdictFigures(await judgeAll(parts, losses));
    expect(coverage).toBeGreaterThanOrEqual(55);
    expect(wrongSide).toBe(0);
  });
});

describe('questions on which nothing was chosen', () => {
  it('get right answers, or none', async () => {
    const { right, coverage, declined } = verdictFigures(await judgeAll(parts, heldOut));
    expect(right).toBeGreaterThanOrEqual(85);
    expect(coverage).toBeGreaterThanOrEqual(22);
    expect(declined).toBeGreaterThanOrEqual(95);
  });
});
