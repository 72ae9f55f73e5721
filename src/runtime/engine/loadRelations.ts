import { BioBertError, errorCodes } from '../../core/errors';
import {
  isPairwise,
  logitCount,
  type PairwiseConfig,
  type RelationConfig,
} from '../../core/relations/config';
import { toHeadLogits } from '../../core/relations/outputs';
import type { PairScores, RelationBatch, RelationModel } from '../../core/relations/score';
import { createTokenizer, type Tokenizer } from '../../core/tokens/encode';
import type { ModelInfo } from '../../protocol/engine';
import { batchInputNames, batchInputs, orReleased, probeBatch, runProbe } from './bert';
import { readRelationsFolder, type RelationsFolder } from '../models/relationsFolder';
import { type GraphShape, openSession, type Session, type SessionOptions } from '../onnx/session';

/** A relation model that has been run once. */
export interface LoadedRelations extends RelationModel {
  readonly info: ModelInfo;
  readonly config: RelationConfig;
  readonly tokenizer: Tokenizer;
  readonly maxTokensPerBatch?: number | undefined;
  release(): Promise<void>;
}

const markedGraph: GraphShape = {
  inputs: [...batchInputNames, 'pairs'],
  requiredInputs: ['input_ids', 'pairs'],
  requiredOutputs: ['pair_logits'],
  nextStep:
    'Export a relation model with the inputs input_ids, attention_mask, token_type_ids and pairs [pairs, 3] and the output pair_logits [pairs, labels].',
};

const pairwiseGraph: GraphShape = {
  inputs: batchInputNames,
  requiredInputs: ['input_ids'],
  requiredOutputs: ['logits'],
  nextStep:
    'Export a sequence classification model with the inputs input_ids, attention_mask and token_type_ids and the output logits [batch, labels].',
};

/** The relation model of a folder. @throws {BioBertError} when folder, runtime or the two together are unfit. */
export async function loadRelations(path: string, options: SessionOptions): Promise<LoadedRelations> {
  const folder = await readRelationsFolder(path);
  const { config } = folder;
  const session = await openSession(
    folder.onnxPath,
    isPairwise(config) ? pairwiseGraph : markedGraph,
    options,
  );
  const run = (batch: RelationBatch) =>
    isPairwise(config) ? runPairwise(session, batch, config) : runMarked(session, batch);
  await orReleased(session, () => probe({ run }, folder));
  return {
    info: { ...folder.info, runtime: session.runtime },
    config,
    tokenizer: createTokenizer(folder.vocabulary, folder.tokenizer),
    maxTokensPerBatch: session.maxTokensPerBatch,
    run,
    release: () => session.release(),
  };
}

async function runMarked(session: Session, batch: RelationBatch): Promise<PairScores> {
  const pairs = { data: batch.pairs, dims: [batch.pairs.length / 3, 3] };
  const { pair_logits: logits } = await session.run({ ...batchInputs(batch), pairs }, ['pair_logits']);
  const [count, labels] = logits.dims;
  if (logits.dims.length === 2 && count !== undefined && labels !== undefined) {
    return { data: logits.data, dims: [count, labels] };
  }
  throw new BioBertError(
    errorCodes.MODEL_SHAPE_MISMATCH,
    `model.onnx gives pair_logits of ${logits.dims.length} dimensions.`,
    markedGraph.nextStep,
  );
}

/** Each row is a pair. */
async function runPairwise(
  session: Session,
  batch: RelationBatch,
  { outputs }: PairwiseConfig,
): Promise<PairScores> {
  const { logits } = await session.run(batchInputs(batch), ['logits']);
  const [rows, width] = logits.dims;
  if (logits.dims.length === 2 && rows === batch.size && width === outputs.length) {
    return toHeadLogits({ data: logits.data, dims: [rows, width] }, outputs);
  }
  throw new BioBertError(
    errorCodes.MODEL_SHAPE_MISMATCH,
    `model.onnx gives logits [${logits.dims.join(', ')}] where config.json names ${outputs.length} labels.`,
    'Put the config.json that was exported with model.onnx beside it.',
  );
}

/** A first run with one pair: the logits show whether there is one for each label. */
async function probe(model: RelationModel, { vocabulary, config }: RelationsFolder): Promise<void> {
  const batch = { ...probeBatch(vocabulary, config.tokenTypes), pairs: BigInt64Array.of(0n, 0n, 1n) };
  const { dims } = await runProbe(() => model.run(batch));
  const labels = logitCount(config.heads);
  if (dims[0] === 1 && dims[1] === labels) return;
  throw new BioBertError(
    errorCodes.MODEL_SHAPE_MISMATCH,
    `model.onnx gives pair_logits [${dims.join(', ')}] where biobert.json names ${labels} labels.`,
    'Put the biobert.json that was exported with model.onnx beside it.',
  );
}
