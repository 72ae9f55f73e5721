import { type FileHandle, open, stat } from 'node:fs/promises';

/** A half-open range of bytes in a file. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

const bufferBytes = 1 << 20;

/**
 * Writes ranges of a file to another one, in their order, and waits until the disk has them: a rename that follows must
 * not reach the disk before the content.
 * @throws {Error} of the file system.
 */
export async function copyRanges(from: string, ranges: readonly ByteRange[], to: string): Promise<void> {
  const { mode } = await stat(from);
  const source = await open(from, 'r');
  try {
    const target = await open(to, 'w', mode);
    try {
      const buffer = Buffer.allocUnsafe(bufferBytes);
      for (const range of ranges) await copyRange(source, range, target, buffer);
      await target.sync();
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

async function copyRange(
  source: FileHandle,
  { start, end }: ByteRange,
  target: FileHandle,
  buffer: Buffer,
): Promise<void> {
  for (let at = start; at < end;) {
    const { bytesRead } = await source.read(buffer, 0, Math.min(buffer.length, end - at), at);
    if (bytesRead === 0) throw new Error('The file became shorter while it was read.');
    await target.writeFile(buffer.subarray(0, bytesRead));
    at += bytesRead;
  }
}
