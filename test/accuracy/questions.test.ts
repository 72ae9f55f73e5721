import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { factoidScores, rightRank } from '../evaluation/questions/scores';
import { createAskedQuestion } from '../../src/core/questions/askedQuestion';
import { nearest } from '../../src/core/questions/rank';
import { createReader, type Reader } from '../../src/core/questions/reader';
import { rankWithIndex } from '../../src/core/questions/search';
import { selectPassages } from '../../src/core/questions/select';
import { loadQuestions } from '../../src/runtime/engine/questions';
import type { LoadedQuestions } from '../../src/runtime/engine/requestContext';
import { nullLogger } from '../../src/runtime/log';
import { requireFile, root } from './gold';

/** Texts and questions that were written for this test; none is from a corpus. */
interface Samples {
  readonly texts: readonly string[];
  readonly factoid: readonly { question: string; text: number; answers: readonly string[] }[];
  readonly yesno: readonly { question: string; text: number; verdict: 'yes' | 'no' }[];
}

const samples = JSON.parse(readFileSync(path.join(import.meta.dirname, 'questions.json'), 'utf8')) as Samples;
const { texts, factoid, yesno } = samples;
const cli = path.join(root, 'dist/cli.js');

let model: LoadedQuestions;
let reader: Reader;
let folder: string;

beforeAll(async () => {
  requireFile('dist/cli.js', 'npm run build');
  requireFile('models/questions/model.onnx', 'git checkout -- models/questions');
  model = await loadQuestions(path.join(root, 'models/questions'), { threads: 0, log: nullLogger });
  reader = createReader({ ...model, model });
  folder = mkdtempSync(path.join(tmpdir(), 'biobert-ask-'));
  for (const [i, text] of texts.entries()) writeFileSync(path.join(folder, `${i}.txt`), `${text}\n`);
});

afterAll(async () => {
  await model.release();
  rmSync(folder, { recursive: true, force: true });
});

const passagesOf = (...own: readonly string[]) => own.map((text) => ({ text }));

describe('the shipped question model', () => {
  it('finds names and numbers in the text that contains them', async () => {
    const ranks: number[] = [];
    for (const { question, text, answers } of factoid) {
      const asked = { question, kind: 'factoid' as const, minProbability: 0 };
      const found = await reader.read({ ...asked, passages: passagesOf(texts[text] ?? '') });
      ranks.push(
        rightRank(
          found.answers.map((answer) => answer.text),
          answers,
        ),
      );
    }
    const { mrr, lenient } = factoidScores(ranks);
    expect(lenient, 'right among five').toBeGreaterThanOrEqual(60);
    expect(mrr, 'mean reciprocal rank').toBeGreaterThanOrEqual(45);
  });

  it('is more certain of an answer in the text that contains it', async () => {
    const wins: boolean[] = [];
    for (const [i, { question, text }] of factoid.entries()) {
      const other = texts[(text + 1 + (i % 3)) % texts.length] ?? '';
      const asked = { question, kind: 'factoid' as const };
      const own = await reader.read({ ...asked, passages: passagesOf(texts[text] ?? '') });
      const foreign = await reader.read({ ...asked, passages: passagesOf(other) });
      wins.push((own.noAnswer ?? 1) < (foreign.noAnswer ?? 0));
    }
    expect(wins.filter(Boolean).length / wins.length).toBeGreaterThanOrEqual(0.75);
  });

  it('gives the right verdict on more than half of the yes/no questions', async () => {
    let right = 0;
    for (const { question, text, verdict } of yesno) {
      const { verdict: said } = await reader.read({ question, passages: passagesOf(texts[text] ?? '') });
      expect((said?.yes ?? 0) + (said?.no ?? 0) + (said?.open ?? 0)).toBeCloseTo(1, 4);
      const isYes = (said?.yes ?? 0) > (said?.no ?? 0);
      if (isYes === (verdict === 'yes')) right += 1;
    }
    expect(right).toBeGreaterThan(yesno.length / 2);
  });

  it('gives a question and its text similar embeddings', async () => {
    const vectors = await reader.embed(texts);
    const asked = await reader.embed(factoid.map(({ question }) => question));
    const ranks = factoid.map(
      ({ text }, i) => nearest(asked[i] ?? new Float32Array(), vectors, texts.length).indexOf(text) + 1,
    );
    expect(factoidScores(ranks).mrr).toBeGreaterThanOrEqual(60);
    expect(vectors).toHaveLength(texts.length);
    for (const vector of vectors) expect(Math.hypot(...vector)).toBeCloseTo(1, 2);
  });

  it('selects the text of a question among others', async () => {
    const many = Array.from({ length: 30 }, (_, i) => `${texts[i % texts.length] ?? ''} ${i}`);
    const limits = { readAll: 5, candidates: 20, read: 10 };
    // Each question embeds its candidates, so a third of the questions is enough.
    const some = factoid.filter((_, i) => i % 3 === 0);
    let found = 0;
    for (const { question, text } of some) {
      const chosen = await selectPassages(createAskedQuestion(question), many, {
        rank: rankWithIndex,
        embed: (some) => reader.embed(some),
        limits,
      });
      expect(chosen).toHaveLength(10);
      if (chosen.some((index) => index % texts.length === text)) found += 1;
    }
    expect(found / some.length).toBeGreaterThanOrEqual(0.85);
  });
});

function ask(args: readonly string[], input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'ask', ...args], {
    cwd: folder,
    input,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

interface Line {
  readonly document: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly probability: number;
  readonly sentence: { readonly start: number; readonly end: number; readonly text: string };
}

describe('biobert ask', () => {
  const files = texts.map((_, i) => `${i}.txt`);

  it('answers from documents, with spans in their files', () => {
    const { status, stdout, stderr } = ask([
      ...['--format', 'jsonl', '--kind', 'factoid', '--min-probability', '0'],
      'Which gene is mutated in cystic fibrosis?',
      ...files,
    ]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.length).toBeLessThanOrEqual(5);
    for (const { document, start, end, text, sentence, probability } of lines) {
      const file = readFileSync(path.join(folder, document), 'utf8');
      expect(file.slice(start, end)).toBe(text);
      expect(file.slice(sentence.start, sentence.end)).toBe(sentence.text);
      expect(probability).toBeGreaterThanOrEqual(0);
    }
    const ordered = lines.map(({ probability }) => probability);
    expect(ordered).toEqual([...ordered].sort((a, b) => b - a));
  });

  it('reads standard input and writes readable text', () => {
    const { status, stdout } = ask(['-p', '0', 'What is the target of trastuzumab?'], texts[7] ?? '');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^ 1 {2}.+ {2}\d+ % {2}\(standard input:\d+/);
  });

  it('gives a verdict on a yes/no question', () => {
    const { stdout } = ask(['Does imatinib block BCR-ABL?', '1.txt']);
    expect(stdout).toMatch(
      /^(?:Yes {2}\d+ %|No {2}\d+ %|The documents do not settle it\.)\nPapers for: \d+, against: \d+\n/,
    );
  });

  it('exits with 3 if there is no answer', () => {
    const { status, stdout, stderr } = ask(['-p', '1', 'Who discovered penicillin?', '3.txt']);
    expect({ status, stdout }).toEqual({ status: 3, stdout: '' });
    expect(stderr).toContain('BB704');
  });

  it.each([
    ['an empty question', ['', '0.txt'], '', 'BB701'],
    ['a question of 10,000 characters', ['why '.repeat(2500), '0.txt'], '', 'BB702'],
    ['a document without prose', ['Which gene?'], '*** --- ***', 'BB703'],
    [
      'a model for another task',
      ['-m', path.join(root, 'models/tagger'), 'Which gene?', '0.txt'],
      '',
      'BB105',
    ],
    ['a model folder that does not exist', ['-m', 'none', 'Which gene?', '0.txt'], '', 'BB101'],
    ['a file that does not exist', ['Which gene?', 'none.txt'], '', 'BB303'],
  ])('reports %s', (_what, args, input, code) => {
    const { status, stdout, stderr } = ask(args, input);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(code);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('exits with 2 without a question', () => {
    expect(ask([]).status).toBe(2);
  });
});
