/** Runs: from the rows of blocks to the logits of their pairs. */
import { BioBertError, errorCodes, throwIfCancelled } from '../errors';
import { fillBatch, planBatches } from '../tensors/batch';
import type { Vocabulary } from '../tokens/vocabulary';
import type { Batch } from '../types';
import type { MentionPair } from './candidates';
import type { PairLogits } from './decode';
import type { RelationRow } from './rows';

/** A batch and the pairs to score in it. */
export interface RelationBatch extends Batch {
  /** Row-major `[pairs, 3]`: row, place of the subject's opening marker, of the object's. */
  readonly pairs: BigInt64Array;
}

/** Row-major `[pairs, labels]` scores. */
export interface PairScores {
  readonly data: Float32Array;
  readonly dims: readonly [pairs: number, labels: number];
}

/** What the pipeline asks of a runtime. */
export interface RelationModel {
  run(batch: RelationBatch): Promise<PairScores>;
}

/** A block's rows, and what is asked about it. */
export interface ScoreJob {
  readonly rows: readonly RelationRow[];
  readonly pairs: readonly MentionPair[];
}

export interface ScoreOptions {
  readonly model: RelationModel;
  readonly vocabulary: Vocabulary;
  /** Logits of a pair. */
  readonly labels: number;
  /** Padded tokens in one run, at most; a longer single row runs alone. */
  readonly maxTokensPerBatch: number;
  readonly signal?: AbortSignal | undefined;
}

/** Pairs in one run, at most: what lies between states and logits takes some 10 kB a pair. */
const maxPairsPerRun = 8192;

/** A row that is run, with the pairs that it answers. */
interface AskedRow {
  readonly row: RelationRow;
  readonly asked: { readonly pair: MentionPair; readonly keep: (logits: Float32Array) => void }[];
}

/**
 * Each pair is scored in the row that was written for it, else in the first row that holds both mentions; rows that answer no pair are not run.
 *
 * @returns for each job, the logits of its pairs.
 * @throws {CancelledError} after `signal` aborts; checked before each run.
 * @throws {BioBertError} MODEL_SHAPE_MISMATCH when the model's answer has another shape than its labels say.
 */
export async function scorePairs(jobs: readonly ScoreJob[], options: ScoreOptions): Promise<PairLogits[]> {
  const results = jobs.map(() => new Map<string, Float32Array>());
  const rows = jobs.flatMap((job, i) => askedRows(job, results[i] ?? new Map<string, Float32Array>()));
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

function askedRows({ rows, pairs }: ScoreJob, logits: Map<string, Float32Array>): AskedRow[] {
  const asked = rows.map((row): AskedRow => ({ row, asked: [] }));
  const written = new Map(
    asked.flatMap((each) => (each.row.pair ? [[keyOf(each.row.pair), each] as const] : [])),
  );
  for (const pair of pairs) {
    const holder =
      written.get(keyOf(pair)) ??
      asked.find(({ row: { places } }) => places.has(pair[0]) && places.has(pair[1]));
    holder?.asked.push({ pair, keep: (values) => logits.set(keyOf(pair), values) });
  }
  return asked.filter((row) => row.asked.length > 0);
}

async function runBatch(rows: readonly AskedRow[], options: ScoreOptions): Promise<void> {
  const { model, vocabulary, labels, signal } = options;
  const batch = fillBatch(
    rows.map(({ row }) => row.tokens),
    vocabulary.paddingId,
  );
  const asked = rows.flatMap((row, index) => row.asked.map((each) => ({ ...each, index, row: row.row })));
  for (let first = 0; first < asked.length; first += maxPairsPerRun) {
    throwIfCancelled(signal);
    const part = asked.slice(first, first + maxPairsPerRun);
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
