import { parseObject } from '../curation/sidecar';

/** The result of {@link readLines}. */
export interface ReadLines<Entry> {
  readonly entries: readonly Entry[];
  /** Numbers of the lines that could not be read, counted from 1. Such a line stays in the file as it is. */
  readonly unread: readonly number[];
}

/**
 * Reads a file with one JSON object a line. People edit and merge such files, and a power cut may leave half a line at
 * the end, so a line that cannot be read does not prevent the rest from being read.
 *
 * @param read Returns undefined for an invalid entry.
 */
export function readLines<Entry>(
  text: string,
  read: (value: Readonly<Record<string, unknown>>) => Entry | undefined,
): ReadLines<Entry> {
  const entries: Entry[] = [];
  const unread: number[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const value = parseObject(line);
    const entry = value && read(value);
    if (entry === undefined) unread.push(index + 1);
    else entries.push(entry);
  }
  return { entries, unread };
}

/** The line of an entry, with its line break. Fields that are undefined are left out. */
export function jsonLine(entry: object): string {
  return `${JSON.stringify(entry)}\n`;
}

export function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function stringsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

export function countOf(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined;
}

/** The value if it is one of `values`. */
export function oneOf<Value extends string>(value: unknown, values: readonly Value[]): Value | undefined {
  return values.find((each) => each === value);
}
