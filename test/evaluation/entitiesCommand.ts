/** The subcommands that measure the tagger: `entities`, `repeats` and `phenomena`. */
import { Command, InvalidArgumentError } from 'commander';
import type { SetExitCode } from '../../src/cli/runProgram';
import { defaultTask } from '../../src/protocol/tasks';
import { exitCodes } from '../../src/cli/exitCodes';
import { readProbability } from '../../src/cli/options';
import { defaultMinProbability } from '../../src/core/entities/threshold';
import type { EntityType } from '../../src/core/types';
import { Terminology } from '../../src/core/linking/terminology';
import { knownNamesOf, loadTagger } from '../../src/runtime/engine/entities';
import type { LoadedTagger } from '../../src/runtime/engine/requestContext';
import { nullLogger } from '../../src/runtime/log';
import { readMarkedSentences } from './markedSentences';
import { measureFile, type MeasureOptions } from './measure';
import { measurePhenomena } from './phenomena';
import { measureRepeats, writeRepeats } from './repeats';
import {
  type FileResult,
  phenomenaToJson,
  toJson,
  writeMistakes,
  writePhenomena,
  writePhenomenonMistakes,
  writeReliability,
  writeTable,
} from './report';
import {
  eachFile,
  ownFile,
  readAll,
  readBytes,
  readWholeNumber,
  readText,
  terminologyOption,
  type SessionOptions,
  withSessionOptions,
} from './run';

interface TaggerOptions extends SessionOptions {
  /** The file of the terminology that helps the tagger. False: the model decides alone. */
  readonly terminology: string | false;
  readonly minProbability: number;
  readonly json: boolean;
}

type EntityOptions = TaggerOptions & MeasureOptions & { readonly errors: number };

export function entitiesCommand(finish: SetExitCode): Command {
  return taggerCommand('entities')
    .description('Strict entity-level precision, recall and F1 on annotated corpora. The default subcommand.')
    .argument('<files...>', 'Token-per-line files (token, tab, IOB tag) or PubTator files.')
    .option('--per-sentence', 'Tag each sentence of a token-per-line file by itself. This is the default.')
    .option('--document', 'Join its sentences to abstracts, and let the product split them.', false)
    .option('--map <names>', 'Types of the corpus in terms of ours: DNA=Gene,RNA=-', readMap, new Map())
    .option('--type <type>', 'Meaning of bare B and I tags. (default: from the name of the file)')
    .option('--collapse', 'Count all types of a corpus as one: is a name found, whatever its type?', false)
    .option(
      '--consistency',
      'Make each document consistent, as the product does. For PubTator files and --document.',
      false,
    )
    .option('--calibration', 'Reliability of the probabilities. With --json also the raw pairs.', false)
    .option(
      '--errors <number>',
      'Show this many mistakes of each file, in their sentences.',
      readWholeNumber,
      0,
    )
    .action(async (files: string[], options: EntityOptions) => finish(await runEntities(files, options)));
}

export function repeatsCommand(finish: SetExitCode): Command {
  return taggerCommand('repeats')
    .description('Repeats of marked names that stay unmarked, without and with the consistency stage.')
    .argument('<documents...>', 'Documents; they need no annotation.')
    .action(async (files: string[], options: TaggerOptions) => finish(await runRepeats(files, options)));
}

export function phenomenaCommand(finish: SetExitCode): Command {
  return taggerCommand('phenomena')
    .description('F1 by phenomenon, on sentences that were written to break taggers.')
    .argument('[files...]', 'Marked sentences. (default: test/accuracy/phenomena.txt)', [
      ownFile('phenomena.txt'),
    ])
    .option('--errors <number>', 'Show this many mistakes.', readWholeNumber, 0)
    .action(async (files: string[], options: EntityOptions) => finish(await runPhenomena(files, options)));
}

function taggerCommand(name: string): Command {
  return withSessionOptions(new Command(name), defaultTask)
    .option(
      '-p, --min-probability <number>',
      'Smallest probability of a prediction that counts.',
      readProbability,
      defaultMinProbability,
    )
    .addOption(terminologyOption())
    .option('--no-terminology', 'The model decides alone.')
    .option('--json', 'Write JSON.', false);
}

/** Reads `DNA=Gene,RNA=-`. The option may be repeated. */
function readMap(value: string, previous: ReadonlyMap<string, EntityType>): ReadonlyMap<string, EntityType> {
  const pairs = value.split(',').map((pair) => {
    const [from, to] = pair.split('=').map((name) => name.trim());
    if (!from || !to) throw new InvalidArgumentError('It is a list such as DNA=Gene,RNA=-');
    return [from.toLowerCase(), to] as const;
  });
  return new Map([...previous, ...pairs]);
}

async function withTagger<T>(
  { model: folder, threads, terminology: file }: TaggerOptions,
  measure: (model: LoadedTagger) => Promise<T>,
): Promise<T> {
  const terminology = file === false ? undefined : Terminology.open(await readBytes(file));
  const model = await loadTagger(folder, { threads, log: nullLogger });
  // The parts of a tagger are those of the loaded model.
  const helped = { ...model, knownNames: knownNamesOf(terminology, model.config) };
  return measure(helped).finally(() => model.release());
}

function runEntities(files: readonly string[], options: EntityOptions): Promise<number> {
  return withTagger(options, async (model) => {
    const results: FileResult[] = [];
    const exitCode = await eachFile(files, async (file) => {
      results.push(...(await measureFile(file, await readText(file), { model, options })));
    });
    process.stdout.write(
      options.json ? toJson(model.info, results, options) : toText(model, results, options),
    );
    return exitCode;
  });
}

function toText(model: LoadedTagger, results: readonly FileResult[], options: EntityOptions): string {
  const table = writeTable(model.info, results, options);
  const reliability = results.map(writeReliability).join('');
  const mistakes =
    options.errors > 0 ? results.map((result) => writeMistakes(result, options.errors)).join('') : '';
  return table + reliability + mistakes;
}

async function runRepeats(files: readonly string[], options: TaggerOptions): Promise<number> {
  const sources = await Promise.all(files.map(async (file) => ({ file, bytes: await readBytes(file) })));
  return withTagger(options, async (model) => {
    const counts = await measureRepeats(sources, model, options.minProbability);
    process.stdout.write(options.json ? `${JSON.stringify(counts)}\n` : writeRepeats(counts));
    return exitCodes.ok;
  });
}

async function runPhenomena(files: readonly string[], options: EntityOptions): Promise<number> {
  const sentences = await readAll(files, readMarkedSentences);
  return withTagger(options, async (model) => {
    const result = await measurePhenomena(sentences, model, options.minProbability);
    const table = () => writePhenomena(model.info, result) + writePhenomenonMistakes(result, options.errors);
    process.stdout.write(options.json ? phenomenaToJson(model.info, result) : table());
    return exitCodes.ok;
  });
}
