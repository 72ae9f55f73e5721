import { BioBertError, errorCodes, isCancelled } from '../core/errors';
import { formatOf } from '../core/documents/format';
import type { AnnotatingModels } from '../core/formats/annotator';
import type { DocumentFormat, Entity } from '../core/types';
import { decodeText } from './decodeText';
import { exitCodes } from './exitCodes';
import { type Input, readInput, standardInput } from './inputs';
import { createProgress, type Progress } from './progress';
import { errnoOf, errorLine } from './report';
import { OutputClosedError, type Sink } from './sink';

/** A document as it was read. */
export interface SourceDocument {
  /** As the user named it. */
  readonly name: string;
  readonly text: string;
  readonly format: DocumentFormat;
}

/** A document that has been tagged. */
export interface TaggedDocument extends SourceDocument {
  readonly entities: readonly Entity[];
  readonly models: AnnotatingModels;
}

/** The options of commands that work on one document after the other. */
export interface DocumentOptions {
  /** Of the editor (`markdown`, `latex` …), or `auto`: by name and beginning of each file. */
  readonly language: string;
  readonly encoding?: string | undefined;
  /** Absent: standard output. */
  readonly output?: string | undefined;
  /** Leaves warnings out; errors are always written. */
  readonly quiet: boolean;
}

export interface DocumentRun<Document> {
  readonly inputs: readonly Input[];
  readonly options: DocumentOptions;
  readonly sink: Sink<Document>;
  readonly signal: AbortSignal;
  /** What is done with each. @param report is told the share that is done. */
  readonly work: (source: SourceDocument, report: (share: number) => void) => Promise<Document>;
}

/**
 * Works on one document after the other and writes each before the next is read, so that memory does not grow with
 * their number. A document that fails is reported and passed over.
 *
 * @returns the exit code.
 * @throws {CancelledError} after the signal aborts, {@link OutputClosedError}.
 */
export async function runDocuments<Document>(run: DocumentRun<Document>): Promise<number> {
  const { inputs, options, sink } = run;
  const { quiet, output } = options;
  const progress = createProgress({
    documents: inputs.length,
    // On one terminal, bar and results would tear each other.
    isShown: process.stderr.isTTY && !quiet && !(process.stdout.isTTY && output === undefined),
    stream: process.stderr,
  });
  try {
    await sink.open();
    const failed = await closing(sink, () => eachInput(run, progress));
    return failed > 0 ? exitCodes.failed : exitCodes.ok;
  } catch (error) {
    if (isCancelled(error) || error instanceof OutputClosedError) throw error;
    progress.line(errorLine(error, output ?? 'standard output'));
    return exitCodes.failed;
  } finally {
    progress.stop();
  }
}

/** Closes the sink whatever happened; when both fail, the first error tells more. */
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

/** @returns how many failed. */
async function eachInput<Document>(run: DocumentRun<Document>, progress: Progress): Promise<number> {
  let failed = 0;
  for (const [index, input] of run.inputs.entries()) {
    const report = (share: number) => progress.update(index + share);
    try {
      if (input.error !== undefined) throw input.error;
      await run.sink.write(await workOn(input.path, run, { report, progress }));
    } catch (error) {
      if (isCancelled(error) || error instanceof OutputClosedError || isOutputLost(error)) throw error;
      failed += 1;
      progress.line(errorLine(error, shownName(input.path)));
    }
    progress.update(index + 1);
  }
  return failed;
}

/** The next document would meet the same: a full disk, no permission. A file that is in the way concerns one document. */
function isOutputLost(error: unknown): boolean {
  return (
    error instanceof BioBertError &&
    error.code === errorCodes.OUTPUT_UNWRITABLE &&
    errnoOf(error.cause) !== 'EEXIST'
  );
}

export function shownName(path: string): string {
  return path === standardInput ? 'standard input' : path;
}

interface Telling {
  readonly report: (share: number) => void;
  readonly progress: Progress;
}

async function workOn<Document>(
  path: string,
  { options, signal, work }: DocumentRun<Document>,
  { report, progress }: Telling,
): Promise<Document> {
  const { source, warn } = await readSource(path, options, { signal, progress });
  const document = await work(source, report);
  warn();
  return document;
}

/**
 * Reads a document. `warn` tells of characters that are not in its encoding: call it once the document has been used,
 * so that a file that is no text is told of once, by its error.
 * @throws as {@link readInput}.
 */
export async function readSource(
  path: string,
  { encoding, language, quiet }: Pick<DocumentOptions, 'encoding' | 'language' | 'quiet'>,
  { signal, progress }: { readonly signal: AbortSignal; readonly progress: Progress },
): Promise<{ readonly source: SourceDocument; readonly warn: () => void }> {
  const { text, unreadable } = decodeText(await readInput(path, signal), encoding);
  const languageId = language === 'auto' ? undefined : language;
  return {
    source: { name: path, text, format: documentFormat(path, text, languageId) },
    warn: () => {
      if (unreadable > 0 && !quiet) progress.line(unreadableLine(path, unreadable));
    },
  };
}

function documentFormat(path: string, text: string, languageId: string | undefined): DocumentFormat {
  if (languageId !== undefined) return formatOf({ languageId });
  return formatOf({ ...(path === standardInput ? {} : { fileName: path }), head: text.slice(0, 2000) });
}

function unreadableLine(path: string, unreadable: number): string {
  const what = unreadable === 1 ? '1 character is' : `${unreadable} characters are`;
  return `biobert: ${shownName(path)}: warning: ${what} not in the expected encoding. Name the right one with --encoding.\n`;
}
