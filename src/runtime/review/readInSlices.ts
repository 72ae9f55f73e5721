import { setImmediate } from 'node:timers/promises';
import type { ReadLines } from '../../core/review/jsonLines';
import type { LineFile } from './lineFile';

/**
 * Reads a file with one entry a line, as `read` does, but in slices of which each takes a few milliseconds, so that other
 * work of the thread runs in between.
 *
 * @param read Reads whole lines.
 * @throws {BioBertError} DOCUMENT_UNREADABLE.
 */
export async function readInSlices<Entry>(
  file: Pick<LineFile, 'slices'>,
  read: (text: string) => ReadLines<Entry>,
): Promise<ReadLines<Entry>> {
  const entries: Entry[] = [];
  const unread: number[] = [];
  let line = 0;
  for await (const slice of file.slices()) {
    const result = read(slice);
    for (const entry of result.entries) entries.push(entry);
    for (const number of result.unread) unread.push(line + number);
    line += slice.split('\n').length - 1;
    await setImmediate();
  }
  return { entries, unread };
}
