import { mkdir, readdir, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { BioBertError, errorCodes } from '../../core/errors';
import { DuplicateLog, readDuplicates } from '../../core/review/duplicateLog';
import { jsonLine } from '../../core/review/jsonLines';
import { readRecordLines, recordLine } from '../../core/review/records';
import type { ReviewState } from '../../core/review/reviewState';
import { readScreening, ScreeningLog } from '../../core/review/screeningLog';
import { readSettings, writeSettings } from '../../core/review/settings';
import type {
  DuplicateLine,
  ReviewRecord,
  ReviewSettings,
  ReviewSource,
  ScreeningLine,
} from '../../core/review/types';
import { withLock } from '../files/fileLock';
import { moveOver, temporaryEnding, writeNewFile } from '../files/wholeFile';
import { LineFile } from './lineFile';

/** The folder of a review's files, in the folder with the user's documents. */
export const reviewFolderName = '.biobert';

const lockPatienceMs = 15_000;

/**
 * The files of a review. Every change is on the disk when its promise resolves; `state` has it then.
 *
 * ```
 * .biobert/review.json            the question, criteria, keywords, sources, form
 * .biobert/records.jsonl          the imported records
 * .biobert/duplicates.jsonl       which of them are one publication
 * .biobert/screening-NAME.jsonl   the decisions of a reviewer
 * ```
 *
 * @example
 * const review = await ReviewFolder.open('/reviews/statins');
 * await review?.decide({ record: 'pmid:1', phase: 'abstract', choice: 'include', who: 'Anna', when });
 */
export class ReviewFolder {
  private current: ReviewState | undefined;
  private unreadLines: readonly string[] = [];
  /** Names, sizes and times of the files as this object knows them. */
  private known = '';
  private readonly recordsFile: LineFile;
  private readonly duplicatesFile: LineFile;
  private readonly screeningFiles = new Map<string, LineFile>();

  private constructor(readonly folder: string) {
    this.recordsFile = new LineFile(path.join(folder, reviewFolderName, 'records.jsonl'));
    this.duplicatesFile = new LineFile(path.join(folder, reviewFolderName, 'duplicates.jsonl'));
  }

  /**
   * @param folder The folder that holds `.biobert`.
   * @returns undefined if there is no review in it.
   * @throws {BioBertError} DOCUMENT_UNREADABLE if `review.json` is damaged or newer than this version.
   */
  static async open(folder: string): Promise<ReviewFolder | undefined> {
    const review = new ReviewFolder(folder);
    await review.reload();
    return review.current && review;
  }

  /** @throws {BioBertError} OUTPUT_UNWRITABLE if the folder has a review already, or cannot be written. */
  static async create(folder: string, settings: ReviewSettings): Promise<ReviewFolder> {
    const review = new ReviewFolder(folder);
    await mkdir(path.join(folder, reviewFolderName), { recursive: true }).catch(() => undefined);
    await review.lockSettings(async () => {
      if ((await review.settingsFile.read()) !== '') throw existingReview();
      await review.replaceSettings(writeSettings(settings));
    });
    await review.reload();
    return review;
  }

  /** @throws {BioBertError} DOCUMENT_UNREADABLE if the review was deleted. */
  get state(): ReviewState {
    if (!this.current) throw unreadableReview();
    return this.current;
  }

  /** Descriptions of lines that could not be read. They stay in the files. */
  get problems(): readonly string[] {
    return this.unreadLines;
  }

  /** Whether another program, or a colleague's pull, has changed the files since they were read or written here. */
  async isChangedOnDisk(): Promise<boolean> {
    return (await this.stamp()) !== this.known;
  }

  /** Reads all files again. */
  async reload(): Promise<void> {
    this.known = await this.stamp();
    const text = await this.settingsFile.read();
    const settings = text === '' ? undefined : readSettings(text);
    if (text !== '' && !settings) throw unreadableReview();
    if (!settings) {
      this.current = undefined;
      return;
    }
    const records = readRecordLines(await this.recordsFile.read());
    const duplicates = readDuplicates(await this.duplicatesFile.read());
    const screening = await this.readScreeningFiles();
    const sources = new Set(settings.sources.map(({ id }) => id));
    this.current = {
      settings,
      // The records of an import that was interrupted have no source.
      records: records.entries.filter(({ source }) => sources.has(source)),
      duplicates: new DuplicateLog(duplicates.entries),
      screening: screening.log,
    };
    this.unreadLines = [
      ...unreadIn(this.recordsFile.name, records.unread),
      ...unreadIn(this.duplicatesFile.name, duplicates.unread),
      ...screening.unread,
    ];
  }

  /**
   * Changes `review.json`.
   *
   * @param update Gets the settings as they are in the file, which another window may have changed.
   */
  async changeSettings(update: (settings: ReviewSettings) => ReviewSettings): Promise<void> {
    await this.lockSettings(async () => {
      const text = await this.settingsFile.read();
      const settings = readSettings(text);
      if (!settings) throw unreadableReview();
      const changed = update(settings);
      await this.replaceSettings(writeSettings(changed, text));
      this.current = { ...this.state, settings: changed };
    });
    this.known = await this.stamp();
  }

  /** The identifier of the next import. */
  async nextSourceId(): Promise<string> {
    // The records of an interrupted import keep theirs.
    const used = readRecordLines(await this.recordsFile.read()).entries.map(({ source }) => source);
    const ids = [...used, ...this.state.settings.sources.map(({ id }) => id)];
    const numbers = ids.map((id) => Number(/^s(\d+)$/.exec(id)?.[1] ?? 0));
    return `s${numbers.reduce((most, number) => Math.max(most, number), 0) + 1}`;
  }

  /** Adds an import with its records, which name it as their source, and the duplicates that were found. */
  async addImport(
    source: ReviewSource,
    records: readonly ReviewRecord[],
    duplicates: readonly DuplicateLine[] = [],
  ): Promise<void> {
    await this.recordsFile.append(records.map(recordLine).join(''));
    if (duplicates.length > 0) await this.duplicatesFile.append(duplicates.map(jsonLine).join(''));
    // The import counts from here: a crash before this line leaves nothing that is seen.
    await this.changeSettings((settings) => ({ ...settings, sources: [...settings.sources, source] }));
    const { state } = this;
    for (const line of duplicates) state.duplicates.add(line);
    this.current = { ...state, records: [...state.records, ...records] };
  }

  /** Adds lines about duplicates: found by the program, or decided by a person. */
  async addDuplicates(lines: readonly DuplicateLine[]): Promise<void> {
    if (lines.length === 0) return;
    await this.duplicatesFile.append(lines.map(jsonLine).join(''));
    for (const line of lines) this.state.duplicates.add(line);
    this.known = await this.stamp();
  }

  /** Adds a decision, a note or tags to the file of its reviewer. */
  async decide(line: ScreeningLine): Promise<void> {
    await this.screeningFileOf(line.who).append(jsonLine(line));
    this.state.screening.add(line);
    this.known = await this.stamp();
  }

  private async stamp(): Promise<string> {
    const folder = path.join(this.folder, reviewFolderName);
    const names = await readdir(folder).catch((): string[] => []);
    const stamps = names.filter(isReviewFile).map(async (name) => {
      const { size, mtimeMs } = await stat(path.join(folder, name)).catch(() => ({ size: 0, mtimeMs: 0 }));
      return `${name} ${size} ${mtimeMs}`;
    });
    return (await Promise.all(stamps)).sort().join('\n');
  }

  private get settingsFile(): LineFile {
    return new LineFile(path.join(this.folder, reviewFolderName, 'review.json'));
  }

  private screeningFileOf(who: string): LineFile {
    const name = screeningFileName(who);
    const file =
      this.screeningFiles.get(name) ?? new LineFile(path.join(this.folder, reviewFolderName, name));
    this.screeningFiles.set(name, file);
    return file;
  }

  private async readScreeningFiles(): Promise<{ log: ScreeningLog; unread: readonly string[] }> {
    const names = await readdir(path.join(this.folder, reviewFolderName)).catch((): string[] => []);
    const log = new ScreeningLog();
    const unread: string[] = [];
    for (const name of names.filter(isScreeningFile).sort()) {
      const file = new LineFile(path.join(this.folder, reviewFolderName, name));
      const read = readScreening(await file.read());
      for (const line of read.entries) log.add(line);
      unread.push(...unreadIn(name, read.unread));
    }
    return { log, unread };
  }

  private async replaceSettings(text: string): Promise<void> {
    const { path: file } = this.settingsFile;
    const written = file + temporaryEnding();
    try {
      await writeNewFile(written, text);
      await moveOver(written, file);
    } catch (cause) {
      throw new BioBertError(
        errorCodes.OUTPUT_UNWRITABLE,
        'The file review.json cannot be written.',
        'Check the free space and that you may write to the folder. The file is unchanged.',
        { cause },
      );
    }
  }

  private lockSettings<Result>(work: () => Promise<Result>): Promise<Result> {
    const busy = (owner: string): Error =>
      new BioBertError(
        errorCodes.FILE_BUSY,
        `Another window is writing review.json (${owner}).`,
        'Try again. If no other window is open, delete review.json.lock.',
      );
    return withLock(`${this.settingsFile.path}.lock`, { patienceMs: lockPatienceMs, busy }, work);
  }
}

/** `screening-anna-smith.jsonl`. Names that differ only in what a file name cannot have share a file; lines name who. */
export function screeningFileName(who: string): string {
  const words = who
    .normalize('NFKD')
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

function unreadIn(name: string, lines: readonly number[]): readonly string[] {
  if (lines.length === 0) return [];
  const shown = lines.slice(0, 10).join(', ');
  return [`${name}: ${lines.length} unreadable lines (${shown}${lines.length > 10 ? ' …' : ''})`];
}

function unreadableReview(): BioBertError {
  return new BioBertError(
    errorCodes.DOCUMENT_UNREADABLE,
    'The file review.json cannot be read.',
    'Repair it (it may contain an unfinished merge), restore it from version control, or update BioBERT.',
  );
}

function existingReview(): BioBertError {
  return new BioBertError(
    errorCodes.OUTPUT_UNWRITABLE,
    'This folder has a review already.',
    'Open it, or choose another folder.',
  );
}
