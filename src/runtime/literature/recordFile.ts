/**
 * Downloads records to a file, so that each stands in it exactly once, also after a kill at any moment.
 *
 * The records are appended to `FILE.part`. After each batch a line is added to `FILE.part.jsonl`, with the length of
 * `FILE.part` up to here and the identifiers of the batch. Whatever follows the last complete line in either file is from
 * an interrupted step: a resumed download cuts it off. A whole download is renamed to `FILE`.
 */
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { BioBertError, errorCodes } from '../../core/errors';
import { isArrayOf, isCount, isOptional, isShape, isString } from '../../protocol/guards';
import { errorCode, writeFailureOf } from '../files/errorCode';
import { withLock } from '../files/fileLock';
import { moveOver } from '../files/wholeFile';
import type {
  DownloadSummary,
  LiteratureSource,
  RecordDownloadOptions,
  RecordFormat,
  RecordSink,
  ResumeState,
} from './literature';

/** Time to wait for another process that downloads to the same file, in milliseconds. */
const patienceMs = 2000;

/**
 * Downloads the records of a query to a file. An interrupted download of the same query to the same file is continued.
 * A file that exists is replaced when the download is complete; a query without records leaves no file.
 *
 * @throws {BioBertError} LITERATURE_*, ARGUMENT_INVALID, OUTPUT_UNWRITABLE. {@link CancelledError}. What has arrived is
 * kept beside the file for the next attempt.
 */
export async function downloadToFile<Query extends object>(
  source: LiteratureSource<Query>,
  query: Query,
  file: string,
  options: Omit<RecordDownloadOptions, 'resume'> = {},
): Promise<DownloadSummary> {
  await writing(() => mkdir(dirname(file), { recursive: true }));
  return withLock(`${file}.lock`, { patienceMs, busy }, async () => {
    const part = await PartFile.open(file, JSON.stringify([source.name, query]), source.format);
    try {
      const summary = await source.download(query, part, { ...options, resume: part.resume });
      await part.finish(summary.written);
      return summary;
    } finally {
      await part.close();
    }
  });
}

/** Removes what an interrupted download has left beside a file. */
export async function discardDownload(file: string): Promise<void> {
  for (const path of [partOf(file), journalOf(file)]) await rm(path, { force: true });
}

const partOf = (file: string): string => `${file}.part`;
const journalOf = (file: string): string => `${file}.part.jsonl`;

interface JournalLine {
  /** Length of the part file after the batch. */
  readonly bytes: number;
  readonly ids: readonly string[];
  readonly cursor?: string | undefined;
}

const isJournalLine = isShape<JournalLine>({
  bytes: isCount,
  ids: isArrayOf(isString),
  cursor: isOptional(isString),
});

const isJournalHead = isShape<{ readonly query: string }>({ query: isString });

class PartFile implements RecordSink {
  private constructor(
    private readonly file: string,
    private readonly format: RecordFormat,
    private readonly part: FileHandle,
    private readonly journal: FileHandle,
    private bytes: number,
    readonly resume: ResumeState | undefined,
  ) {}

  static async open(file: string, query: string, format: RecordFormat): Promise<PartFile> {
    return writing(async () => {
      const part = await openForBoth(partOf(file));
      const journal = await openForBoth(journalOf(file));
      const kept = readJournal(await journal.readFile('utf8'), query, (await part.stat()).size);
      await part.truncate(kept.bytes);
      await journal.truncate(kept.journalBytes);
      if (kept.journalBytes === 0) await append(journal, 0, `${JSON.stringify({ query })}\n`);
      const resume = kept.ids.size > 0 ? { ids: kept.ids, cursor: kept.cursor } : undefined;
      return new PartFile(file, format, part, journal, kept.bytes, resume);
    });
  }

  async append(...[records, cursor]: Parameters<RecordSink['append']>): Promise<void> {
    const { head, separator } = this.format;
    const texts = records.map(({ text }) => text).join(separator);
    const line: Omit<JournalLine, 'bytes'> = { ids: records.map(({ id }) => id), cursor };
    await writing(async () => {
      const bytes = await append(this.part, this.bytes, (this.bytes === 0 ? head : separator) + texts);
      await append(this.journal, (await this.journal.stat()).size, `${JSON.stringify({ bytes, ...line })}\n`);
      this.bytes = bytes;
    });
  }

  async finish(written: number): Promise<void> {
    if (written > 0) await writing(() => append(this.part, this.bytes, this.format.tail));
    await this.close();
    if (written > 0) await writing(() => moveOver(partOf(this.file), this.file));
    await discardDownload(this.file);
  }

  /** May be called twice. */
  async close(): Promise<void> {
    await this.part.close();
    await this.journal.close();
  }
}

/** Opens a file for reading and writing without changing it; a missing file is made. */
async function openForBoth(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r+');
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
    return open(path, 'w+');
  }
}

/** Writes at an offset and waits until it is on the disk. @returns the length of the file. */
async function append(handle: FileHandle, offset: number, text: string): Promise<number> {
  const bytes = Buffer.from(text);
  for (let done = 0; done < bytes.length;) {
    done += (await handle.write(bytes, done, bytes.length - done, offset + done)).bytesWritten;
  }
  await handle.datasync();
  return offset + bytes.length;
}

interface Kept {
  readonly bytes: number;
  readonly journalBytes: number;
  readonly ids: ReadonlySet<string>;
  readonly cursor: string | undefined;
}

/** Reads the part of a journal that is complete. That of another query does not count. @param size Length of the part file in bytes. */
function readJournal(text: string, query: string, size: number): Kept {
  const ids = new Set<string>();
  const lines = text.split('\n').slice(0, -1);
  const head = parsed(lines[0] ?? '');
  if (!isJournalHead(head) || head.query !== query)
    return { bytes: 0, journalBytes: 0, ids, cursor: undefined };
  let kept: JournalLine = { bytes: 0, ids: [] };
  let journalBytes = lengthOf(lines[0] ?? '');
  for (const line of lines.slice(1)) {
    const value = parsed(line);
    if (!isJournalLine(value) || value.bytes <= kept.bytes || value.bytes > size) break;
    kept = value;
    journalBytes += lengthOf(line);
    for (const id of value.ids) ids.add(id);
  }
  return { bytes: kept.bytes, journalBytes, ids, cursor: kept.cursor };
}

/** Length of a line with its line break, in bytes. */
function lengthOf(line: string): number {
  return Buffer.byteLength(line) + 1;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}

function busy(owner: string): Error {
  return new BioBertError(
    errorCodes.LITERATURE_BUSY,
    `Another download writes to this file: ${owner}.`,
    'Wait until it has ended, or name another file.',
  );
}

async function writing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const nextStep = {
      full: 'Free some space and start the download again: it goes on where it stopped.',
      forbidden: 'Name a file in a folder that you may write to.',
      other: 'Check the disk, or name a file in another folder.',
    }[writeFailureOf(cause)];
    const what = 'The downloaded records cannot be written.';
    throw new BioBertError(errorCodes.OUTPUT_UNWRITABLE, what, nextStep, { cause });
  }
}
