import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { defaultMinProbability } from '../../src/core/entities/threshold';
import { BioBertError, errorCodes } from '../../src/core/errors';
import type { EntityType } from '../../src/core/types';
import { loadTagger } from '../../src/runtime/engine/entities';
import type { LoadedTagger } from '../../src/runtime/engine/requestContext';
import { loadRelations } from '../../src/runtime/engine/relations';
import { nullLogger } from '../../src/runtime/log';
import { decodeText } from '../../src/cli/decodeText';
import { exitCodes } from '../../src/cli/exitCodes';
import { readThreads } from '../../src/cli/engineOptions';
import { readProbability } from '../../src/cli/options';
import { errorLine, fileError } from '../../src/cli/report';
import { runProgram } from '../../src/cli/runProgram';
import { type MarkedSentence, readMarkedSentences } from './markedSentences';
import { measureFile, type MeasureOptions } from './measure';
import { measurePhenomena } from './phenomena';
import { readRelationCorpus } from './relationCorpus';
import { measureRelations, type RelationMeasure, writeRelationTable } from './relations';
import { measureRepeats, writeRepeats } from './repeats';
import {
  type FileResult,
  phenomenaToJson,
  toJson,
  writeMistakes,
  writePhenomena,
  writePhenomenonMistakes,
  writeReliability,
  writeStatements,
  writeTable,
} from './report';
import { measureStatements, readStatements, type Statement } from './statements';

interface AccuracyOptions extends MeasureOptions {
  readonly model: string;
  readonly threads: number;
  readonly errors: number;
  readonly json: boolean;
  /** Folder of a relation model; the files are relation corpora. */
  readonly relations?: string;
  readonly predicted: boolean;
  readonly overlap: boolean;
  /** The files are texts that state relations. */
  readonly statements: boolean;
  /** The files are marked sentences. */
  readonly phenomena: boolean;
  /** The files are documents without gold answers. */
  readonly repeats: boolean;
}

/** Runs `npm run accuracy`. @returns the exit code. Never rejects. */
export function main(args: readonly string[]): Promise<number> {
  return runProgram(args, (setExitCode) =>
    createProgram(async (files, options) => setExitCode(await run(files, options))),
  );
}

function createProgram(action: (files: string[], options: AccuracyOptions) => Promise<void>): Command {
  return new Command('accuracy')
    .description(
      'Measures the tagger on annotated corpora, text in, spans out: strict entity-level precision, recall and F1.',
    )
    .argument('[files...]', 'Token-per-line files (token, tab, IOB tag) or PubTator files.')
    .option('-m, --model <folder>', 'Model folder.', path.join(__dirname, '..', 'models', 'tagger'))
    .option('--threads <number>', 'Threads of the model; 0: half the cores, at most 4.', readThreads, 0)
    .option(
      '-p, --min-probability <number>',
      'Least probability of a prediction.',
      readProbability,
      defaultMinProbability,
    )
    .option('--per-sentence', 'Each sentence of a token-per-line file on its own. This is the default.')
    .option('--document', 'Rejoin its sentences to abstracts, and let our own rules split them.', false)
    .option('--map <names>', 'Corpus names of types, as DNA=Gene,RNA=-', readMap, new Map())
    .option('--type <type>', 'What bare B and I tags mean. (default: by file name)')
    .option('--collapse', 'All types of a corpus as one: where a name is, not what it is.', false)
    .option(
      '--consistency',
      'Make the decisions about each document agree, as the product does: for PubTator files and --document.',
      false,
    )
    .option('--repeats', 'On documents: repeats of marked names left unmarked, without and with it.', false)
    .option('--phenomena', 'By phenomenon, on marked sentences; without files, on our own.', false)
    .option('--statements', 'With --relations: on texts that state them; without files, on our own.', false)
    .option('--calibration', 'Reliability of the probabilities; with --json the raw pairs too.', false)
    .option('--errors <number>', 'Show so many mistakes of each file, in their sentences.', readCount, 0)
    .option('--json', 'Write JSON.', false)
    .option('--relations <folder>', 'Measure this relation model on relation corpora, given their mentions.')
    .option('--predicted', 'With --relations: on the mentions that the tagger finds.', false)
    .option('--overlap', 'With --predicted: a mention is the gold one of its type that it overlaps.', false)
    .configureOutput({
      outputError: (message, write) => write(`accuracy: ${message.replace(/^error: /, '')}`),
    })
    .exitOverride()
    .action(action);
}

function readMap(value: string, previous: ReadonlyMap<string, EntityType>): ReadonlyMap<string, EntityType> {
  const pairs = value.split(',').map((pair) => {
    const [from, to] = pair.split('=').map((name) => name.trim());
    if (!from || !to) throw new InvalidArgumentError('It is a list such as DNA=Gene,RNA=-');
    return [from.toLowerCase(), to] as const;
  });
  return new Map([...previous, ...pairs]);
}

function readCount(value: string): number {
  if (/^\d+$/.test(value)) return Number(value);
  throw new InvalidArgumentError('It is a whole number.');
}

async function run(files: readonly string[], options: AccuracyOptions): Promise<number> {
  if (options.phenomena) return runPhenomena(files.length > 0 ? files : [ownSentences], options);
  if (options.statements) return runStatements(files.length > 0 ? files : [ownStatements], options);
  if (files.length === 0) throw noFiles();
  if (options.relations !== undefined) return runRelations(files, options);
  if (options.repeats) return runRepeats(files, options);
  const model = await loadTagger(options.model, { threads: options.threads, log: nullLogger });
  const results: FileResult[] = [];
  let failed = 0;
  try {
    for (const file of files) {
      try {
        results.push(...(await measureFile(file, await readText(file), { model, options })));
      } catch (error) {
        failed += 1;
        process.stderr.write(errorLine(error, file));
      }
    }
  } finally {
    await model.release();
  }
  process.stdout.write(options.json ? toJson(model.info, results, options) : toText(model, results, options));
  return failed > 0 ? exitCodes.failed : exitCodes.ok;
}

function noFiles(): BioBertError {
  return new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    'No file is named.',
    'Name annotated files, or measure our own sentences with --phenomena.',
  );
}

async function runRepeats(files: readonly string[], options: AccuracyOptions): Promise<number> {
  const sources = await Promise.all(files.map(async (file) => ({ file, bytes: await readBytes(file) })));
  const model = await loadTagger(options.model, { threads: options.threads, log: nullLogger });
  try {
    const counts = await measureRepeats(sources, model, options.minProbability);
    process.stdout.write(options.json ? `${JSON.stringify(counts)}\n` : writeRepeats(counts));
  } finally {
    await model.release();
  }
  return exitCodes.ok;
}

const ownSentences = path.join(__dirname, '..', 'test', 'accuracy', 'phenomena.txt');

async function runPhenomena(files: readonly string[], options: AccuracyOptions): Promise<number> {
  const sentences: MarkedSentence[] = [];
  for (const file of files) sentences.push(...readMarkedSentences(await readText(file)));
  const model = await loadTagger(options.model, { threads: options.threads, log: nullLogger });
  try {
    const result = await measurePhenomena(sentences, model, options.minProbability);
    const table = () => writePhenomena(model.info, result) + writePhenomenonMistakes(result, options.errors);
    process.stdout.write(options.json ? phenomenaToJson(model.info, result) : table());
  } finally {
    await model.release();
  }
  return exitCodes.ok;
}

const ownStatements = path.join(__dirname, '..', 'test', 'accuracy', 'relations.txt');

async function runStatements(files: readonly string[], options: AccuracyOptions): Promise<number> {
  const statements: Statement[] = [];
  for (const file of files) statements.push(...readStatements(await readText(file)));
  await withRelations(options, async (models) => {
    const result = await measureStatements(statements, models);
    process.stdout.write(writeStatements(models.relations.info, result, options.errors));
  });
  return exitCodes.ok;
}

/** Loads the relation model that is named, and the tagger where its mentions are wanted. */
async function withRelations(
  { relations: folder, model, threads, predicted }: AccuracyOptions,
  measure: (models: Pick<RelationMeasure, 'relations' | 'tagger'>) => Promise<void>,
): Promise<void> {
  if (folder === undefined) {
    throw new BioBertError(
      errorCodes.ARGUMENT_INVALID,
      'No relation model is named.',
      'Name its folder: --relations models/relations',
    );
  }
  const session = { threads, log: nullLogger };
  const relations = await loadRelations(folder, session);
  try {
    const tagger = predicted ? await loadTagger(model, session) : undefined;
    await measure({ relations, tagger }).finally(() => tagger?.release());
  } finally {
    await relations.release();
  }
}

function readBytes(file: string): Promise<Uint8Array> {
  return readFile(file).catch((error: unknown) => {
    throw fileError(error, 'read');
  });
}

async function readText(file: string): Promise<string> {
  return decodeText(await readBytes(file)).text;
}

async function runRelations(files: readonly string[], options: AccuracyOptions): Promise<number> {
  const match = options.overlap ? 'overlap' : 'strict';
  let failed = 0;
  await withRelations(options, async (models) => {
    for (const file of files) {
      try {
        const result = await measureRelations(await readRelationCorpus(file), { ...models, match });
        process.stdout.write(writeRelationTable(file, result));
      } catch (error) {
        failed += 1;
        process.stderr.write(errorLine(error, file));
      }
    }
  });
  return failed > 0 ? exitCodes.failed : exitCodes.ok;
}

function toText(model: LoadedTagger, results: readonly FileResult[], options: AccuracyOptions): string {
  const table = writeTable(model.info, results, options);
  const reliability = results.map(writeReliability).join('');
  const mistakes =
    options.errors > 0 ? results.map((result) => writeMistakes(result, options.errors)).join('') : '';
  return table + reliability + mistakes;
}
