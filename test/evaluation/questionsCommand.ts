/** The subcommand `questions`. */
import * as path from 'node:path';
import { Command, Option } from 'commander';
import type { SetExitCode } from '../../src/cli/runProgram';
import { exitCodes } from '../../src/cli/exitCodes';
import { readCount } from '../../src/cli/options';
import { openAnswerReader } from './answerReader';
import type { BioasqYear } from './questions/corpora';
import { type Figures, measures, years } from './questions/measure';
import { identityOf } from './report';
import { models, type SessionOptions, withSessionOptions } from './run';

interface QuestionAccuracyOptions extends SessionOptions {
  readonly sets: readonly string[];
  readonly years: readonly BioasqYear[];
  readonly limit?: number;
  readonly among?: string;
  readonly tagger: string;
  readonly terminology: string;
  readonly json: boolean;
}

export function questionsCommand(finish: SetExitCode): Command {
  return withSessionOptions(new Command('questions'), 'question-answering')
    .description('Question answering and retrieval through the product: text in, answers out.')
    .argument('<corpora>', 'Folder of the unpacked corpora.')
    .addOption(
      new Option('-s, --sets <names...>', 'Sets to measure.')
        .choices(Object.keys(measures))
        .default(Object.keys(measures).filter((name) => name !== 'development')),
    )
    .addOption(
      new Option('-y, --years <years...>', 'Years of BioASQ. The model must not have been trained on them.')
        .choices([...years])
        .default(['7b']),
    )
    .option('--limit <number>', 'Only the first questions of each set.', readCount)
    .option('--among <file>', 'For retrieval: other passages to search, one a line.')
    .option('--tagger <folder>', 'Model folder of the tagger.', path.join(models, 'tagger'))
    .option('--terminology <folder>', 'Folder of a terminology.', path.join(models, 'terminology'))
    .option('--json', 'Write JSON.', false)
    .action(async (root: string, options: QuestionAccuracyOptions) => finish(await run(root, options)));
}

async function run(root: string, options: QuestionAccuracyOptions): Promise<number> {
  const { model: questions, tagger, terminology } = options;
  const reader = await openAnswerReader({ questions, tagger, terminology }, options.threads);
  const rows: Figures[] = [];
  try {
    for (const set of options.sets) {
      const found = (await measures[set]?.(reader, { root, ...options })) ?? [];
      rows.push(...found);
      if (!options.json) for (const row of found) process.stdout.write(`${line(row)}\n`);
    }
  } finally {
    await reader.release();
  }
  if (options.json) process.stdout.write(`${JSON.stringify({ model: identityOf(reader.info), rows })}\n`);
  return exitCodes.ok;
}

function line({ set, questions, figures }: Figures): string {
  const cells = Object.entries(figures).map(([name, value]) => `${name} ${value.toFixed(2)}`);
  return `${set} (${questions}): ${cells.join(', ')}`;
}
