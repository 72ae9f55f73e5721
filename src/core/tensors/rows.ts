import type { Encoding } from '../tokens/encode';
import type { Vocabulary } from '../tokens/vocabulary';
import type { Logits, TaggerConfig } from '../types';
import type { TokenRow } from './batch';

/** The tokens `[from, to)` of one sentence, which begin at index `at` of a row. */
interface RowPart {
  readonly sentence: number;
  readonly from: number;
  readonly to: number;
  readonly at: number;
}

/** One input row of the model: `[CLS]`, tokens of one or several sentences, `[SEP]`. */
export interface Row {
  /** Number of tokens, including special tokens. */
  readonly length: number;
  readonly parts: readonly RowPart[];
}

/** Number of special tokens in a row: [CLS] and [SEP]. */
const specialTokens = 2;

/**
 * Packs consecutive sentences into rows of at most `maxTokens` tokens, including special tokens. A sentence that is
 * longer than a row is read in windows that overlap by a quarter; the last window ends with the sentence.
 *
 * @param tokenCounts Number of tokens of each sentence.
 * @returns rows in order. A sentence without tokens is in none of them.
 */
export function planRows(tokenCounts: readonly number[], maxTokens: number): Row[] {
  const capacity = Math.max(1, maxTokens - specialTokens);
  const rows: Row[] = [];
  let open: RowPart[] = [];
  let used = 0;
  const close = () => {
    if (open.length > 0) rows.push({ length: used + specialTokens, parts: open });
    open = [];
    used = 0;
  };
  for (const [sentence, count] of tokenCounts.entries()) {
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

/** Fills the tokens of a row. Token types are the shapes of the words if the model uses them, otherwise zeros. */
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

/** Writes the shape of its word to each token from `from` on, up to the length of `types`. */
function fillShapes(types: Uint8Array, { ids, wordFirstTokens, wordShapes }: Encoding, from: number): void {
  for (let word = firstAtLeast(wordFirstTokens, from + 1) - 1; word < wordFirstTokens.length; word += 1) {
    const start = (wordFirstTokens[word] ?? 0) - from;
    if (start >= types.length) break;
    types.fill(wordShapes[word] ?? 0, Math.max(0, start), (wordFirstTokens[word + 1] ?? ids.length) - from);
  }
}

/** Collects the logits at the first tokens of the words of one sentence. */
export class WordLogits {
  /** `[words, labels]`. */
  readonly values: Float32Array;
  /** For each word, its distance from the nearest boundary of the window that its logits come from. */
  private readonly margins: Float64Array;

  constructor(
    private readonly encoding: Encoding,
    private readonly labels: number,
  ) {
    this.values = new Float32Array(encoding.wordFirstTokens.length * labels);
    this.margins = new Float64Array(encoding.wordFirstTokens.length).fill(-1);
  }

  /**
   * Adds the logits of a row. If several windows contain a word, the one in which it is farthest from a boundary is
   * used. The start and end of the sentence do not count as boundaries, because nothing is missing beyond them.
   */
  add({ from, to, at }: RowPart, logits: Logits, rowInBatch: number): void {
    const { wordFirstTokens, ids } = this.encoding;
    const [, length] = logits.dims;
    for (let word = firstAtLeast(wordFirstTokens, from); word < wordFirstTokens.length; word += 1) {
      const token = wordFirstTokens[word] ?? 0;
      if (token >= to) break;
      const left = from === 0 ? Infinity : token - from;
      const right = to === ids.length ? Infinity : to - 1 - token;
      const margin = Math.min(left, right);
      if (margin <= (this.margins[word] ?? 0)) continue;
      this.margins[word] = margin;
      const offset = (rowInBatch * length + at + token - from) * this.labels;
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
