import { BioBertError, errorCodes } from '../../core/errors';

export function disposedError(): BioBertError {
  return new BioBertError(errorCodes.ENGINE_DISPOSED, 'The engine was shut down.', 'Run the command again.');
}

export function crashedError(cause: unknown): BioBertError {
  const message = 'The engine process ended twice while it worked on this.';
  const nextStep = 'Tag a smaller part of the document, or report it with "BioBERT: Report Issue".';
  return new BioBertError(errorCodes.ENGINE_CRASHED, message, nextStep, { cause });
}
