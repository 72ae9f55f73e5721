import type { Batch, Model, TaggerConfig } from '../core/types';
import { BioBertError, errorCodes } from '../core/errors';
import { createTokenizer, type Tokenizer } from '../core/tokens/encode';
import type { ModelInfo } from '../protocol/engine';
import { type ModelFolder, readModelFolder, vocabularyMismatch } from './modelFolder';
import { openSession, type SessionOptions } from './session';

/** A model that has been run once. */
export interface LoadedModel extends Model {
  readonly info: ModelInfo;
  readonly config: TaggerConfig;
  readonly tokenizer: Tokenizer;
  release(): Promise<void>;
}

/** @throws {BioBertError} when folder, runtime or the two together are unfit. */
export async function loadModel(path: string, options: SessionOptions): Promise<LoadedModel> {
  const folder = await readModelFolder(path);
  const session = await openSession(folder.onnxPath, options);
  try {
    await probe(session, folder);
  } catch (error) {
    await session.release();
    throw error;
  }
  return {
    info: { ...folder.info, runtime: session.runtime },
    config: folder.config,
    tokenizer: createTokenizer(folder.vocabulary, folder.tokenizer),
    run: (batch) => session.run(batch),
    release: () => session.release(),
  };
}

/**
 * Runs the row [CLS] LAST [SEP], LAST being the highest id of the vocabulary: an embedding with fewer rows fails
 * here and not on some rare word, and the logits show whether there is one for each label.
 */
async function probe(model: Model, { vocabulary, config }: ModelFolder): Promise<void> {
  const ids = [vocabulary.classifyId, vocabulary.size - 1, vocabulary.separatorId];
  const highestTokenType = config.tokenTypes === 'shape' ? 3n : 0n;
  const batch: Batch = {
    size: 1,
    length: ids.length,
    inputIds: BigInt64Array.from(ids, BigInt),
    attentionMask: BigInt64Array.of(1n, 1n, 1n),
    tokenTypeIds: BigInt64Array.of(0n, highestTokenType, 0n),
  };
  const logits = await model.run(batch).catch((error: unknown) => {
    const cause = error instanceof BioBertError ? error.cause : error;
    if (!isIndexError(cause)) throw error;
    throw vocabularyMismatch(
      'The embedding of model.onnx has no row for the last word piece or token type.',
      cause,
    );
  });
  const [size, length, labels] = logits.dims;
  if (size === 1 && length === ids.length && labels === config.labels.length) return;
  throw new BioBertError(
    errorCodes.MODEL_SHAPE_MISMATCH,
    `model.onnx gives logits [${size}, ${length}, ${labels}] where config.json names ${config.labels.length} labels.`,
    'Put the config.json that was exported with model.onnx beside it.',
  );
}

/** What onnxruntime's Gather says of an index that the table does not have. */
function isIndexError(error: unknown): boolean {
  return (
    error instanceof Error &&
    /indices element out of data bounds|out of bounds|index.*out of/i.test(error.message)
  );
}
