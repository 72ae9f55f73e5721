/** The subcommand that measures the links to concepts: `linking`. */
import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import type { SetExitCode } from '../../src/cli/runProgram';
import { readProbability } from '../../src/cli/options';
import { createTagger } from '../../src/core/entities/pipeline';
import { defaultMinProbability } from '../../src/core/entities/threshold';
import { Terminology } from '../../src/core/linking/terminology';
import { defaultTask } from '../../src/protocol/tasks';
import { knownNamesOf, loadTagger } from '../../src/runtime/engine/entities';
import { nullLogger } from '../../src/runtime/log';
import { candidateRows, swappedRows } from './knownNames';
import { measureLinking, readLinkedDocuments, writeLinking } from './linking';
import {
  eachFile,
  readText,
  readWholeNumber,
  type SessionOptions,
  terminologyOption,
  withSessionOptions,
} from './run';
import { typeNames } from './typeNames';

/** Writes rows for `python -m training tagger-names`. */
export function candidatesCommand(finish: SetExitCode): Command {
  return withSessionOptions(new Command('candidates'), defaultTask)
    .description(
      'The candidates of the stage in which the terminology helps the tagger, as JSON lines, to fit its weights.',
    )
    .argument('<files...>', 'PubTator files that neither the tagger nor the terminology has learnt from.')
    .addOption(terminologyOption())
    .option('--swapped', 'Only names in the places of names of other types.', false)
    .option('--last-fifth', 'Only the last fifth of each file, which the tagger has not seen.', false)
    .action(async (files: string[], options: LinkingOptions & { lastFifth: boolean; swapped: boolean }) => {
      const terminology = Terminology.open(await readFile(options.terminology));
      const model = await loadTagger(options.model, { threads: options.threads, log: nullLogger });
      const exitCode = await eachFile(files, async (file) => {
        const documents = readLinkedDocuments(await readText(file), typeNames(file, { map: new Map() }));
        const unseen = options.lastFifth
          ? documents.slice(Math.floor((documents.length * 4) / 5))
          : documents;
        const rowsOf = options.swapped ? swappedRows : candidateRows;
        for (const row of await rowsOf(unseen, model, terminology))
          process.stdout.write(`${JSON.stringify(row)}\n`);
      });
      await model.release();
      finish(exitCode);
    });
}

interface LinkingOptions extends SessionOptions {
  readonly terminology: string;
  readonly minProbability: number;
  readonly errors: number;
  readonly goldOnly: boolean;
}

export function linkingCommand(finish: SetExitCode): Command {
  return withSessionOptions(new Command('linking'), defaultTask)
    .description(
      'Concepts of gold mentions, and the concepts of whole documents from the text alone, on PubTator files with identifiers.',
    )
    .argument('<files...>', 'PubTator files.')
    .addOption(terminologyOption())
    .option(
      '-p, --min-probability <number>',
      'Smallest probability of a mention that counts.',
      readProbability,
      defaultMinProbability,
    )
    .option('--gold-only', 'Do not run the tagger: only gold mentions are linked.', false)
    .option('--errors <number>', 'Show this many mistakes of each file.', readWholeNumber, 0)
    .action(async (files: string[], options: LinkingOptions) => finish(await run(files, options)));
}

async function run(files: readonly string[], options: LinkingOptions): Promise<number> {
  const terminology = Terminology.open(await readFile(options.terminology));
  const model = options.goldOnly
    ? undefined
    : await loadTagger(options.model, { threads: options.threads, log: nullLogger });
  const knownNames = model && knownNamesOf(terminology, model.config);
  const tagger = model && createTagger({ ...model, model, knownNames });
  return eachFile(files, async (file) => {
    const documents = readLinkedDocuments(await readText(file), typeNames(file, { map: new Map() }));
    const result = await measureLinking(documents, tagger, terminology, options.minProbability);
    process.stdout.write(writeLinking(file, result));
    for (const mistake of result.mistakes.slice(0, options.errors)) process.stdout.write(`${mistake}\n`);
  }).finally(() => model?.release());
}
