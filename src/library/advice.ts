import { BioBertError, type ErrorCode, errorCodes } from '../core/errors';

/** The next step in a program, for errors whose own next step is about the editor or the terminal. */
const advice: Readonly<Partial<Record<ErrorCode, string>>> = {
  [errorCodes.ENGINE_DISPOSED]: 'Open another one with openEngine, or close it after the last call.',
  [errorCodes.ENGINE_CRASHED]: 'Give it a smaller part of the document.',
  [errorCodes.ENGINE_HUNG]: 'Give it a smaller part of the document.',
  [errorCodes.SERVER_NOT_ALLOWED]:
    'Use an address with https://. In a network that you trust, allow it with server.allowHttp.',
};

/** Rethrows an error with the advice that holds in a program. */
export function adviseProgram(error: unknown): never {
  if (!(error instanceof BioBertError)) throw error;
  const nextStep = advice[error.code];
  if (nextStep === undefined) throw error;
  throw new BioBertError(error.code, error.message, nextStep, { cause: error });
}
