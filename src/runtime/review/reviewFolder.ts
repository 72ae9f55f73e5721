import { BioBertError, errorCodes } from '../../core/errors';
import { groupBy } from '../../core/groupBy';
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
} from '../../core/review/reviewData';
import { readInSlices } from './readInSlices';
import { ReviewFiles } from './reviewFiles';

/** An import: a source and its records, which name it as their source. */
export interface NewImport {
  readonly source: ReviewSource;
  readonly records: readonly ReviewRecord[];
}

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
  private readonly files: ReviewFiles;
  private queue: Promise<unknown> = Promise.resolve();

  private constructor(readonly folder: string) {
    this.files = new ReviewFiles(folder);
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
    const { files } = review;
    await files.prepare();
    await files.lock(async () => {
      if ((await files.settings.read()) !== '') throw existingReview();
      await files.replaceSettings(writeSettings(settings));
    });
    await review.reload();
    return review;
  }

  /** Whether `review.json` was there when the files were last read. */
  get exists(): boolean {
    return this.current !== undefined;
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
  isChangedOnDisk(): Promise<boolean> {
    return this.inTurn(() => this.files.isChanged());
  }

  /** Reads all files again. */
  reload(): Promise<void> {
    return this.inTurn(async () => {
      await this.files.remember();
      const text = await this.files.settings.read();
      const settings = text === '' ? undefined : readSettings(text);
      if (text !== '' && !settings) throw unreadableReview();
      if (settings) await this.readState(settings);
      else this.current = undefined;
    });
  }

  /**
   * Changes `review.json`.
   *
   * @param update Gets the settings as they are in the file, which another window may have changed.
   */
  changeSettings(update: (settings: ReviewSettings) => ReviewSettings): Promise<void> {
    return this.inTurn(() => this.files.lock(() => this.updateSettings(update)));
  }

  /** The identifiers of the next imports. */
  async nextSourceIds(count: number): Promise<readonly string[]> {
    // The records of an interrupted import keep theirs.
    const { entries } = await readInSlices(this.files.records, readRecordLines);
    const ids = [...entries.map(({ source }) => source), ...this.state.settings.sources.map(({ id }) => id)];
    const numbers = ids.map((id) => Number(/^s(\d+)$/.exec(id)?.[1] ?? 0));
    const last = numbers.reduce((most, number) => Math.max(most, number), 0);
    return Array.from({ length: count }, (_, index) => `s${last + 1 + index}`);
  }

  /**
   * Adds imports and the duplicates that were found, all or nothing.
   *
   * @throws {BioBertError} FILE_BUSY if another window has changed the records since they were read: then new records and
   *   sources would get identifiers that are taken. OUTPUT_UNWRITABLE.
   */
  addImports(imports: readonly NewImport[], duplicates: readonly DuplicateLine[] = []): Promise<void> {
    const { files } = this;
    const records = imports.flatMap((each) => each.records);
    const sources = imports.map(({ source }) => source);
    const add = async (): Promise<void> => {
      if ((await files.hasChanged(files.records)) || (await files.hasChanged(files.settings))) {
        throw changedMeanwhile();
      }
      await files.append(files.records, records.map(recordLine).join(''));
      await files.append(files.duplicates, duplicates.map(jsonLine).join(''));
      // The imports count from here: a crash before this line leaves nothing that is seen.
      await this.updateSettings((settings) => ({ ...settings, sources: [...settings.sources, ...sources] }));
      const { state } = this;
      for (const line of duplicates) state.duplicates.add(line);
      this.current = { ...state, records: [...state.records, ...records] };
    };
    return this.inTurn(() => files.lock(add));
  }

  /** Adds lines about duplicates: found by the program, or decided by a person. */
  addDuplicates(lines: readonly DuplicateLine[]): Promise<void> {
    return this.inTurn(async () => {
      await this.files.append(this.files.duplicates, lines.map(jsonLine).join(''));
      for (const line of lines) this.state.duplicates.add(line);
    });
  }

  /** Adds decisions, notes or tags to the files of their reviewers. */
  decide(...lines: readonly ScreeningLine[]): Promise<void> {
    return this.inTurn(async () => {
      for (const [who, own] of groupBy(lines, (line) => line.who)) {
        await this.files.append(this.files.screeningOf(who), own.map(jsonLine).join(''));
        for (const line of own) this.state.screening.add(line);
      }
    });
  }

  private async readState(settings: ReviewSettings): Promise<void> {
    const { files } = this;
    const records = await readInSlices(files.records, readRecordLines);
    const duplicates = await readInSlices(files.duplicates, readDuplicates);
    const visible = visibleRecords(records.entries, settings);
    const ids = new Set(visible.records.map(({ id }) => id));
    const log = new DuplicateLog(
      duplicates.entries.filter((line) => ids.has(line.kept) && ids.has(line.duplicate)),
    );
    const screening = await readScreeningFiles(files, log);
    this.current = { settings, records: visible.records, duplicates: log, screening: screening.log };
    this.unreadLines = [
      ...unreadIn(files.records.name, records.unread),
      ...visible.problems,
      ...unreadIn(files.duplicates.name, duplicates.unread),
      ...screening.unread,
    ];
  }

  /** The lock must be held. */
  private async updateSettings(update: (settings: ReviewSettings) => ReviewSettings): Promise<void> {
    const text = await this.files.settings.read();
    const settings = readSettings(text);
    if (!settings) throw unreadableReview();
    const changed = update(settings);
    await this.files.replaceSettings(writeSettings(changed, text));
    this.current = { ...this.state, settings: changed };
  }

  /** Changes and readings follow each other, so that a change is never lost to a reading that began before it. */
  private inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.queue.then(work);
    this.queue = result.catch(() => undefined);
    return result;
  }
}

async function readScreeningFiles(
  files: ReviewFiles,
  duplicates: DuplicateLog,
): Promise<{ log: ScreeningLog; unread: readonly string[] }> {
  const log = new ScreeningLog([], (record) => duplicates.membersOf(record));
  const unread: string[] = [];
  for (const file of await files.allScreening()) {
    const read = await readInSlices(file, readScreening);
    for (const line of read.entries) log.add(line);
    unread.push(...unreadIn(file.name, read.unread));
  }
  return { log, unread };
}

/** The records of an interrupted import have no source. Two versions of the file may both have added a record. */
function visibleRecords(
  all: readonly ReviewRecord[],
  { sources }: ReviewSettings,
): { readonly records: readonly ReviewRecord[]; readonly problems: readonly string[] } {
  const imported = new Set(sources.map(({ id }) => id));
  const byId = new Map<string, ReviewRecord>();
  let repeated = 0;
  for (const record of all) {
    if (!imported.has(record.source)) continue;
    if (byId.has(record.id)) repeated += 1;
    else byId.set(record.id, record);
  }
  const problem = `records.jsonl: left out because their identifier is that of an earlier record: ${repeated}`;
  return { records: [...byId.values()], problems: repeated === 0 ? [] : [problem] };
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

function changedMeanwhile(): BioBertError {
  return new BioBertError(
    errorCodes.FILE_BUSY,
    'Another window has changed the review meanwhile. Nothing was imported.',
    'Import again.',
  );
}
