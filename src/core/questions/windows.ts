import type { TokenRow } from '../tensors/batch';
import type { Encoding } from '../tokens/encode';
import type { Vocabulary } from '../tokens/vocabulary';
import type { QuestionConfig } from './types';

/** One row of the model: `[CLS] question [SEP] pieces [from, to) of a passage [SEP]`. */
export interface Window {
  readonly passage: number;
  readonly from: number;
  readonly to: number;
}

/** [CLS] and two [SEP]. */
const specialTokens = 3;

/** Ranges of at most `room` pieces that together cover `count`; neighbours share `overlap`. */
export function planWindows(count: number, room: number, overlap: number): { from: number; to: number }[] {
  const shared = Math.min(overlap, Math.floor(room / 2));
  const windows = [{ from: 0, to: Math.min(room, count) }];
  for (let last = windows[0]; last !== undefined && last.to < count; last = windows.at(-1)) {
    const from = last.from + room - shared;
    windows.push({ from, to: Math.min(from + room, count) });
  }
  return windows;
}

export interface RowMaker {
  /** Windows of a passage beside the question. A passage without pieces has none. */
  windows(passage: number, encoding: Encoding): Window[];
  /** Tokens of the row, special ones included. */
  lengthOf(window: Window): number;
  /** Place in the row of the first piece of the passage. */
  readonly passageStart: number;
  row(window: Window, encoding: Encoding): TokenRow;
}

/** Rows for one question. Of a longer question the first `maxQuestionTokens` pieces are read. */
export function createRowMaker(
  question: Encoding,
  vocabulary: Vocabulary,
  config: Pick<QuestionConfig, 'tokenTypes' | 'maxTokens' | 'overlap' | 'maxQuestionTokens'>,
): RowMaker {
  const asked = Math.min(question.ids.length, config.maxQuestionTokens);
  const room = Math.max(1, config.maxTokens - specialTokens - asked);
  const lengthOf = ({ from, to }: Window) => specialTokens + asked + to - from;
  return {
    passageStart: asked + 2,
    lengthOf,
    windows: (passage, { ids }) =>
      ids.length === 0
        ? []
        : planWindows(ids.length, room, config.overlap).map((range) => ({ passage, ...range })),
    row: (window, encoding) => {
      const ids = new Int32Array(lengthOf(window));
      const types = new Uint8Array(ids.length);
      ids[0] = vocabulary.classifyId;
      ids.set(question.ids.subarray(0, asked), 1);
      ids[asked + 1] = vocabulary.separatorId;
      ids.set(encoding.ids.subarray(window.from, window.to), asked + 2);
      ids[ids.length - 1] = vocabulary.separatorId;
      if (config.tokenTypes === 'segments') types.fill(1, asked + 2);
      if (config.tokenTypes === 'shape') {
        types.set(pieceShapes(question).subarray(0, asked), 1);
        types.set(pieceShapes(encoding).subarray(window.from, window.to), asked + 2);
      }
      return { ids, types };
    },
  };
}

/** `[CLS] text [SEP]`, what an embedding is made of; the opening of a text that is too long. */
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
  if (config.tokenTypes === 'shape') types.set(pieceShapes(encoding).subarray(0, count), 1);
  return { ids, types };
}

const shapes = new WeakMap<Encoding, Uint8Array>();

/** The letter case of each piece: that of its word. Kept for the windows of one passage. */
function pieceShapes(encoding: Encoding): Uint8Array {
  const known = shapes.get(encoding);
  if (known) return known;
  const found = new Uint8Array(encoding.ids.length);
  for (const [word, first] of encoding.wordPieces.entries()) {
    found.fill(encoding.wordShapes[word] ?? 0, first, encoding.wordPieces[word + 1] ?? found.length);
  }
  shapes.set(encoding, found);
  return found;
}
