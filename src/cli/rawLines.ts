import { createReadStream } from 'node:fs';

/** A line as it stands in a file. */
export interface RawLine {
  /** The bytes without the line feed. */
  readonly bytes: Buffer;
  /** Offset of the first byte in the file, in bytes. */
  readonly start: number;
  /** Offset after the line feed, in bytes. */
  readonly end: number;
  /** False for a last line without a line feed. */
  readonly isTerminated: boolean;
}

/**
 * Reads the lines of a file, which end with a line feed alone. `node:readline` is no alternative: it also ends lines at
 * U+2028 and U+2029, which JSON writes unescaped, and does not tell the offsets.
 * @throws {Error} of the file system.
 */
export async function* rawLines(path: string): AsyncGenerator<RawLine> {
  let pending: Buffer[] = [];
  let start = 0;
  const take = (last: Buffer, isTerminated: boolean): RawLine => {
    const bytes = Buffer.concat([...pending, last]);
    pending = [];
    const line = { bytes, start, end: start + bytes.length + (isTerminated ? 1 : 0), isTerminated };
    start = line.end;
    return line;
  };
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    const bytes = chunk as Buffer;
    let from = 0;
    for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, from)) {
      yield take(bytes.subarray(from, at), true);
      from = at + 1;
    }
    if (from < bytes.length) pending.push(bytes.subarray(from));
  }
  if (pending.length > 0) yield take(Buffer.alloc(0), false);
}
