import { isCancelled } from '../../core/errors';
import type { ConceptEngine, TerminologyInfo } from '../../protocol/engine';
import { terminologyOf } from '../../protocol/terminology';
import { describeError, type Logger } from '../log';

/**
 * Asks the engine which terminology it links names to.
 *
 * @returns undefined if none is installed, or if it cannot be read: entities are useful without links.
 * @throws {CancelledError} after the signal aborts.
 */
export async function installedTerminology(
  engine: ConceptEngine,
  log: Logger,
  signal: AbortSignal,
): Promise<TerminologyInfo | undefined> {
  try {
    return await terminologyOf(engine, { signal });
  } catch (error) {
    if (isCancelled(error)) throw error;
    log.warn(`The terminology cannot be used: ${describeError(error)}`);
    return undefined;
  }
}
