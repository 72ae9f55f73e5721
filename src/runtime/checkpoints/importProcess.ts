import { fork } from 'node:child_process';
import { CancelledError, throwIfCancelled } from '../../core/errors';
import { fromWireError, internalError } from '../../protocol/wireError';
import { cancelMessage, type Imported, type ImportRequest, isImportMessage } from './importMessages';
import { partialPrefix, removeScratchFoldersOf, unpackedPrefix } from './scratchFolder';

/** Time in which a cancelled import removes what it has written. After that, its process is killed. */
const cancelledWithinMs = 2000;

export interface ImportOptions {
  /** `dist/importer.js` */
  readonly importerPath: string;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((share: number) => void) | undefined;
}

/**
 * Converts a checkpoint in a separate process.
 * @throws {BioBertError} as `convertCheckpoint`; {@link CancelledError}
 */
export function importCheckpoint(request: ImportRequest, options: ImportOptions): Promise<Imported> {
  const { importerPath, signal, onProgress } = options;
  throwIfCancelled(signal);
  return new Promise((resolve, reject) => {
    // The switches of this process, a port of an inspector for example, must not be inherited.
    const child = fork(importerPath, [JSON.stringify(request)], { execArgv: [], stdio: 'ignore' });
    let timer: NodeJS.Timeout | undefined;
    const cancel = () => {
      child.send(cancelMessage, () => undefined);
      timer = setTimeout(() => child.kill('SIGKILL'), cancelledWithinMs);
    };
    signal?.addEventListener('abort', cancel, { once: true });
    child.on('message', (message) => {
      if (!isImportMessage(message)) return;
      if (message.kind === 'progress') onProgress?.(message.share);
      else if (message.kind === 'done') resolve(message.imported);
      else reject(fromWireError(message.error));
    });
    child.once('error', (error) => reject(internalError(error)));
    child.once('close', (code) => {
      signal?.removeEventListener('abort', cancel);
      clearTimeout(timer);
      const error =
        signal?.aborted === true
          ? new CancelledError()
          : internalError(new Error(`The import process ended with ${code ?? 'a signal'}.`));
      // A process that ends with code 0 has reported its outcome and removed its folders.
      const removed = code === 0 ? Promise.resolve() : removeScratch(child.pid, request);
      void removed.then(() => reject(error));
    });
  });
}

/** Removes what a process that was killed has left. */
async function removeScratch(pid: number | undefined, { output }: ImportRequest): Promise<void> {
  if (pid === undefined) return;
  for (const prefix of [partialPrefix(output), unpackedPrefix]) await removeScratchFoldersOf(pid, prefix);
}
