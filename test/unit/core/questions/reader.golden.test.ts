import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createReader } from '../../../../src/core/questions/reader';
import { createTokenizer } from '../../../../src/core/tokens/encode';
import { vocabularyFromText } from '../../../../src/core/tokens/vocabulary';
import type { Batch } from '../../../../src/core/types';
import { config } from './fakeQuestionModel';

interface Golden {
  readonly vocabulary: readonly string[];
  readonly question: string;
  readonly passages: readonly string[];
  readonly config: Record<'maxTokens' | 'overlap' | 'maxQuestionTokens' | 'maxAnswerTokens', number>;
  readonly rows: readonly { readonly ids: readonly number[]; readonly shapes: readonly number[] }[];
  readonly answers: readonly {
    readonly text: string;
    readonly score: number;
    readonly places: readonly (readonly number[])[];
  }[];
}

const file = path.resolve(import.meta.dirname, '../../../fixtures/questions/golden.json');
const golden = JSON.parse(fs.readFileSync(file, 'utf8')) as Golden;

/** The same as `made_up` in models/training/questions/golden.py. */
function madeUp({ inputIds, length }: Batch): Float32Array {
  const spans = new Float32Array(2 * inputIds.length);
  for (const [i, piece] of inputIds.entries()) {
    const id = Number(piece);
    const place = i % length;
    spans[2 * i] = ((id * 37 + place * 11) % 23) / 4 - 3;
    spans[2 * i + 1] = ((id * 17 + place * 29) % 19) / 4 - 2;
  }
  return spans;
}

async function readGolden() {
  const rows: { ids: number[]; shapes: number[] }[] = [];
  const vocabulary = vocabularyFromText(`${golden.vocabulary.join('\n')}\n`);
  const tokenizer = createTokenizer(vocabulary, { lowercase: true, spaceChineseCharacters: true });
  const { read } = createReader({
    isJudged: false,
    tokenizer,
    config: { ...config, ...golden.config },
    model: {
      run: (batch) => {
        for (let row = 0; row < batch.size; row++) {
          const own = <T>(values: ArrayLike<T>) =>
            Array.from({ length: batch.length }, (_, i) => Number(values[row * batch.length + i]));
          const size = own(batch.attentionMask).reduce((sum, one) => sum + one, 0);
          rows.push({
            ids: own(batch.inputIds).slice(0, size),
            shapes: own(batch.tokenTypeIds).slice(0, size),
          });
        }
        return Promise.resolve({ spans: madeUp(batch) });
      },
      embed: () => Promise.resolve([]),
    },
  });
  const passages = golden.passages.map((text) => ({ text }));
  const asked = { question: golden.question, kind: 'factoid' as const, maxAnswers: 30, minProbability: 0 };
  return { rows, result: await read({ ...asked, passages }) };
}

describe('reading as in training', () => {
  it('gives the model the same rows', async () => {
    const { rows } = await readGolden();
    const sorted = (all: readonly object[]) => all.map((row) => JSON.stringify(row)).sort();
    expect(sorted(rows)).toEqual(sorted(golden.rows));
  });

  it('finds the same answers in the same places', async () => {
    const { result } = await readGolden();
    const logit = (p: number) => Math.log(p) - Math.log1p(-p);
    for (const [i, { text, score, places }] of golden.answers.entries()) {
      const answer = result.answers[i];
      expect(answer && logit(answer.probability)).toBeCloseTo(score, 2);
      const own =
        answer &&
        [answer, ...answer.otherOccurrences].map(({ passage, start, end }) => [passage, start, end]);
      // Answers with the same score may come in any order.
      const isTied = golden.answers.some((other, j) => j !== i && other.score === score);
      if (!isTied) expect({ text: answer?.text, places: own }).toEqual({ text, places });
    }
    expect(golden.answers.length).toBeGreaterThan(10);
  });
});
