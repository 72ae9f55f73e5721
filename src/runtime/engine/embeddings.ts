/** The embeddings of texts: an output of the question model, or of a graph beside it. */
import { BioBertError, errorCodes } from '../../core/errors';
import type { Batch } from '../../core/types';
import type { GraphShape, Session, SessionInputs } from '../onnx/session';
import { batchInputNames, batchInputs, rowsOf } from './bert';

export const embeddingOutput = 'embedding';

/** The largest hidden size of an encoder. */
const maxHidden = 8192;

/** Maximum number of numbers in this output. */
export function embeddingNumbers(inputs: SessionInputs): number {
  return maxHidden * rowsOf(inputs);
}

/** The shape of a graph that gives only embeddings. */
export const embeddingGraph: GraphShape = {
  inputs: batchInputNames,
  requiredInputs: ['input_ids', 'attention_mask'],
  requiredOutputs: [embeddingOutput],
  numbersOf: (_output, inputs) => embeddingNumbers(inputs),
  nextStep: `Export an embedding model with the inputs input_ids and attention_mask and the output ${embeddingOutput} [batch, hidden].`,
};

/** @throws {BioBertError} MODEL_SHAPE_MISMATCH if the graph does not give one vector for each row. */
export async function runEmbedding(session: Session, batch: Batch): Promise<readonly Float32Array[]> {
  const found = await session.run(batchInputs(batch), [embeddingOutput]);
  const { dims, data } = found[embeddingOutput];
  const [rows, width = 0] = dims;
  if (dims.length !== 2 || rows !== batch.size) {
    throw new BioBertError(
      errorCodes.MODEL_SHAPE_MISMATCH,
      `The model gives ${embeddingOutput} [${dims.join(', ')}] where [${batch.size}, hidden] was expected.`,
      embeddingGraph.nextStep,
    );
  }
  // Copies: a view would keep the whole batch in memory as long as one vector of it is kept.
  return Array.from({ length: batch.size }, (_, row) => data.slice(row * width, (row + 1) * width));
}
