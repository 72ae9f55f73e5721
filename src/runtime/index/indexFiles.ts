import { BioBertError, errorCodes } from '../../core/errors';

/** The database, its write-ahead log, and the lock of the WebAssembly build, which is a folder. */
export function databaseFiles(file: string): readonly string[] {
  return ['', '-wal', '-shm', '-journal', '.lock'].map((ending) => file + ending);
}

/** The lock of all windows that use the database. */
export function indexLock(file: string): string {
  return `${file}.owner`;
}

/**
 * The error if another window does not finish using the database.
 *
 * @param owner The process that uses it, in words.
 */
export function indexBusy(owner: string): BioBertError {
  return new BioBertError(
    errorCodes.FILE_BUSY,
    `Another window is using the index of this folder: ${owner}.`,
    'Wait until it has finished, then try again.',
  );
}
