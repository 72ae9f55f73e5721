import { rm } from 'node:fs/promises';
import { BioBertError, errorCodes } from '../../core/errors';
import { withLock } from '../files/fileLock';

/** The database, its write-ahead log, and the lock of the WebAssembly build, which is a folder. */
function databaseFiles(file: string): readonly string[] {
  return ['', '-wal', '-shm', '-journal', '.lock'].map((ending) => file + ending);
}

/** Deletes the database. The caller holds its lock. */
export async function removeDatabase(file: string): Promise<void> {
  for (const each of databaseFiles(file)) await rm(each, { recursive: true, force: true });
}

/** The lock of all windows that use the database. */
export function indexLock(file: string): string {
  return `${file}.owner`;
}

/**
 * Runs `work` while no other window uses the database.
 *
 * @param patienceMs Time to wait for another window, in milliseconds.
 * @throws {BioBertError} FILE_BUSY if it does not finish in time, and the errors of `work`.
 */
export function withIndexLock<T>(file: string, patienceMs: number, work: () => Promise<T>): Promise<T> {
  return withLock(indexLock(file), { patienceMs, busy }, work);
}

function busy(owner: string): BioBertError {
  return new BioBertError(
    errorCodes.FILE_BUSY,
    `Another window is using the index of this folder: ${owner}.`,
    'Wait until it has finished, then try again.',
  );
}
