import { mkdir, readdir, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { ownFolderName } from '../../core/curation/ownFolder';
import { BioBertError, errorCodes } from '../../core/errors';
import { withLock } from '../files/fileLock';
import { replaceWhole } from '../files/wholeFile';
import { type FileStamp, fileStamp, LineFile } from './lineFile';

const lockPatienceMs = 15_000;

/** The lock of a review, which is held while its sources or settings change. */
export function reviewLock(folder: string): string {
  return path.join(folder, ownFolderName, 'review.json.lock');
}

/**
 * Reads and writes the files of a review, and knows which of their changes are its own. A change of another window or of
 * version control between two own ones is never taken for an own one.
 */
export class ReviewFiles {
  readonly settings: LineFile;
  readonly records: LineFile;
  readonly duplicates: LineFile;
  private readonly screening = new Map<string, LineFile>();
  /** By name, the state of each file that the caller has read or written. */
  private known: Map<string, FileStamp> = new Map();

  /** @param folder The folder that holds `.biobert`. */
  constructor(private readonly folder: string) {
    this.settings = this.file('review.json');
    this.records = this.file('records.jsonl');
    this.duplicates = this.file('duplicates.jsonl');
  }

  screeningOf(who: string): LineFile {
    return this.screeningFile(screeningFileName(who));
  }

  /** The files of all reviewers. */
  async allScreening(): Promise<readonly LineFile[]> {
    const names = await this.names();
    return names.filter(isScreeningFile).map((name) => this.screeningFile(name));
  }

  /** To be called before the files are read: whatever changes later counts as a change. */
  async remember(): Promise<void> {
    this.known = await this.stamps();
  }

  /** Whether a file has changed since it was read or written here. */
  async isChanged(): Promise<boolean> {
    const stamps = await this.stamps();
    const names = [...new Set([...stamps.keys(), ...this.known.keys()])];
    return names.some((name) => stamps.get(name) !== this.known.get(name));
  }

  /** Whether one file has changed since it was read or written here. */
  async hasChanged(file: LineFile): Promise<boolean> {
    return (await stampOf(file.path)) !== this.known.get(file.name);
  }

  /** @throws {BioBertError} OUTPUT_UNWRITABLE. */
  async append(file: LineFile, lines: string): Promise<void> {
    if (lines === '') return;
    const { before, after } = await file.append(lines);
    if (after !== undefined && before === this.known.get(file.name)) this.known.set(file.name, after);
  }

  /** Replaces `review.json`; the lock must be held. @throws {BioBertError} OUTPUT_UNWRITABLE. */
  async replaceSettings(text: string): Promise<void> {
    const { path: file, name } = this.settings;
    const isKnown = !(await this.hasChanged(this.settings));
    try {
      await replaceWhole(file, text);
    } catch (cause) {
      throw new BioBertError(
        errorCodes.OUTPUT_UNWRITABLE,
        'The file review.json cannot be written.',
        'Check the free space and that you may write to the folder. The file is unchanged.',
        { cause },
      );
    }
    if (isKnown) this.known.set(name, await stampOf(file));
  }

  /** Runs `work` while no other window changes the settings or imports records. @throws {BioBertError} FILE_BUSY. */
  lock<Result>(work: () => Promise<Result>): Promise<Result> {
    const busy = (owner: string): Error =>
      new BioBertError(
        errorCodes.FILE_BUSY,
        `Another window is writing review.json (${owner}).`,
        'Try again. If no other window is open, delete review.json.lock.',
      );
    return withLock(reviewLock(this.folder), { patienceMs: lockPatienceMs, busy }, work);
  }

  /** Makes the folder. A failure shows when the first file is written. */
  async prepare(): Promise<void> {
    await mkdir(path.dirname(this.settings.path), { recursive: true }).catch(() => undefined);
  }

  private file(name: string): LineFile {
    return new LineFile(path.join(this.folder, ownFolderName, name));
  }

  private screeningFile(name: string): LineFile {
    const file = this.screening.get(name) ?? this.file(name);
    this.screening.set(name, file);
    return file;
  }

  private async names(): Promise<readonly string[]> {
    const names = await readdir(path.dirname(this.settings.path)).catch((): string[] => []);
    return names.filter(isReviewFile).sort();
  }

  private async stamps(): Promise<Map<string, FileStamp>> {
    const names = await this.names();
    const entries = names.map(async (name) => [name, await stampOf(this.file(name).path)] as const);
    return new Map(await Promise.all(entries));
  }
}

/** `screening-anna-smith.jsonl`. Names that differ only in what a file name cannot have share a file; lines name who. */
export function screeningFileName(who: string): string {
  const words = who
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? ['reviewer'];
  return `screening-${words.join('-').slice(0, 60)}.jsonl`;
}

function isScreeningFile(name: string): boolean {
  return /^screening.*\.jsonl$/i.test(name);
}

function isReviewFile(name: string): boolean {
  return isScreeningFile(name) || ['review.json', 'records.jsonl', 'duplicates.jsonl'].includes(name);
}

async function stampOf(file: string): Promise<FileStamp> {
  return stat(file).then(fileStamp, () => undefined);
}
