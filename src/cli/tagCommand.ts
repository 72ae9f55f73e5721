import * as path from 'node:path';
import type { Command } from 'commander';
import { isCancelled } from '../core/errors';
import type { EntityType } from '../core/types';
import type { Engine } from '../protocol/engine';
import { createEngine } from '../runtime/engine';
import { BratFolder } from './bratFolder';
import { exitCodes } from './exitCodes';
import { findInputs, type Input, standardInput } from './inputs';
import { listenForInterrupt } from './interrupt';
import type { OutputFormat, TagCommandOptions } from './options';
import { createProgress } from './progress';
import { errorLine } from './report';
import { type DocumentWriter, OutputClosedError, type Sink, StreamSink } from './sink';
import { tagInputs } from './tag';
import { biocWriter, jsonlWriter, pubtatorWriter, tsvWriter } from './writers';

/** Runs `biobert tag`. @returns the exit code. @throws {CommanderError} on wrong use. */
export async function runTag(
  files: readonly string[],
  options: TagCommandOptions,
  command: Command,
): Promise<number> {
  const paths = files.length > 0 ? files : [standardInput];
  checkUse(files, options, command);
  const interrupt = listenForInterrupt();
  const engine = createEngine({ modelPath: options.model, threads: options.threads });
  try {
    const inputs = await findInputs(paths, options);
    const model = await engine.load(interrupt.signal);
    const types = chooseTypes(options.types, model.types, command);
    const sink = createSink(options, types ?? model.types);
    return await tagAll({ inputs, options, types, engine, sink, signal: interrupt.signal });
  } catch (error) {
    // The reader has what it wanted.
    if (error instanceof OutputClosedError) return exitCodes.ok;
    if (isCancelled(error)) return interrupt.exitCode ?? exitCodes.interrupted;
    throw error;
  } finally {
    interrupt.dispose();
    await engine.dispose();
  }
}

function checkUse(files: readonly string[], options: TagCommandOptions, command: Command): void {
  if (files.length === 0 && process.stdin.isTTY) {
    command.error('error: no document. Name files, or - to type the text and end it with Ctrl+D.');
  }
  if (files.filter((file) => file === standardInput).length > 1) {
    command.error('error: standard input (-) can be read once only.');
  }
  if (options.format === 'brat' && options.output === undefined) {
    command.error('error: brat writes two files a document. Name their folder with --output.');
  }
  const { output } = options;
  if (output !== undefined && files.some((file) => path.resolve(file) === path.resolve(output))) {
    if (options.format !== 'brat') command.error(`error: --output ${output} would replace a document.`);
  }
}

/** The model's own spelling of the types that the user named, in whatever case. */
function chooseTypes(
  named: readonly string[] | undefined,
  known: readonly EntityType[],
  command: Command,
): readonly EntityType[] | undefined {
  return named?.map(
    (name) =>
      known.find((type) => type.toLowerCase() === name.toLowerCase()) ??
      command.error(`error: the model has no type ${name}. It knows ${known.join(', ')}.`),
  );
}

const writers: Readonly<Record<Exclude<OutputFormat, 'brat'>, () => DocumentWriter>> = {
  jsonl: jsonlWriter,
  tsv: tsvWriter,
  pubtator: pubtatorWriter,
  bioc: biocWriter,
};

function createSink({ format, output, force }: TagCommandOptions, types: readonly EntityType[]): Sink {
  return format === 'brat'
    ? new BratFolder({ folder: output ?? '.', types, force })
    : new StreamSink(writers[format](), output);
}

interface TagAll {
  readonly inputs: readonly Input[];
  readonly options: TagCommandOptions;
  readonly types: readonly EntityType[] | undefined;
  readonly engine: Engine;
  readonly sink: Sink;
  readonly signal: AbortSignal;
}

async function tagAll({ inputs, options, types, engine, sink, signal }: TagAll): Promise<number> {
  const { minProbability, language, encoding, quiet, output } = options;
  const languageId = language === 'auto' ? undefined : language;
  const progress = createProgress({
    documents: inputs.length,
    // On one terminal, bar and results would tear each other.
    isShown: process.stderr.isTTY && !quiet && !(process.stdout.isTTY && output === undefined),
    stream: process.stderr,
  });
  try {
    await sink.open();
    const run = { engine, sink, progress, signal, minProbability, types, languageId, encoding, quiet };
    const { failed } = await closing(sink, () => tagInputs(inputs, run));
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
async function closing<T>(sink: Sink, work: () => Promise<T>): Promise<T> {
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
