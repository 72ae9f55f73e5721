/** The subcommand that measures the links to concepts: `linking`. */
import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import type { SetExitCode } from '../../src/cli/runProgram';
import { readProbability } from '../../src/cli/options';
import { createTagger } from '../../src/core/entities/pipeline';
import { defaultMinProbability } from '../../src/core/entities/threshold';
import { Terminology } from '../../src/core/linking/terminology';
import { defaultTask } from '../../src/protocol/tasks';
import { loadTagger } from '../../src/runtime/engine/entities';
import { nullLogger } from '../../src/runtime/log';
import { measureLinking, readLinkedDocuments, writeLinking } from './linking';
import { eachFile, models, readText, readWholeNumber, type SessionOptions, withSessionOptions } from './run';
import { typeNames } from './typeNames';

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
    .option('--terminology <file>', 'The file of a terminology.', `${models}/terminology/terms.bin`)
    .option('-p, --min-probability <number>', 'Smallest probability of a mention that counts.', readProbability, defaultMinProbability)
    .option('--gold-only', 'Do not run the tagger: only gold mentions are linked.', false)
    .option('--errors <number>', 'Show this many mistakes of each file.', readWholeNumber, 0)
    .action(async (files: string[], options: LinkingOptions) => finish(await run(files, options)));
}

async function run(files: readonly string[], options: LinkingOptions): Promise<number> {
  const terminology = Terminology.open(await readFile(options.terminology));
  const model = options.goldOnly
    ? undefined
    : await loadTagger(options.model, { threads: options.threads, log: nullLogger });
  const tagger = model && createTagger({ ...model, model });
  return eachFile(files, async (file) => {
    const documents = readLinkedDocuments(await readText(file), typeNames(file, { map: new Map() }));
    const result = await measureLinking(documents, tagger, terminology, options.minProbability);
    process.stdout.write(writeLinking(file, result));
    for (const mistake of result.mistakes.slice(0, options.errors)) process.stdout.write(`${mistake}\n`);
  }).finally(() => model?.release());
}
