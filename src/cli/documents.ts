import { BioBertError, errorCodes, isCancelled } from '../core/errors';
import type { AnnotatingModels } from '../core/exports/annotator';
import { errnoOf } from '../runtime/documents/fileErrors';
import { documentText } from '../runtime/documents/documentText';
import type { Input } from '../runtime/documents/folderListing';
import { joinedReports } from '../runtime/documents/joinedReports';
import { recordParts } from '../core/records/recordParts';
import type { DocumentFormat, Entity } from '../core/types';
import type { ReadingReport } from '../protocol/engine';
import { exitCodes } from './exitCodes';
import { readInput, standardInput } from './inputs';
import { shownName } from './names';
import { papers, textlessPagesLine } from './papers';
import { createProgress, type Progress } from './progress';
import { columnsLine, encodingLine, simplifiedLine, unreadableLine, unreadLine } from './readingLines';
import { errorLine } from './report';
import { OutputClosedError, type Sink } from './sink';

/** The text and format of an input document. */
export interface SourceDocument {
  /** The path that the user gave. */
  readonly name: string;
  /** The text of the document, or of a part of a large file of records. */
  readonly text: string;
  readonly format: DocumentFormat;
  /** The offset in the file is the offset in `text` plus this number. */
  readonly shift: number;
}

/** A document that has been tagged. */
export interface TaggedDocument extends SourceDocument, ReadingReport {
  readonly entities: readonly Entity[];
  readonly models: AnnotatingModels;
}

/** The options of commands that process one document after the other. */
export interface DocumentOptions {
  /**
   * A language id of VS Code such as `latex`, or `auto` to detect the format from the name and beginning of each file.
   */
  readonly language: string;
  readonly encoding?: string | undefined;
  /** Path of the output file. Default: standard output. */
  readonly output?: string | undefined;
  /** Whether warnings are left out. Errors are always written. */
  readonly quiet: boolean;
}

export interface DocumentRun<Document extends ReadingReport> {
  readonly inputs: readonly Input[];
  readonly options: DocumentOptions;
  readonly sink: Sink<Document>;
  readonly signal: AbortSignal;
  /** Processes one document. @param report Receives the progress of the document, as the engine reports it. */
  readonly work: (source: SourceDocument, report: ReportProgress) => Promise<Document>;
}

/** Receives how much of a document is done. */
export type ReportProgress = (progress: { readonly done: number; readonly total: number }) => void;

/**
 * Processes one document after the other, and a large file of records part by part. Each result is written before the
 * next document or part is processed, so that memory does not grow with their number. A document that fails is reported
 * and skipped; of a file of records, the results of the parts before stay.
 *
 * @returns the exit code.
 * @throws {CancelledError} after the signal aborts, {@link OutputClosedError}.
 */
export async function runDocuments<Document extends ReadingReport>(
  run: DocumentRun<Document>,
): Promise<number> {
  const { inputs, options, sink } = run;
  const { quiet, output } = options;
  const progress = createProgress({
    documents: inputs.length,
    // Without an output file the results go to the terminal, and the bar would be mixed with them.
    isShown: process.stderr.isTTY && !quiet && !(process.stdout.isTTY && output === undefined),
    stream: process.stderr,
  });
  try {
    await sink.open();
    return await closing(sink, () => eachInput(run, progress));
  } catch (error) {
    if (isCancelled(error) || error instanceof OutputClosedError) throw error;
    progress.line(errorLine(error, output ?? 'standard output'));
    return exitCodes.failed;
  } finally {
    progress.stop();
  }
}

/** Runs the work and closes the sink even if the work fails. If both fail, the error of the work is thrown. */
async function closing<T>(sink: Pick<Sink<unknown>, 'close'>, work: () => Promise<T>): Promise<T> {
  let result: T;
  try {
    result = await work();
  } catch (error) {
    await sink.close().catch(() => undefined);
    throw error;
  }
  await sink.close();
  return result;
}

/** @returns the exit code. */
async function eachInput<Document extends ReadingReport>(
  run: DocumentRun<Document>,
  progress: Progress,
): Promise<number> {
  let exitCode: number = exitCodes.ok;
  for (const [index, input] of run.inputs.entries()) {
    const report = (share: number): void => progress.update(index + share);
    try {
      if (input.error !== undefined) throw input.error;
      const isPartly = await workOn(input.path, run, { report, progress });
      if (exitCode === exitCodes.ok && isPartly) exitCode = exitCodes.partlyRead;
    } catch (error) {
      if (isCancelled(error) || error instanceof OutputClosedError || isOutputLost(error)) throw error;
      exitCode = exitCodes.failed;
      progress.line(errorLine(error, shownName(input.path)));
    }
    progress.update(index + 1);
  }
  return exitCode;
}

/** Whether a share of the document was not read. What a wrong encoding has garbled is read. */
export function isPartlyRead({ unread = [] }: ReadingReport): boolean {
  return unread.some(({ reason }) => reason !== 'encoding');
}

/**
 * Whether an error would also occur for the next document, such as a full disk or a missing permission. An output file
 * that exists already concerns only one document.
 */
function isOutputLost(error: unknown): boolean {
  return (
    error instanceof BioBertError &&
    error.code === errorCodes.OUTPUT_UNWRITABLE &&
    errnoOf(error.cause) !== 'EEXIST'
  );
}

interface Reporting {
  /** Receives the share of the document that is done. */
  readonly report: (share: number) => void;
  readonly progress: Progress;
}

/** Processes a document. @returns whether a share of it was not read. */
async function workOn<Document extends ReadingReport>(
  path: string,
  { options, signal, sink, work }: DocumentRun<Document>,
  { report, progress }: Reporting,
): Promise<boolean> {
  const { source, warn } = await readSource(path, options, { signal, progress });
  const whole = { text: source.text, shift: 0, records: 1 };
  const parts = sink.takesParts === true ? recordParts(source.text, source.format) : [whole];
  const length = Math.max(1, source.text.length);
  const reports: ReadingReport[] = [];
  let allRecords = 0;
  for (const { text, shift, records } of parts) {
    allRecords += records;
    const document = await work({ ...source, text, shift }, ({ done, total }) => {
      report((shift + (total === 0 ? 0 : done / total) * text.length) / length);
    });
    await sink.write(document);
    const simplified = document.simplified?.map((each) => ({ ...each, start: each.start + shift }));
    reports.push({ simplified, unread: document.unread });
  }
  const all = joinedReports(reports, { text: source.text, records: allRecords });
  warn(all);
  return isPartlyRead(all);
}

type ReadOptions = Pick<DocumentOptions, 'encoding' | 'language' | 'quiet'>;

interface ReadSource {
  readonly source: SourceDocument;
  readonly warn: (report?: ReadingReport) => void;
}

/**
 * Reads a document. `warn` reports characters that are not valid in the encoding, and markup that was not read. Call it
 * after the document has been processed, so that a file that is not text is reported only once, by its error.
 * @throws like {@link readInput}.
 */
export async function readSource(
  path: string,
  options: ReadOptions,
  { signal, progress }: { readonly signal: AbortSignal; readonly progress: Progress },
): Promise<ReadSource> {
  return decodeSource(path, await readInput(path, signal), options, { signal, progress });
}

/**
 * As {@link readSource}, of bytes that were read.
 * @throws {BioBertError} for a paper whose text cannot be extracted. {@link CancelledError} after the signal aborts.
 */
export async function decodeSource(
  path: string,
  bytes: Uint8Array,
  { encoding, language, quiet }: ReadOptions,
  { signal, progress }: { readonly signal: AbortSignal; readonly progress: Progress },
): Promise<ReadSource> {
  const read = await documentText(bytes, {
    fileName: path === standardInput ? undefined : path,
    languageId: language === 'auto' ? undefined : language,
    encoding,
    papers,
    signal,
  });
  const { text, format, decoded } = read;
  return {
    source: { name: path, text, format, shift: 0 },
    warn: ({ simplified = [], unread = [] } = {}) => {
      if (quiet) return;
      const textless = textlessPagesLine(path, read);
      if (textless !== undefined) progress.line(textless);
      if (encoding === undefined && decoded?.encoding === 'windows-1252') progress.line(encodingLine(path));
      if (decoded && format === 'table') progress.line(columnsLine(path, text));
      for (const each of unread) progress.line(unreadLine(path, each));
      if (decoded && decoded.unreadable > 0) progress.line(unreadableLine(path, decoded.unreadable));
      if (!decoded) return;
      for (const each of simplified) progress.line(simplifiedLine(path, text, each));
    },
  };
}
