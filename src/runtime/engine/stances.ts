/** The stances of sentences: an output of the question model, or of a graph beside it. */
import { BioBertError, errorCodes } from '../../core/errors';
import { stanceLogits } from '../../core/questions/stance';
import type { Batch } from '../../core/types';
import type { GraphShape, Session, SessionInputs } from '../onnx/session';
import { batchInputNames, batchInputs, rowsOf } from './bert';

export const stanceOutput = 'stance_logits';

/** Number of numbers in this output. */
export function stanceNumbers(inputs: SessionInputs): number {
  return stanceLogits * rowsOf(inputs);
}

/** The shape of a graph that gives only stances. */
export const stanceGraph: GraphShape = {
  inputs: batchInputNames,
  requiredInputs: ['input_ids', 'attention_mask'],
  requiredOutputs: [stanceOutput],
  numbersOf: (_output, inputs) => stanceNumbers(inputs),
  nextStep: `Export a stance model with the inputs input_ids, attention_mask and token_type_ids and the output ${stanceOutput} [batch, ${stanceLogits}].`,
};

/** @throws {BioBertError} MODEL_SHAPE_MISMATCH if the graph gives stances of another shape. */
export async function runStances(session: Session, batch: Batch): Promise<Float32Array> {
  const found = await session.run(batchInputs(batch), [stanceOutput]);
  const { dims, data } = found[stanceOutput];
  if (dims.length === 2 && dims[0] === batch.size && dims[1] === stanceLogits) return data;
  throw new BioBertError(
    errorCodes.MODEL_SHAPE_MISMATCH,
    `The stance model gives [${dims.join(', ')}] where [${batch.size}, ${stanceLogits}] was expected.`,
    stanceGraph.nextStep,
  );
}
