import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { throwIfCancelled } from '../core/errors';
import { moveOver } from '../runtime/files/wholeFile';
import { type LockOptions, partOf, realFile, takeLock } from './indexFile';
import { fileError } from '../runtime/documents/fileErrors';

/**
 * Writes lines to a file, which is replaced as a whole when all are written.
 * @returns the number of lines.
 * @throws {BioBertError} OUTPUT_UNWRITABLE, FILE_BUSY. {@link CancelledError} after the signal aborts. What the lines throw.
 */
export async function writeMergedFile(
  lines: AsyncIterable<Buffer>,
  output: string,
  { signal, ...lockOptions }: LockOptions & { readonly signal: AbortSignal },
): Promise<number> {
  const file = await realFile(output).catch((error: unknown) => {
    throw fileError(error, 'write');
  });
  const lock = await takeLock(file, output, lockOptions);
  const part = partOf(file);
  let count = 0;
  const counted = async function* () {
    for await (const line of lines) {
      count += 1;
      yield line;
    }
  };
  try {
    await pipeline(Readable.from(counted()), createWriteStream(part, { flush: true }), { signal });
    await moveOver(part, file);
    return count;
  } catch (error) {
    throwIfCancelled(signal);
    throw fileError(error, 'write');
  } finally {
    await rm(part, { force: true });
    await lock.release();
  }
}
