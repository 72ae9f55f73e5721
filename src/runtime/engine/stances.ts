/** The stance model of a question model: opened at the first yes-no question, released with the question model. */
import { BioBertError, errorCodes } from '../../core/errors';
import type { StanceModel } from '../../core/questions/questionModel';
import { stanceLogits } from '../../core/questions/stance';
import type { Batch } from '../../core/types';
import { type GraphShape, openSession, type Session, type SessionOptions } from '../onnx/session';
import { batchInputNames, batchInputs, rowsOf } from './bert';

const output = 'stance_logits';

const stanceGraph: GraphShape = {
  inputs: batchInputNames,
  requiredInputs: ['input_ids', 'attention_mask'],
  requiredOutputs: [output],
  numbersOf: (_output, inputs) => stanceLogits * rowsOf(inputs),
  nextStep: `Export a stance model with the inputs input_ids, attention_mask and token_type_ids and the output ${output} [batch, ${stanceLogits}].`,
};

/**
 * Creates a stance model that is loaded at its first run, because most sessions ask no yes-no question. After a failure
 * the next run loads it again.
 *
 * @param path A checked ONNX file.
 */
export function createStanceModel(
  path: string,
  options: SessionOptions,
): { readonly run: StanceModel; readonly release: () => Promise<void> } {
  let opening: Promise<Session> | undefined;
  const session = () => {
    const current = (opening ??= openAnywhere(path, options));
    current.catch(() => {
      if (opening === current) opening = undefined;
    });
    return current;
  };
  return {
    run: async (batch) => runStances(await session(), batch),
    release: async () => {
      // A session that failed to open has nothing to release, and its failure was reported.
      const opened = await opening?.catch(() => undefined);
      await opened?.release();
    },
  };
}

/** Opens the model at the server, if there is one; on this machine if the server lacks it. */
async function openAnywhere(path: string, options: SessionOptions): Promise<Session> {
  try {
    return await openSession(path, stanceGraph, options);
  } catch (error) {
    if (!(error instanceof BioBertError) || error.code !== errorCodes.SERVER_MODEL_MISSING) throw error;
    options.log.warn(`${error.message} This machine runs that model.`);
    return openSession(path, stanceGraph, { ...options, server: undefined });
  }
}

async function runStances(session: Session, batch: Batch): Promise<Float32Array> {
  const found = await session.run(batchInputs(batch), [output]);
  const { dims, data } = found[output];
  if (dims.length === 2 && dims[0] === batch.size && dims[1] === stanceLogits) return data;
  throw new BioBertError(
    errorCodes.MODEL_SHAPE_MISMATCH,
    `The stance model gives [${dims.join(', ')}] where [${batch.size}, ${stanceLogits}] was expected.`,
    stanceGraph.nextStep,
  );
}
