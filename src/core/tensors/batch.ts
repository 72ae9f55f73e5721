import type { Batch } from '../types';

/** One row of a batch: ids and token types of its tokens, special tokens included. */
export interface TokenRow {
  readonly ids: Int32Array;
  readonly types: Uint8Array;
}

export interface BatchLimits {
  /** Maximum number of tokens in a batch, including padding; a single row that is longer runs alone. */
  readonly maxTokensPerBatch: number;
  /** Cost of starting a run, in tokens: a separate batch must save more padding than this. Default: 16. */
  readonly tokensPerStart?: number | undefined;
}

/**
 * Groups rows of similar length so that the total cost of runs and padding is minimal. The rows are sorted by length
 * and split into consecutive groups by dynamic programming: for every prefix of the sorted rows, the best cost is
 * found by trying all places where its last group can begin.
 *
 * @param lengths Number of tokens of each row.
 * @returns batches of indices into `lengths`, shortest rows first; every index is in exactly one batch.
 */
export function planBatches(lengths: readonly number[], limits: BatchLimits): number[][] {
  const { maxTokensPerBatch, tokensPerStart = 16 } = limits;
  const order = lengths.map((_, index) => index).sort((a, b) => lengthOf(lengths, a) - lengthOf(lengths, b));
  const cost = new Float64Array(order.length + 1);
  const begins = new Int32Array(order.length + 1);
  for (let end = 1; end <= order.length; end += 1) {
    const length = lengthOf(lengths, order[end - 1]);
    cost[end] = Infinity;
    for (let begin = end - 1; begin >= 0; begin -= 1) {
      const tokens = (end - begin) * length;
      if (tokens > maxTokensPerBatch && end - begin > 1) break;
      const total = (cost[begin] ?? 0) + tokens + tokensPerStart;
      if (total >= (cost[end] ?? Infinity)) continue;
      cost[end] = total;
      begins[end] = begin;
    }
  }
  const batches: number[][] = [];
  for (let end = order.length; end > 0; end = begins[end] ?? 0) batches.push(order.slice(begins[end], end));
  return batches.reverse();
}

function lengthOf(lengths: readonly number[], index: number | undefined): number {
  return lengths[index ?? -1] ?? 0;
}

/**
 * Fills the three `[rows, length of the longest row]` tensors that BERT takes; shorter rows are padded at the end.
 *
 * @throws {RangeError} if there are no rows.
 */
export function fillBatch(rows: readonly TokenRow[], paddingId: number): Batch {
  if (rows.length === 0) throw new RangeError('A batch needs a row.');
  const length = rows.reduce((longest, row) => Math.max(longest, row.ids.length), 0);
  const ids = new Int64Writer(rows.length * length);
  const mask = new Int64Writer(rows.length * length);
  const types = new Int64Writer(rows.length * length);
  for (const [row, { ids: rowIds, types: rowTypes }] of rows.entries()) {
    for (let i = 0; i < length; i += 1) {
      const at = row * length + i;
      const isToken = i < rowIds.length;
      ids.set(at, isToken ? (rowIds[i] ?? 0) : paddingId);
      mask.set(at, isToken ? 1 : 0);
      types.set(at, isToken ? (rowTypes[i] ?? 0) : 0);
    }
  }
  return {
    size: rows.length,
    length,
    inputIds: ids.values,
    attentionMask: mask.values,
    tokenTypeIds: types.values,
  };
}

/**
 * Writes small non-negative numbers into 64-bit elements without creating a BigInt for each, which is ten times
 * faster.
 */
class Int64Writer {
  readonly values: BigInt64Array;
  private readonly halves: Int32Array;
  private readonly lowHalf: 0 | 1;

  constructor(length: number) {
    this.values = new BigInt64Array(length);
    this.halves = new Int32Array(this.values.buffer);
    this.lowHalf = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 0 : 1;
  }

  set(index: number, value: number): void {
    this.halves[2 * index + this.lowHalf] = value;
  }
}
