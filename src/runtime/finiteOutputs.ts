import { BioBertError, errorCodes } from '../core/errors';
import { areFinite } from '../core/tensors/finite';
import type { Session } from './sessionTypes';

/** The model that a session runs, as an error names it. */
export interface ModelPlace {
  /** Name of the model folder, or of the model at the server. */
  readonly model: string;
  /** Host name of the server. Default: the model runs on this machine. */
  readonly host?: string | undefined;
}

/**
 * Makes a session fail if an output holds NaN or an infinity. Softmax makes NaN of both, which is below every
 * threshold, so that a broken model would seem to find nothing.
 * @throws {BioBertError} at a run: MODEL_OUTPUT_INVALID.
 */
export function withFiniteOutputs(session: Session, place: ModelPlace): Session {
  return {
    ...session,
    run: async (inputs, outputs) => {
      const found = await session.run(inputs, outputs);
      for (const name of outputs) if (!areFinite(found[name].data)) throw notFinite(place);
      return found;
    },
  };
}

function notFinite({ model, host }: ModelPlace): BioBertError {
  const what = 'gives scores that are not finite numbers (NaN or infinity)';
  return host === undefined
    ? new BioBertError(
        errorCodes.MODEL_OUTPUT_INVALID,
        `The model ${model} ${what}: its weights are damaged.`,
        'Download or convert it again, or choose another model.',
      )
    : new BioBertError(
        errorCodes.MODEL_OUTPUT_INVALID,
        `The inference server ${host} ${what} for the model ${model}.`,
        'Check the weights and the precision of the model at the server.',
      );
}
