import { statfs } from 'node:fs/promises';
import { BioBertError, errorCodes } from '../../core/errors';

/** Free space that is left for other programs. */
const spareBytes = 256 << 20;

/** @throws {BioBertError} OUTPUT_UNWRITABLE if the disk has less than `bytes` free. */
export async function checkSpace(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= bytes + spareBytes) return;
  const [needed, free] = [bytes + spareBytes, bavail * bsize].map((size) => Math.ceil(size / 1e6));
  throw new BioBertError(
    errorCodes.OUTPUT_UNWRITABLE,
    `The disk of ${folder} has ${free ?? 0} MB free; ${needed ?? 0} MB are needed.`,
    'Free some space, or name a folder on another disk.',
  );
}
