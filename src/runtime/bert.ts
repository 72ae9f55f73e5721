/** What the loaders of all tasks share: BERT's inputs, and what goes wrong at the first run. */
import type { BioBertError } from '../core/errors';
import type { Batch } from '../core/types';
import { vocabularyMismatch } from './modelFolder';
import type { InputTensor, Session } from './session';

export const batchInputNames = ['input_ids', 'attention_mask', 'token_type_ids'] as const;

/** The batch under the names of Hugging Face's exports, `[size, length]` each. */
export function batchInputs(batch: Batch): Readonly<Record<(typeof batchInputNames)[number], InputTensor>> {
  const dims = [batch.size, batch.length];
  return {
    input_ids: { data: batch.inputIds, dims },
    attention_mask: { data: batch.attentionMask, dims },
    token_type_ids: { data: batch.tokenTypeIds, dims },
  };
}

/** Runs the check of a session that was just opened; what does not pass it is released. */
export async function orReleased(session: Session, check: () => Promise<void>): Promise<void> {
  try {
    await check();
  } catch (error) {
    await session.release();
    throw error;
  }
}

/** What onnxruntime's Gather says of an index that the table does not have. */
export function isIndexError(error: unknown): boolean {
  return (
    error instanceof Error &&
    /indices element out of data bounds|out of bounds|index.*out of/i.test(error.message)
  );
}

export function embeddingMismatch(cause: unknown): BioBertError {
  return vocabularyMismatch(
    'The embedding of model.onnx has no row for the last word piece or token type.',
    cause,
  );
}
