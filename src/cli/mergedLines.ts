import { type FileHandle, open } from 'node:fs/promises';
import { BioBertError, errorCodes } from '../core/errors';
import { compareBytes } from './byteOrder';
import type { ByteRange } from './copyRanges';
import { type DoneShard, readDone } from './doneFile';
import { IndexEntries, type IndexKey, parseLine } from './indexEntries';
import { fileError } from '../runtime/documents/fileErrors';

/** An index file that is merged with others. */
export interface MergeFile {
  /** As the user named it. */
  readonly path: string;
  /** Undefined for a file that no complete run over a shard has written. */
  readonly done: DoneShard | undefined;
  readonly documents: number;
  readonly damagedLines: number;
}

/** A line of a merged file, which is still in the file that it comes from. */
interface MergeEntry extends ByteRange, IndexKey {
  readonly document: string;
  /** The document as the line writes it, in quotes: lines are in the order of it, as `sort` puts them. */
  readonly key: string;
  readonly file: number;
}

/**
 * The lines of several index files, one for each document, sorted by document. Only names and positions are kept in
 * memory: 750 MB for a million documents, as BENCHMARKS.md measures.
 */
export class MergedLines {
  private constructor(
    readonly files: readonly MergeFile[],
    private readonly entries: readonly MergeEntry[],
  ) {}

  /** @throws {BioBertError} DOCUMENT_UNREADABLE, also for a file that is no index. */
  static async read(paths: readonly string[]): Promise<MergedLines> {
    const files: MergeFile[] = [];
    const entries: MergeEntry[] = [];
    // Equal strings of different lines would each take memory.
    const models = new Map<string, string>();
    for (const [file, path] of paths.entries()) {
      const done = await readDone(path);
      const read = await readIndex(path);
      for (const { document, chosen } of read.chosenLines()) {
        const { stamp, start, end } = chosen;
        const shared = models.get(chosen.models) ?? chosen.models;
        models.set(shared, shared);
        entries.push({ document, key: JSON.stringify(document), file, stamp, models: shared, start, end });
      }
      files.push({ path, done, documents: read.documents.length, damagedLines: read.damaged });
    }
    entries.sort((a, b) => compareBytes(a.key, b.key) || a.file - b.file);
    return new MergedLines(files, entries);
  }

  /** A file for each way in which lines were made. */
  get models(): ReadonlyMap<string, MergeFile> {
    const models = new Map<string, MergeFile>();
    for (const { models: key, file } of this.entries) {
      const source = this.files[file];
      if (source && !models.has(key)) models.set(key, source);
    }
    return models;
  }

  /**
   * Checks that no document has two contents or was read in two ways.
   * @throws {BioBertError} ARGUMENT_INVALID, which names the files of the first such document.
   */
  checkConflicts(): void {
    for (const [index, entry] of this.entries.entries()) {
      const before = this.entries[index - 1];
      if (before?.key !== entry.key) continue;
      const what =
        before.stamp !== entry.stamp
          ? 'other content'
          : before.models !== entry.models
            ? 'other models'
            : undefined;
      if (what !== undefined) throw this.conflict(what, before, entry);
    }
  }

  /**
   * Reads the lines in their order, each with its line feed. A document that is in several files comes once.
   * @throws {BioBertError} DOCUMENT_UNREADABLE if a file changed meanwhile.
   */
  async *lines(): AsyncGenerator<Buffer> {
    const handles = new Handles(this.files.map(({ path }) => path));
    try {
      for (let index = 0; index < this.entries.length;) {
        const [first, next] = [this.entries[index], this.entries[index + 1]];
        if (first === undefined) return;
        index += 1;
        let line = await this.lineOf(first, handles);
        // Processors round differently in the last digit; which line is taken must not depend on the order of the files.
        for (let copy = next; copy?.key === first.key; copy = this.entries[index]) {
          const other = await this.lineOf(copy, handles);
          if (Buffer.compare(other, line) < 0) line = other;
          index += 1;
        }
        yield line;
      }
    } finally {
      await handles.close();
    }
  }

  private async lineOf({ document, file, start, end, key }: MergeEntry, handles: Handles): Promise<Buffer> {
    const line = Buffer.alloc(end - start, '\n');
    await handles.read(file, line, start);
    const beginning = `{"document":${key},`;
    if (line.toString('utf8', 0, Buffer.byteLength(beginning)) === beginning) return line;
    // Another program may have written the line anew, with spaces.
    if (parseLine(line)?.document === document) return line;
    throw new BioBertError(
      errorCodes.DOCUMENT_UNREADABLE,
      `${this.files[file]?.path ?? ''} changed while it was read.`,
      'Wait until the run that writes it has ended, and merge again.',
    );
  }

  private conflict(what: string, a: MergeEntry, b: MergeEntry): BioBertError {
    const [left, right] = [a, b].map(({ file }) => this.files[file]?.path ?? '');
    return new BioBertError(
      errorCodes.ARGUMENT_INVALID,
      `${a.document} has ${what} in ${left} than in ${right}.`,
      'Bring both files up to date with biobert index, or leave one of them out.',
    );
  }
}

async function readIndex(path: string): Promise<IndexEntries> {
  const read = await IndexEntries.read(path).catch((error: unknown) => {
    throw inFile(fileError(error, 'read'), path);
  });
  if (read) return read.entries;
  throw new BioBertError(
    errorCodes.DOCUMENT_UNREADABLE,
    `${path} is no index of BioBERT.`,
    'Name files that biobert index has written.',
  );
}

/** Several files are named, so that the error has to say which one it is about. */
function inFile(error: Error, path: string): Error {
  if (!(error instanceof BioBertError)) return error;
  return new BioBertError(error.code, `${path}: ${error.message}`, error.nextStep, { cause: error });
}

/** A system allows a process some hundred open files. */
const maxOpen = 200;

/** Open files, of which those that were not read for the longest time are closed. */
class Handles {
  private readonly opened = new Map<number, FileHandle>();

  constructor(private readonly paths: readonly string[]) {}

  /** Fills a buffer, or as much of it as the file has. */
  async read(file: number, buffer: Buffer, position: number): Promise<void> {
    const handle = await this.handle(file);
    for (let at = 0; at < buffer.length;) {
      const { bytesRead } = await handle.read(buffer, at, buffer.length - at, position + at);
      // The last line of a file may lack its line feed, which the buffer has.
      if (bytesRead === 0) return;
      at += bytesRead;
    }
  }

  async close(): Promise<void> {
    for (const handle of this.opened.values()) await handle.close();
    this.opened.clear();
  }

  private async handle(file: number): Promise<FileHandle> {
    const known = this.opened.get(file);
    this.opened.delete(file);
    const handle = known ?? (await open(this.paths[file] ?? '', 'r'));
    this.opened.set(file, handle);
    const [oldest] = this.opened;
    if (this.opened.size > maxOpen && oldest) {
      this.opened.delete(oldest[0]);
      await oldest[1].close();
    }
    return handle;
  }
}
