import { setImmediate } from 'node:timers/promises';
import type { ReadLines } from '../../core/review/jsonLines';

/** Parsing so many characters takes a few milliseconds. */
const sliceLength = 256_000;

/**
 * Reads a file with one entry a line, as `read` does, but lets other work of the thread run in between.
 *
 * @param read Reads whole lines.
 */
export async function readInSlices<Entry>(
  text: string,
  read: (text: string) => ReadLines<Entry>,
): Promise<ReadLines<Entry>> {
  const entries: Entry[][] = [];
  const unread: number[] = [];
  let line = 0;
  for (let start = 0; start < text.length;) {
    const end = endOfSlice(text, start);
    const slice = text.slice(start, end);
    const result = read(slice);
    entries.push([...result.entries]);
    for (const number of result.unread) unread.push(line + number);
    line += slice.split('\n').length - 1;
    start = end;
    if (start < text.length) await setImmediate();
  }
  return { entries: entries.flat(), unread };
}

function endOfSlice(text: string, start: number): number {
  const lineBreak = text.indexOf('\n', start + sliceLength);
  return lineBreak < 0 ? text.length : lineBreak + 1;
}
