import type { Command } from 'commander';
import { isCancelled } from '../core/errors';
import type { EntityType } from '../core/types';
import type { Engine } from '../protocol/engine';
import { modelAnnotator } from '../protocol/modelName';
import { createEngine } from '../runtime/engine/engine';
import { BratFolder } from './bratFolder';
import { type DocumentRun, runDocuments, type SourceDocument } from './documents';
import { engineOf } from './engineOptions';
import { exitCodes } from './exitCodes';
import { findInputs, standardInput } from './inputs';
import { listenForInterrupt } from './interrupt';
import type { OutputFormat, TagCommandOptions } from './options';
import { type DocumentWriter, OutputClosedError, type Sink, StreamSink, type TaggedDocument } from './sink';
import { checkFiles, chooseEntityTypes } from './use';
import { biocWriter, jsonlWriter, pubtatorWriter, tsvWriter } from './writers';

/** Runs `biobert tag`. @returns the exit code. @throws {CommanderError} on wrong use. */
export async function runTag(
  files: readonly string[],
  options: TagCommandOptions,
  command: Command,
): Promise<number> {
  const paths = files.length > 0 ? files : [standardInput];
  checkFiles(files, options.format === 'brat' ? undefined : options.output, command);
  if (options.format === 'brat' && options.output === undefined) {
    command.error('error: brat writes two files a document. Name their folder with --output.');
  }
  const interrupt = listenForInterrupt();
  const engine = createEngine({ modelPath: options.model, ...engineOf(options, options.quiet) });
  try {
    const inputs = await findInputs(paths, options);
    const model = await engine.load(interrupt.signal);
    const types = chooseEntityTypes(options.types, { known: model.types, option: 'model' }, command);
    const sink = createSink(options, types ?? model.types);
    const { signal } = interrupt;
    const run = { engine, options, types, signal };
    const work: DocumentRun<TaggedDocument>['work'] = (source, report) => tagDocument(source, run, report);
    return await runDocuments({ inputs, options, sink, signal, work });
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

interface TagRun {
  readonly engine: Engine;
  readonly options: TagCommandOptions;
  readonly types: readonly EntityType[] | undefined;
  readonly signal: AbortSignal;
}

async function tagDocument(
  source: SourceDocument,
  { engine, options, types, signal }: TagRun,
  report: (share: number) => void,
): Promise<TaggedDocument> {
  const { name, text, format } = source;
  const { minProbability, consistency } = options;
  const wanted = { minProbability, consistency, ...(types === undefined ? {} : { types }) };
  const request = { document: name, text, format, ...wanted };
  const onProgress = ({ done, total }: { done: number; total: number }) => {
    report(total === 0 ? 0 : done / total);
  };
  try {
    const { entities, model } = await engine.tag(request, { signal, onProgress });
    return { ...source, entities, models: { entities: modelAnnotator(model) } };
  } finally {
    engine.forget(name);
  }
}
