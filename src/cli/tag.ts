import { BioBertError, errorCodes, isCancelled } from '../core/errors';
import { formatOf } from '../core/document/format';
import type { DocumentFormat, EntityType } from '../core/types';
import type { Engine } from '../protocol/engine';
import { decodeText } from './decodeText';
import { type Input, readInput, standardInput } from './inputs';
import type { Progress } from './progress';
import { errnoOf, errorLine } from './report';
import { OutputClosedError, type Sink, type TaggedDocument } from './sink';

export interface TagRun {
  readonly engine: Engine;
  readonly sink: Sink;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly minProbability: number;
  /** Absent: all that the model knows. */
  readonly types?: readonly EntityType[] | undefined;
  /** Of the editor (`markdown`, `latex` …). Absent: by name and beginning of each file. */
  readonly languageId?: string | undefined;
  readonly encoding?: string | undefined;
  /** Leaves warnings out; errors are always written. */
  readonly quiet: boolean;
}

export interface TagSummary {
  readonly tagged: number;
  readonly failed: number;
}

/**
 * Tags one document after the other and writes each before the next is read, so that memory does not grow with their
 * number. A document that fails is reported and passed over.
 *
 * @throws {CancelledError} after the signal aborts, {@link OutputClosedError}, and what the sink throws.
 */
export async function tagInputs(inputs: readonly Input[], run: TagRun): Promise<TagSummary> {
  let failed = 0;
  for (const [index, input] of inputs.entries()) {
    const report = (share: number) => run.progress.update(index + share);
    try {
      if (input.error !== undefined) throw input.error;
      await run.sink.write(await tagInput(input.path, run, report));
    } catch (error) {
      if (isCancelled(error) || error instanceof OutputClosedError || isOutputLost(error)) throw error;
      failed += 1;
      run.progress.line(errorLine(error, shownName(input.path)));
    }
    run.progress.update(index + 1);
  }
  return { tagged: inputs.length - failed, failed };
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

async function tagInput(path: string, run: TagRun, report: (share: number) => void): Promise<TaggedDocument> {
  const { engine, signal, minProbability, types } = run;
  const { text, unreadable } = decodeText(await readInput(path, signal), run.encoding);
  const format = documentFormat(path, text, run.languageId);
  const request = { document: path, text, format, minProbability, ...(types === undefined ? {} : { types }) };
  const onProgress = ({ done, total }: { done: number; total: number }) => {
    report(total === 0 ? 0 : done / total);
  };
  try {
    const { entities } = await engine.tag(request, { signal, onProgress });
    if (unreadable > 0 && !run.quiet) run.progress.line(unreadableLine(path, unreadable));
    return { name: path, text, format, entities };
  } finally {
    engine.forget(path);
  }
}

function documentFormat(path: string, text: string, languageId: string | undefined): DocumentFormat {
  if (languageId !== undefined) return formatOf({ languageId });
  return formatOf({ ...(path === standardInput ? {} : { fileName: path }), head: text.slice(0, 2000) });
}

function unreadableLine(path: string, unreadable: number): string {
  const what = unreadable === 1 ? '1 character is' : `${unreadable} characters are`;
  return `biobert: ${shownName(path)}: warning: ${what} not in the expected encoding. Name the right one with --encoding.\n`;
}
