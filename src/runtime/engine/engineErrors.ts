import { BioBertError, errorCodes } from '../../core/errors';

export function disposedError(): BioBertError {
  return new BioBertError(errorCodes.ENGINE_DISPOSED, 'The engine was shut down.', 'Run the command again.');
}

/** @param when A clause about the engine, such as "it loaded the model". */
export function hungError(when: string, cause: unknown): BioBertError {
  const message = `The engine stopped answering twice while ${when}.`;
  const nextStep = 'Work on a smaller part, or report it with "BioBERT: Report Issue".';
  return new BioBertError(errorCodes.ENGINE_HUNG, message, nextStep, { cause });
}

export function crashedError(cause: unknown): BioBertError {
  const message = 'The engine process ended twice while it worked on this.';
  const nextStep = 'Tag a smaller part of the document, or report it with "BioBERT: Report Issue".';
  return new BioBertError(errorCodes.ENGINE_CRASHED, message, nextStep, { cause });
}
