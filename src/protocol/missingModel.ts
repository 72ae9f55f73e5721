import { BioBertError, errorCodes } from '../core/errors';

const missing: ReadonlySet<string> = new Set([
  errorCodes.MODEL_NOT_FOUND,
  errorCodes.MODEL_FILE_MISSING,
  errorCodes.MODEL_TASK_MISMATCH,
]);

/** True where the work can go on without the model. */
export function isMissingModel(error: unknown): boolean {
  return error instanceof BioBertError && missing.has(error.code);
}
