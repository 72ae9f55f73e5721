import type { Encoding } from '../tokens/encode';
import type { Vocabulary } from '../tokens/vocabulary';
import type { Logits, TaggerConfig } from '../types';
import type { TokenRow } from './batch';

/** Pieces `[from, to)` of one sentence as they stand in a row, `at` places after its start. */
interface RowPart {
  readonly sentence: number;
  readonly from: number;
  readonly to: number;
  readonly at: number;
}

/** What the model reads at once: `[CLS]`, pieces of one or several sentences, `[SEP]`. */
export interface Row {
  /** Special tokens included. */
  readonly length: number;
  readonly parts: readonly RowPart[];
}

/** [CLS] and [SEP]. */
const specialTokens = 2;

/**
 * Lays neighbouring sentences out in rows of at most `maxTokens`, special tokens included: together as long as they fit.
 * A sentence that is longer than a row is read in windows that overlap by a quarter; the last one ends with it.
 *
 * @param pieceCounts Pieces of each sentence.
 * @returns Rows in order. A sentence without pieces is in none.
 */
export function planRows(pieceCounts: readonly number[], maxTokens: number): Row[] {
  const capacity = Math.max(1, maxTokens - specialTokens);
  const rows: Row[] = [];
  let open: RowPart[] = [];
  let used = 0;
  const close = () => {
    if (open.length > 0) rows.push({ length: used + specialTokens, parts: open });
    open = [];
    used = 0;
  };
  for (const [sentence, count] of pieceCounts.entries()) {
    if (count === 0) continue;
    if (used + count > capacity) close();
    if (count <= capacity) {
      open.push({ sentence, from: 0, to: count, at: 1 + used });
      used += count;
    } else {
      for (const from of windowStarts(count, capacity)) {
        rows.push({
          length: capacity + specialTokens,
          parts: [{ sentence, from, to: from + capacity, at: 1 }],
        });
      }
    }
  }
  close();
  return rows;
}

function windowStarts(count: number, capacity: number): number[] {
  const stride = capacity - Math.floor(capacity / 4);
  const starts: number[] = [];
  for (let from = 0; from + capacity < count; from += stride) starts.push(from);
  return [...starts, count - capacity];
}

/** The tokens of a row. Token types are the shapes of the words when the model wants them, zeros otherwise. */
export function fillRow(
  row: Row,
  encodings: readonly Encoding[],
  { vocabulary, tokenTypes }: { vocabulary: Vocabulary; tokenTypes: TaggerConfig['tokenTypes'] },
): TokenRow {
  const ids = new Int32Array(row.length);
  const types = new Uint8Array(row.length);
  ids[0] = vocabulary.classifyId;
  ids[row.length - 1] = vocabulary.separatorId;
  for (const { sentence, from, to, at } of row.parts) {
    const encoding = encodings[sentence];
    if (encoding === undefined) continue;
    ids.set(encoding.ids.subarray(from, to), at);
    if (tokenTypes === 'shape') fillShapes(types.subarray(at, at + to - from), encoding, from);
  }
  return { ids, types };
}

/** Gives each piece from `from` on the shape of its word, as far as `types` reaches. */
function fillShapes(types: Uint8Array, { ids, wordFirstTokens, wordShapes }: Encoding, from: number): void {
  for (let word = firstAtLeast(wordFirstTokens, from + 1) - 1; word < wordFirstTokens.length; word += 1) {
    const start = (wordFirstTokens[word] ?? 0) - from;
    if (start >= types.length) break;
    types.fill(wordShapes[word] ?? 0, Math.max(0, start), (wordFirstTokens[word + 1] ?? ids.length) - from);
  }
}

/** Collects, for the words of one sentence, the logits at their first pieces. */
export class WordLogits {
  /** `[words, labels]`. */
  readonly values: Float32Array;
  /** How far the window that a word's logits come from reaches to either side of it. */
  private readonly margins: Float64Array;

  constructor(
    private readonly encoding: Encoding,
    private readonly labels: number,
  ) {
    this.values = new Float32Array(encoding.wordFirstTokens.length * labels);
    this.margins = new Float64Array(encoding.wordFirstTokens.length).fill(-1);
  }

  /**
   * Takes what a row says of the sentence; of several windows that hold a word, the one in which it stands farthest
   * from a border counts. The sentence's own ends are no borders: nothing is missing beyond them.
   */
  add({ from, to, at }: RowPart, logits: Logits, rowInBatch: number): void {
    const { wordFirstTokens, ids } = this.encoding;
    const [, length] = logits.dims;
    for (let word = firstAtLeast(wordFirstTokens, from); word < wordFirstTokens.length; word += 1) {
      const piece = wordFirstTokens[word] ?? 0;
      if (piece >= to) break;
      const left = from === 0 ? Infinity : piece - from;
      const right = to === ids.length ? Infinity : to - 1 - piece;
      const margin = Math.min(left, right);
      if (margin <= (this.margins[word] ?? 0)) continue;
      this.margins[word] = margin;
      const offset = (rowInBatch * length + at + piece - from) * this.labels;
      this.values.set(logits.data.subarray(offset, offset + this.labels), word * this.labels);
    }
  }
}

function firstAtLeast(sorted: Int32Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
