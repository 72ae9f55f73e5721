/**
 * Shared by the files of decisions and of evidence. People edit and merge these files, and newer versions of the
 * extension may have written them.
 */

/** @returns undefined if the text is not a JSON object. */
export function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

export interface ReadEntries<Entry> {
  readonly valid: readonly Entry[];
  /** Entries that could not be read, as they are in the file. */
  readonly unread: readonly unknown[];
}

/** @param read Returns undefined for an invalid entry. */
export function readEntries<Entry>(
  entries: readonly unknown[],
  read: (entry: unknown) => Entry | undefined,
): ReadEntries<Entry> {
  const each = entries.map((entry) => ({ entry, value: read(entry) }));
  return {
    valid: each.flatMap(({ value }) => (value === undefined ? [] : [value])),
    unread: each.flatMap(({ entry, value }) => (value === undefined ? [entry] : [])),
  };
}
