import { BioBertError, errorCodes } from '../../core/errors';

/**
 * Rethrows an error with the advice for a missing folder where there are no settings: another one is one option away.
 * @param noun `a relation model`
 * @param option The option that names the folder.
 */
export function modelHint(noun: string, option: string): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof BioBertError) || error.code !== errorCodes.MODEL_NOT_FOUND) throw error;
    throw new BioBertError(
      error.code,
      error.message,
      `Name the folder of ${noun} with ${option}, or install BioBERT again.`,
      { cause: error },
    );
  };
}
