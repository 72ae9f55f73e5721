/** What the files of the reader's own work share: people edit and merge them, and newer versions write into them. */

/** @returns undefined for a text that is no JSON object. */
export function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

export interface ReadEntries<Entry> {
  readonly sound: readonly Entry[];
  /** As they stand in the file. */
  readonly unread: readonly unknown[];
}

/** @param read Gives undefined for what is no entry. */
export function readEntries<Entry>(
  entries: readonly unknown[],
  read: (entry: unknown) => Entry | undefined,
): ReadEntries<Entry> {
  const each = entries.map((entry) => ({ entry, value: read(entry) }));
  return {
    sound: each.flatMap(({ value }) => (value === undefined ? [] : [value])),
    unread: each.flatMap(({ entry, value }) => (value === undefined ? [entry] : [])),
  };
}
