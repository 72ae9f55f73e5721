import type { QuestionConfig, QuestionModel } from '../../../../src/core/questions/questionModel';
import { createTokenizer } from '../../../../src/core/tokens/encode';
import type { Batch } from '../../../../src/core/types';
import { vocabulary } from '../tokens/vocabularies';

const tokenizer = createTokenizer(vocabulary, { lowercase: true, spaceChineseCharacters: true });

export const config: QuestionConfig = {
  tokenTypes: 'shape',
  maxTokens: 40,
  overlap: 6,
  maxQuestionTokens: 12,
  maxAnswerTokens: 5,
  calibration: {
    answer: { scale: 1, offset: 0 },
    answerable: { scale: 1, offset: -1 },
  },
  stance: {
    maxTokens: 24,
    contextTokens: 6,
    calibration: { scale: 1, offset: 0 },
    verdict: { difference: 2, bias: 0, stronger: 3, weaker: -2, settled: -3, perLogSentence: 0, margin: 0.8 },
  },
  nullAnswer: true,
  listThreshold: 0.5,
};

/** The score of each token as an answer: highest for `kinase`. All other tokens score below "no answer". */
const answers: Readonly<Record<string, number>> = { kinase: 4, tumor: 2, protein: 1 };

const idOf = (piece: string) => BigInt(vocabulary.starts.get(piece) ?? -1);

export interface FakeQuestionModel extends QuestionModel {
  readonly batches: Batch[];
}

/**
 * A model without weights. `alpha` in a row supports a claim, `factor` contradicts it, and other rows are silent. The vectors count
 * `gene` and `cancer`.
 */
export function createFakeQuestionModel(onRun: (run: number) => void = () => undefined): FakeQuestionModel {
  const batches: Batch[] = [];
  const count = (batch: Batch, row: number, piece: string) =>
    batch.inputIds
      .subarray(row * batch.length, (row + 1) * batch.length)
      .reduce((sum, id) => sum + (id === idOf(piece) ? 1 : 0), 0);
  const rowsOf = (batch: Batch) => Array.from({ length: batch.size }, (_, row) => row);
  const begin = async (batch: Batch) => {
    batches.push(batch);
    await Promise.resolve();
    onRun(batches.length);
  };
  return {
    batches,
    run: async (batch) => {
      await begin(batch);
      const spans = new Float32Array(2 * batch.size * batch.length).fill(-3);
      for (const row of rowsOf(batch)) spans.fill(0, 2 * row * batch.length, 2 * row * batch.length + 2);
      for (const [piece, score] of Object.entries(answers)) {
        for (const [i, id] of batch.inputIds.entries())
          if (id === idOf(piece)) spans.fill(score / 2, 2 * i, 2 * i + 2);
      }
      return { spans };
    },
    stances: async (batch) => {
      await begin(batch);
      const logits = rowsOf(batch).flatMap((row) => [
        6 * count(batch, row, 'alpha'),
        6 * count(batch, row, 'factor'),
        2,
      ]);
      return Float32Array.from(logits);
    },
    embed: async (batch) => {
      await begin(batch);
      return rowsOf(batch).map((row) => {
        const [a, b] = [count(batch, row, 'gene'), count(batch, row, 'cancer')];
        const length = Math.hypot(a, b) || 1;
        return Float32Array.of(a / length, b / length);
      });
    },
  };
}

export { tokenizer };
