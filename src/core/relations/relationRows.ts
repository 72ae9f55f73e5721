import type { TokenRow } from '../tensors/batch';
import type { Vocabulary } from '../tokens/vocabulary';
import type { MentionPair } from './candidates';
import type { RelationConfig } from './config';
import type { MarkedSentence, Window } from './window';

/**
 * A row of the model, with the position of the opening marker of each mention, by the index of the mention in its
 * block.
 */
export interface RelationRow {
  readonly tokens: TokenRow;
  /** The pair that the row was written for, if it has only one. */
  readonly pair?: MentionPair | undefined;
  readonly places: ReadonlyMap<number, number>;
}

/** Number of special tokens in a row: [CLS] and [SEP]. */
export const specialTokens = 2;

/**
 * The rows of a window. There is one, unless a single sentence is longer than a row. Such a sentence is read in rows
 * that overlap by a quarter; a pair of mentions that no single row contains is not scored.
 */
export function rowsOf(
  { sentences }: Window,
  vocabulary: Vocabulary,
  { maxTokens, tokenTypes }: Pick<RelationConfig, 'maxTokens' | 'tokenTypes'>,
): RelationRow[] {
  const ids = sentences.flatMap((sentence) => sentence.ids);
  const shapes = sentences.flatMap((sentence) => sentence.shapes);
  const marks = marksInRow(sentences);
  const capacity = maxTokens - specialTokens;
  return rowStarts(ids.length, capacity).map((from) => {
    const to = Math.min(ids.length, from + capacity);
    const tokens = {
      ids: Int32Array.of(vocabulary.classifyId, ...ids.slice(from, to), vocabulary.separatorId),
      types: Uint8Array.of(0, ...(tokenTypes === 'shape' ? shapes.slice(from, to) : []), 0),
    };
    const inside = marks.filter(({ open, close }) => from <= open && close < to);
    return { tokens, places: new Map(inside.map(({ mention, open }) => [mention, 1 + open - from])) };
  });
}

function rowStarts(length: number, capacity: number): number[] {
  const stride = capacity - Math.floor(capacity / 4);
  const starts: number[] = [];
  for (let from = 0; from + capacity < length; from += stride) starts.push(from);
  return [...starts, Math.max(0, length - capacity)];
}

interface Mark {
  readonly mention: number;
  readonly open: number;
  readonly close: number;
}

function marksInRow(sentences: readonly MarkedSentence[]): Mark[] {
  let base = 0;
  return sentences.flatMap(({ ids, marks, firstMention }) => {
    const sentenceMarks = marks.flatMap((mark, i) =>
      mark ? [{ mention: firstMention + i, open: base + mark.open, close: base + mark.close }] : [],
    );
    base += ids.length;
    return sentenceMarks;
  });
}
