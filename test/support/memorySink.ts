import type { FetchedRecord, RecordFormat, RecordSink } from '../../src/runtime/literature/literature';

export interface MemorySink extends RecordSink {
  readonly records: FetchedRecord[];
  readonly cursors: (string | undefined)[];
  /** The file that these records make. */
  file(format: RecordFormat): string;
}

/** Keeps the records of a download. @param onAppend Called before a batch is stored; it may throw. */
export function memorySink(onAppend: (batch: number) => void = () => undefined): MemorySink {
  const records: FetchedRecord[] = [];
  const cursors: (string | undefined)[] = [];
  return {
    records,
    cursors,
    append: (batch, cursor) => {
      onAppend(cursors.length);
      records.push(...batch);
      cursors.push(cursor);
      return Promise.resolve();
    },
    file: ({ head, separator, tail }) => head + records.map(({ text }) => text).join(separator) + tail,
  };
}
