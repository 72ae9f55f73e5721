import type { TokenRow } from '../tensors/batch';
import type { Encoding } from '../tokens/encode';
import type { Vocabulary } from '../tokens/vocabulary';
import type { QuestionConfig } from './questionModel';

/** One row of the model: `[CLS] question [SEP] passage tokens [from, to) [SEP]`. */
export interface Window {
  readonly passage: number;
  readonly from: number;
  readonly to: number;
}

/** Number of special tokens in a row: [CLS] and two [SEP]. */
const specialTokens = 3;

/** Splits `count` tokens into ranges of at most `room` tokens; consecutive ranges share `overlap` tokens. */
function planWindows(count: number, capacity: number, overlap: number): { from: number; to: number }[] {
  const shared = Math.min(overlap, Math.floor(capacity / 2));
  const windows = [{ from: 0, to: Math.min(capacity, count) }];
  for (let last = windows[0]; last !== undefined && last.to < count; last = windows.at(-1)) {
    const from = last.from + capacity - shared;
    windows.push({ from, to: Math.min(from + capacity, count) });
  }
  return windows;
}

export interface RowMaker {
  /** The windows of a passage. A passage without tokens has none. */
  windows(passage: number, encoding: Encoding): Window[];
  /** Number of tokens in the row, including special tokens. */
  lengthOf(window: Window): number;
  /** Index in the row of the first token of the passage. */
  readonly passageStart: number;
  row(window: Window, encoding: Encoding): TokenRow;
}

/** Creates the rows for one question. Only the first `maxQuestionTokens` tokens of a question are read. */
export function createRowMaker(
  question: Encoding,
  vocabulary: Vocabulary,
  config: Pick<QuestionConfig, 'tokenTypes' | 'maxTokens' | 'overlap' | 'maxQuestionTokens'>,
): RowMaker {
  const questionLength = Math.min(question.ids.length, config.maxQuestionTokens);
  const capacity = Math.max(1, config.maxTokens - specialTokens - questionLength);
  const lengthOf = ({ from, to }: Window) => specialTokens + questionLength + to - from;
  return {
    passageStart: questionLength + 2,
    lengthOf,
    windows: (passage, { ids }) =>
      ids.length === 0
        ? []
        : planWindows(ids.length, capacity, config.overlap).map((range) => ({ passage, ...range })),
    row: (window, encoding) => {
      const ids = new Int32Array(lengthOf(window));
      const types = new Uint8Array(ids.length);
      ids[0] = vocabulary.classifyId;
      ids.set(question.ids.subarray(0, questionLength), 1);
      ids[questionLength + 1] = vocabulary.separatorId;
      ids.set(encoding.ids.subarray(window.from, window.to), questionLength + 2);
      ids[ids.length - 1] = vocabulary.separatorId;
      if (config.tokenTypes === 'segments') types.fill(1, questionLength + 2);
      if (config.tokenTypes === 'shape') {
        types.set(tokenShapes(question).subarray(0, questionLength), 1);
        types.set(tokenShapes(encoding).subarray(window.from, window.to), questionLength + 2);
      }
      return { ids, types };
    },
  };
}

/** The row `[CLS] text [SEP]` for an embedding. A text that is too long is truncated. */
export function textRow(
  encoding: Encoding,
  vocabulary: Vocabulary,
  config: Pick<QuestionConfig, 'tokenTypes' | 'maxTokens'>,
): TokenRow {
  const count = Math.min(encoding.ids.length, config.maxTokens - 2);
  const ids = new Int32Array(count + 2);
  const types = new Uint8Array(count + 2);
  ids[0] = vocabulary.classifyId;
  ids.set(encoding.ids.subarray(0, count), 1);
  ids[count + 1] = vocabulary.separatorId;
  if (config.tokenTypes === 'shape') types.set(tokenShapes(encoding).subarray(0, count), 1);
  return { ids, types };
}

const shapes = new WeakMap<Encoding, Uint8Array>();

/** The letter case of each token, which is that of its word. Cached because all windows of a passage use it. */
export function tokenShapes(encoding: Encoding): Uint8Array {
  const cached = shapes.get(encoding);
  if (cached) return cached;
  const shapesOfTokens = new Uint8Array(encoding.ids.length);
  for (const [word, first] of encoding.wordFirstTokens.entries()) {
    shapesOfTokens.fill(
      encoding.wordShapes[word] ?? 0,
      first,
      encoding.wordFirstTokens[word + 1] ?? shapesOfTokens.length,
    );
  }
  shapes.set(encoding, shapesOfTokens);
  return shapesOfTokens;
}
