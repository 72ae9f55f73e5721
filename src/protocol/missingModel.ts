import { BioBertError, errorCodes } from '../core/errors';
import type { BioBertEngine, ModelInfo } from './engine';
import type { ModelTask } from './tasks';

const missing: ReadonlySet<string> = new Set([
  errorCodes.MODEL_NOT_FOUND,
  errorCodes.MODEL_FILE_MISSING,
  errorCodes.MODEL_TASK_MISMATCH,
]);

/** True where the work can go on without the model. */
export function isMissingModel(error: unknown): boolean {
  return error instanceof BioBertError && missing.has(error.code);
}

/**
 * Loads the model of a task unless none is installed.
 *
 * @param onMissing Called with the reason if no model is installed. Default: nothing is called.
 * @returns undefined if no model is installed for the task.
 */
export async function installedModel(
  engine: Pick<BioBertEngine, 'load'>,
  task: ModelTask,
  signal: AbortSignal,
  onMissing?: (reason: unknown) => void,
): Promise<ModelInfo | undefined> {
  try {
    return await engine.load(signal, task);
  } catch (error) {
    if (!isMissingModel(error)) throw error;
    onMissing?.(error);
    return undefined;
  }
}
