import * as path from 'node:path';
import { Command, Option } from 'commander';
import { createReader } from '../../../src/core/questions/reader';
import { loadQuestions } from '../../../src/runtime/engine/questions';
import { nullLogger } from '../../../src/runtime/log';
import { exitCodes } from '../../../src/cli/exitCodes';
import { readThreads } from '../../../src/cli/engineOptions';
import { readCount } from '../../../src/cli/options';
import { runProgram } from '../../../src/cli/runProgram';
import type { BioasqYear } from './corpora';
import { type Figures, measures, years } from './measure';

interface QuestionAccuracyOptions {
  readonly model: string;
  readonly threads: number;
  readonly sets: readonly string[];
  readonly years: readonly BioasqYear[];
  readonly limit?: number;
  readonly among?: string;
  readonly json: boolean;
}

/** Runs `npm run accuracy -- questions`. @returns the exit code. Never rejects. */
export function measureQuestions(args: readonly string[]): Promise<number> {
  return runProgram(args, (setExitCode) =>
    createProgram(async (root, options) => setExitCode(await run(root, options))),
  );
}

function createProgram(action: (root: string, options: QuestionAccuracyOptions) => Promise<void>): Command {
  const model = path.join(__dirname, '..', 'models', 'questions');
  return new Command('accuracy questions')
    .description('Measures question answering and retrieval through the product: text in, answers out.')
    .argument('<corpora>', 'Folder of the unpacked corpora.')
    .option('-m, --model <folder>', 'Model folder.', model)
    .option('--threads <number>', 'Threads of the model; 0: half the cores, at most 4.', readThreads, 0)
    .addOption(
      new Option('-s, --sets <names...>', 'What is measured.')
        .choices(Object.keys(measures))
        .default(Object.keys(measures)),
    )
    .addOption(
      new Option('-y, --years <years...>', 'BioASQ years; the model must not have seen them.')
        .choices([...years])
        .default(['7b']),
    )
    .option('--limit <number>', 'Only the first questions of each set.', readCount)
    .option('--among <file>', 'For retrieval: other passages to search, one a line.')
    .option('--json', 'Write JSON.', false)
    .exitOverride()
    .action(action);
}

async function run(root: string, options: QuestionAccuracyOptions): Promise<number> {
  const model = await loadQuestions(options.model, { threads: options.threads, log: nullLogger });
  const reader = createReader({ ...model, model });
  const rows: Figures[] = [];
  try {
    for (const set of options.sets) {
      const found = (await measures[set]?.(reader, { root, ...options })) ?? [];
      rows.push(...found);
      if (!options.json) for (const row of found) process.stdout.write(`${line(row)}\n`);
    }
  } finally {
    await model.release();
  }
  const { name, version, hash, runtime } = model.info;
  if (options.json)
    process.stdout.write(`${JSON.stringify({ model: { name, version, hash, runtime }, rows })}\n`);
  return exitCodes.ok;
}

function line({ set, questions, figures }: Figures): string {
  const cells = Object.entries(figures).map(([name, value]) => `${name} ${value.toFixed(2)}`);
  return `${set} (${questions}): ${cells.join(', ')}`;
}
