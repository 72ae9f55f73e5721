import { type FileHandle, open, realpath, rm, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { BioBertError, errorCodes } from '../core/errors';
import type { JsonIndexed } from '../core/exports/jsonl';
import { describeOwner, type FileLock, waitForLock } from '../runtime/files/fileLock';
import { systemOfNode } from '../runtime/files/lockSystem';
import { moveOver } from '../runtime/files/wholeFile';
import { workQueue } from '../runtime/workQueue';
import { copyRanges } from './copyRanges';
import { IndexEntries, type IndexKey, type ReadEntries } from './indexEntries';
import { fileError } from '../runtime/documents/fileErrors';

export interface LockOptions {
  /** Time to wait for another run on the file to end, in milliseconds. Default: 3,000. */
  readonly waitMs?: number;
  /** Whether a lock of another machine is taken over. Default: it counts as held, because it cannot be checked. */
  readonly takeOver?: boolean;
}

const defaultWaitMs = 3000;

/**
 * A file with one line for each document, which later runs continue.
 *
 * Lines are only appended during a run, so that a process may be killed at any moment. A new line of a document replaces
 * an earlier one, which stays in the file until {@link IndexFile.finish}. Only names and positions are kept in memory.
 *
 * @example
 * ```ts
 * const file = await IndexFile.open('papers.jsonl');
 * try {
 *   if (file.recall('papers/a.txt', key) === undefined) await file.add(line);
 *   await file.finish([]);
 * } finally { await file.close(); }
 * ```
 */
export class IndexFile {
  private readonly queue = workQueue();

  private constructor(
    private readonly path: string,
    private readonly lock: FileLock,
    private readonly entries: IndexEntries,
    private readonly handle: FileHandle,
    /** Size of the file in bytes, as far as its lines are complete. */
    private size: number,
  ) {}

  /**
   * Opens a file for this process alone. A missing file is created.
   * @throws {BioBertError} OUTPUT_UNWRITABLE, also for a file that is not an index; FILE_BUSY.
   */
  static async open(name: string, options: LockOptions = {}): Promise<IndexFile> {
    try {
      const file = await realFile(name);
      const lock = await takeLock(file, name, options);
      try {
        const { entries, size, isTerminated } = await readEntries(file, name);
        // Left by a process that was killed.
        await rm(partOf(file), { force: true });
        const handle = await open(file, 'a');
        await handle.truncate(size);
        if (!isTerminated) await handle.appendFile('\n');
        return new IndexFile(file, lock, entries, handle, isTerminated ? size : size + 1);
      } catch (error) {
        await lock.release();
        throw error;
      }
    } catch (error) {
      throw fileError(error, 'write');
    }
  }

  /** Number of damaged lines, whose documents are read again. */
  get damagedLines(): number {
    return this.entries.damaged;
  }

  /** The documents that have lines, as the lines name them. */
  get documents(): readonly string[] {
    return this.entries.documents;
  }

  /** Whether there is a line that may be up to date, if the content of the document is what it was. */
  has(document: string, models: string): boolean {
    return this.entries.has(document, models);
  }

  /** Number of mentions in the line of a document with this key. Undefined if the document has to be read. */
  recall(document: string, key: IndexKey): number | undefined {
    return this.entries.choose(document, key)?.mentions;
  }

  /**
   * Appends a line made by `writeJsonIndexed`. Concurrent calls write one line after the other.
   * @throws {BioBertError} OUTPUT_UNWRITABLE; the file then ends with the last complete line.
   */
  add(line: string): Promise<void> {
    return this.queue(() => this.append(line)).catch((error: unknown) => {
      throw fileError(error, 'write');
    });
  }

  /**
   * Removes lines that were replaced, damaged lines, and the lines of deleted documents. Call it at the end of a complete
   * run: nothing can be added after it. The file is replaced as a whole: a program that reads it meanwhile sees the former content.
   * @param deleted Documents whose lines are removed.
   * @throws {BioBertError} OUTPUT_UNWRITABLE; the file then stays as it is.
   */
  async finish(deleted: readonly string[]): Promise<void> {
    // Windows does not replace an open file.
    await this.queue(() => this.handle.close());
    this.entries.remove(deleted);
    const ranges = this.entries.keptRanges();
    if (ranges.reduce((sum, { start, end }) => sum + end - start, 0) === this.size) return;
    const part = partOf(this.path);
    try {
      await copyRanges(this.path, ranges, part);
      await moveOver(part, this.path);
    } catch (error) {
      await rm(part, { force: true });
      throw fileError(error, 'write');
    }
  }

  /** Waits for lines that are being written, and releases the file. */
  async close(): Promise<void> {
    await this.queue(() => this.handle.close());
    await this.lock.release();
  }

  private async append(line: string): Promise<void> {
    const start = this.size;
    try {
      await this.handle.appendFile(line);
    } catch (error) {
      // The disk is full: a part of the line must not stay, because the next line would follow it.
      await this.handle.truncate(start);
      throw error;
    }
    this.size += Buffer.byteLength(line);
    this.entries.add(JSON.parse(line) as JsonIndexed, { start, end: this.size });
  }
}

/** The file that is written beside an output, and renamed when it is complete. */
export function partOf(file: string): string {
  return `${file}.part`;
}

/** The file that a path leads to, which may be new. Two paths of one file have the same lock. @throws {Error} if its folder does not exist. */
export async function realFile(name: string): Promise<string> {
  return realpath(name).catch(async () => path.join(await realpath(path.dirname(name)), path.basename(name)));
}

/**
 * Takes the lock of an output. It waits a little for a run that is ending, because its user has just stopped it.
 * @throws {BioBertError} FILE_BUSY
 */
export async function takeLock(
  file: string,
  name: string,
  { waitMs = defaultWaitMs, takeOver = false }: LockOptions,
): Promise<FileLock> {
  const system = { ...systemOfNode, othersHaveEnded: takeOver };
  const attempt = await waitForLock(`${file}.lock`, waitMs, system);
  if ('lock' in attempt) return attempt.lock;
  throw new BioBertError(
    errorCodes.FILE_BUSY,
    `${name} is being written by ${describeOwner(attempt.owner)}.`,
    `Wait until that run has ended, or stop it, or name another file. If no such process runs, delete ${name}.lock.`,
  );
}

async function readEntries(file: string, name: string): Promise<ReadEntries> {
  const isFile = await stat(file).then(
    (stats) => stats.isFile(),
    () => undefined,
  );
  if (isFile === undefined) return { entries: new IndexEntries(), size: 0, isTerminated: true };
  const read = isFile ? await IndexEntries.read(file) : undefined;
  if (read) return read;
  throw new BioBertError(
    errorCodes.OUTPUT_UNWRITABLE,
    `${name} is no index of BioBERT.`,
    'Name another file with --output.',
  );
}
