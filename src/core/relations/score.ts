/** Runs the model on the rows of blocks and collects the logits of their pairs. */
import { BioBertError, errorCodes, throwIfCancelled } from '../errors';
import { fillBatch, planBatches } from '../tensors/batch';
import type { Vocabulary } from '../tokens/vocabulary';
import type { Batch } from '../types';
import type { MentionPair } from './candidates';
import type { PairLogits } from './decode';
import type { RelationRow } from './relationRows';

/** A batch and the pairs to score in it. */
export interface RelationBatch extends Batch {
  /** Row-major `[pairs, 3]`: row, position of the subject's opening marker, position of the object's. */
  readonly pairs: BigInt64Array;
}

/** Row-major `[pairs, labels]` scores. */
export interface PairScores {
  readonly data: Float32Array;
  readonly dims: readonly [pairs: number, labels: number];
}

/** The interface through which the pipeline runs the relation model; the runtime implements it. */
export interface RelationModel {
  run(batch: RelationBatch): Promise<PairScores>;
}

/** The rows of a block and the pairs to score in them. */
export interface ScoreJob {
  readonly rows: readonly RelationRow[];
  readonly pairs: readonly MentionPair[];
}

export interface ScoreOptions {
  readonly model: RelationModel;
  readonly vocabulary: Vocabulary;
  /** Number of logits per pair. */
  readonly labels: number;
  /** Maximum number of tokens in one run, including padding; a single row that is longer runs alone. */
  readonly maxTokensPerBatch: number;
  readonly signal?: AbortSignal | undefined;
}

/** Maximum number of pairs in one run: the intermediate results of a pair take about 10 kB. */
const maxPairsPerRun = 8192;

/** A row to run, with the pairs that are scored in it. */
interface RowWithPairs {
  readonly row: RelationRow;
  readonly pairs: { readonly pair: MentionPair; readonly keep: (logits: Float32Array) => void }[];
}

/**
 * Scores pairs. Each pair is scored in the row that was written for it, or else in the first row that contains both
 * mentions. Rows without a pair are not run.
 *
 * @returns for each job, the logits of its pairs.
 * @throws {CancelledError} after `signal` was aborted; checked before each run.
 * @throws {BioBertError} MODEL_SHAPE_MISMATCH if the shape of the model's output does not match its labels.
 */
export async function scorePairs(jobs: readonly ScoreJob[], options: ScoreOptions): Promise<PairLogits[]> {
  const results = jobs.map(() => new Map<string, Float32Array>());
  const rows = jobs.flatMap((job, i) => assignPairs(job, results[i] ?? new Map<string, Float32Array>()));
  const lengths = rows.map(({ row }) => row.tokens.ids.length);
  for (const batch of planBatches(lengths, options)) {
    await runBatch(
      batch.flatMap((index) => rows[index] ?? []),
      options,
    );
  }
  throwIfCancelled(options.signal);
  return results.map(
    (logits): PairLogits =>
      (pair) =>
        logits.get(keyOf(pair)),
  );
}

function assignPairs({ rows, pairs }: ScoreJob, logits: Map<string, Float32Array>): RowWithPairs[] {
  const rowsWithPairs = rows.map((row): RowWithPairs => ({ row, pairs: [] }));
  const rowOfPair = new Map(
    rowsWithPairs.flatMap((each) => (each.row.pair ? [[keyOf(each.row.pair), each] as const] : [])),
  );
  for (const pair of pairs) {
    const target =
      rowOfPair.get(keyOf(pair)) ??
      rowsWithPairs.find(({ row: { places } }) => places.has(pair[0]) && places.has(pair[1]));
    target?.pairs.push({ pair, keep: (values) => logits.set(keyOf(pair), values) });
  }
  return rowsWithPairs.filter((row) => row.pairs.length > 0);
}

async function runBatch(rows: readonly RowWithPairs[], options: ScoreOptions): Promise<void> {
  const { model, vocabulary, labels, signal } = options;
  const batch = fillBatch(
    rows.map(({ row }) => row.tokens),
    vocabulary.paddingId,
  );
  const batchPairs = rows.flatMap((row, index) =>
    row.pairs.map((each) => ({ ...each, index, row: row.row })),
  );
  for (let first = 0; first < batchPairs.length; first += maxPairsPerRun) {
    throwIfCancelled(signal);
    const part = batchPairs.slice(first, first + maxPairsPerRun);
    const places = part.flatMap(({ index, row, pair: [subject, object] }) => [
      index,
      row.places.get(subject) ?? 0,
      row.places.get(object) ?? 0,
    ]);
    const scores = await model.run({ ...batch, pairs: BigInt64Array.from(places, BigInt) });
    checkShape(scores, part.length, labels);
    for (const [i, { keep }] of part.entries()) keep(scores.data.slice(i * labels, (i + 1) * labels));
  }
}

function keyOf([subject, object]: MentionPair): string {
  return `${subject} ${object}`;
}

function checkShape({ dims, data }: PairScores, pairs: number, labels: number): void {
  if (dims[0] === pairs && dims[1] === labels && data.length === pairs * labels) return;
  throw new BioBertError(
    errorCodes.MODEL_SHAPE_MISMATCH,
    `The model answered with shape [${dims.join(', ')}] where [${pairs}, ${labels}] was expected.`,
    'Use a model.onnx whose output fits the heads in its biobert.json.',
  );
}
