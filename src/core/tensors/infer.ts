import { BioBertError, errorCodes, throwIfCancelled } from '../errors';
import type { Encoding } from '../tokens/encode';
import type { Vocabulary } from '../tokens/vocabulary';
import type { Logits, Model, TaggerConfig } from '../types';
import { fillBatch, planBatches } from './batch';
import { fillRow, planRows, WordLogits } from './rows';

export interface InferOptions {
  readonly model: Model;
  readonly vocabulary: Vocabulary;
  readonly config: TaggerConfig;
  /** Maximum number of tokens in one `Model.run`, including padding; a single row that is longer runs alone. */
  readonly maxTokensPerBatch: number;
  readonly signal?: AbortSignal | undefined;
}

export interface InferenceResult {
  /** For each sentence of each unit, the `[words, labels]` logits at the first tokens of its words. */
  readonly logits: readonly (readonly Float32Array[])[];
  /** Number of tokens that were run, including special tokens but not padding. */
  readonly tokens: number;
}

/**
 * Runs the model on units of sentences. The sentences of a unit share rows; those of different units only share
 * batches.
 *
 * @throws {CancelledError} after `signal` was aborted; checked before each batch.
 * @throws {BioBertError} MODEL_SHAPE_MISMATCH if the shape of the model's output does not match its labels.
 */
export async function inferUnits(
  units: readonly (readonly Encoding[])[],
  { model, vocabulary, config, maxTokensPerBatch, signal }: InferOptions,
): Promise<InferenceResult> {
  const labels = config.labels.length;
  const placed = units.flatMap((encodings, unit) => {
    const rows = planRows(
      encodings.map(({ ids }) => ids.length),
      config.maxTokens,
    );
    return rows.map((row) => ({ row, unit, encodings }));
  });
  const collected = units.map((encodings) => encodings.map((encoding) => new WordLogits(encoding, labels)));
  let tokens = 0;
  for (const batch of planBatches(
    placed.map(({ row }) => row.length),
    { maxTokensPerBatch },
  )) {
    throwIfCancelled(signal);
    const members = batch.flatMap((index) => placed[index] ?? []);
    const rows = members.map(({ row, encodings }) =>
      fillRow(row, encodings, { vocabulary, tokenTypes: config.tokenTypes }),
    );
    const input = fillBatch(rows, vocabulary.paddingId);
    const logits = await model.run(input);
    checkShape(logits, [input.size, input.length, labels]);
    for (const [rowInBatch, { row, unit }] of members.entries()) {
      for (const part of row.parts) collected[unit]?.[part.sentence]?.add(part, logits, rowInBatch);
      tokens += row.length;
    }
  }
  throwIfCancelled(signal);
  return { logits: collected.map((sentences) => sentences.map(({ values }) => values)), tokens };
}

function checkShape({ dims, data }: Logits, expected: readonly [number, number, number]): void {
  const size = expected.reduce((product, dim) => product * dim, 1);
  if (data.length === size && expected.every((dim, axis) => dims[axis] === dim)) return;
  throw new BioBertError(
    errorCodes.MODEL_SHAPE_MISMATCH,
    `The model answered with shape [${dims.join(', ')}] where [${expected.join(', ')}] was expected.`,
    'Use a model.onnx whose output fits the labels in its config.json.',
  );
}
