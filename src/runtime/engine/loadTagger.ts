import type { Batch, Logits, Model, TaggerConfig } from '../../core/types';
import { BioBertError, errorCodes } from '../../core/errors';
import { createTokenizer, type Tokenizer } from '../../core/tokens/encode';
import type { ModelInfo } from '../../protocol/engine';
import { batchInputNames, batchInputs, orReleased, probeBatch, runProbe } from './bert';
import { type ModelFolder, readModelFolder } from '../models/taggerFolder';
import { type GraphShape, openSession, type Session, type SessionOptions } from '../onnx/session';

/** A model that has been run once. */
export interface LoadedModel extends Model {
  readonly info: ModelInfo;
  readonly config: TaggerConfig;
  readonly tokenizer: Tokenizer;
  readonly maxTokensPerBatch?: number | undefined;
  release(): Promise<void>;
}

const taggerGraph: GraphShape = {
  inputs: batchInputNames,
  requiredInputs: ['input_ids'],
  requiredOutputs: [],
  nextStep:
    'Export a token classification model with the inputs input_ids, attention_mask and token_type_ids and the output logits [batch, sequence, labels].',
};

/** The tagger of a folder. @throws {BioBertError} when folder, runtime or the two together are unfit. */
export async function loadModel(path: string, options: SessionOptions): Promise<LoadedModel> {
  const folder = await readModelFolder(path);
  const session = await openSession(folder.onnxPath, taggerGraph, options);
  const run = (batch: Batch) => runTagger(session, batch);
  await orReleased(session, () => probe({ run }, folder));
  return {
    info: { ...folder.info, runtime: session.runtime },
    config: folder.config,
    tokenizer: createTokenizer(folder.vocabulary, folder.tokenizer),
    maxTokensPerBatch: session.maxTokensPerBatch,
    run,
    release: () => session.release(),
  };
}

async function runTagger(session: Session, batch: Batch): Promise<Logits> {
  const name = session.outputNames.includes('logits') ? 'logits' : (session.outputNames[0] ?? '');
  const { data, dims } = (await session.run(batchInputs(batch), [name]))[name] ?? { dims: [] };
  const [size, length, labels] = dims;
  if (data && dims.length === 3 && size !== undefined && length !== undefined && labels !== undefined) {
    return { data, dims: [size, length, labels] };
  }
  throw new BioBertError(
    errorCodes.MODEL_SHAPE_MISMATCH,
    `model.onnx gives logits of ${dims.length} dimensions.`,
    taggerGraph.nextStep,
  );
}

/** A first run: the logits show whether there is one for each label. */
async function probe(model: Model, { vocabulary, config }: ModelFolder): Promise<void> {
  const batch = probeBatch(vocabulary, config.tokenTypes);
  const logits = await runProbe(() => model.run(batch));
  const [size, length, labels] = logits.dims;
  if (size === 1 && length === batch.length && labels === config.labels.length) return;
  throw new BioBertError(
    errorCodes.MODEL_SHAPE_MISMATCH,
    `model.onnx gives logits [${size}, ${length}, ${labels}] where config.json names ${config.labels.length} labels.`,
    'Put the config.json that was exported with model.onnx beside it.',
  );
}
