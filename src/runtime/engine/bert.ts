/** Code that the loaders of all tasks share: the inputs of BERT, and a test run that detects an unsuitable model. */
import { BioBertError } from '../../core/errors';
import { type Vocabulary, vocabularyMismatch } from '../../core/tokens/vocabulary';
import type { Batch, TaggerConfig } from '../../core/types';
import type { InputTensor, Session, SessionInputs } from '../onnx/session';

export const batchInputNames = ['input_ids', 'attention_mask', 'token_type_ids'] as const;

/** The inputs of a batch, named as in exports by Hugging Face. Each has the shape `[size, length]`. */
export function batchInputs(batch: Batch): Readonly<Record<(typeof batchInputNames)[number], InputTensor>> {
  const dims = [batch.size, batch.length];
  return {
    input_ids: { data: batch.inputIds, dims },
    attention_mask: { data: batch.attentionMask, dims },
    token_type_ids: { data: batch.tokenTypeIds, dims },
  };
}

/** Tokens of a batch, padding included. */
export function tokensOf(inputs: SessionInputs): number {
  return inputs['input_ids']?.data.length ?? 0;
}

/** Rows of a batch. */
export function rowsOf(inputs: SessionInputs): number {
  return inputs['input_ids']?.dims[0] ?? 0;
}

/** Checks a session that was just opened. If the check fails, the session is released and the error is rethrown. */
export async function orReleased<T>(session: Session, check: () => Promise<T>): Promise<T> {
  try {
    return await check();
  } catch (error) {
    await session.release();
    throw error;
  }
}

const highestType = { shape: 3n, segments: 1n, none: 0n } as const;

/**
 * A batch with the single row [CLS] LAST [SEP], where LAST is the highest id of the vocabulary. An embedding with too
 * few rows fails on this batch when the model is loaded, and not later on a rare word.
 */
export function probeBatch(vocabulary: Vocabulary, tokenTypes: TaggerConfig['tokenTypes']): Batch {
  const ids = [vocabulary.classifyId, vocabulary.size - 1, vocabulary.separatorId];
  return {
    size: 1,
    length: ids.length,
    inputIds: BigInt64Array.from(ids, BigInt),
    attentionMask: BigInt64Array.of(1n, 1n, 1n),
    tokenTypeIds: BigInt64Array.of(0n, highestType[tokenTypes], 0n),
  };
}

/** Runs a {@link probeBatch}. @throws {BioBertError} MODEL_VOCABULARY_MISMATCH if the embedding is too small. */
export async function runProbe<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const cause = error instanceof BioBertError ? error.cause : error;
    if (!isIndexError(cause)) throw error;
    throw vocabularyMismatch(
      'The embedding of model.onnx has no row for the last word piece or token type.',
      cause,
    );
  }
}

/** Recognises the error of onnxruntime's Gather operator for an index that is out of range. */
function isIndexError(error: unknown): boolean {
  return (
    error instanceof Error &&
    /indices element out of data bounds|out of bounds|index.*out of/i.test(error.message)
  );
}
