import { type Command, Option } from 'commander';
import { defaultTask } from '../../protocol/tasks';
import { readSource } from '../documents';
import { modelHint } from '../../runtime/engine/modelHint';
import {
  type EngineCommandOptions,
  engineHelp,
  engineOf,
  engineOptions,
  modelFlags,
  modelOption,
} from '../engineOptions';
import { exitCodes } from '../exitCodes';
import { findInputs } from '../inputs';
import { withInterrupt } from '../interrupt';
import { readCount } from '../options';
import { createProgress } from '../progress';
import type { SetExitCode } from '../runProgram';
import { checkFiles } from '../use';
import { type BenchFormat, benchFormats, benchWriters } from './speedReport';
import { runBench } from './run';
import { type BenchText, taskOfFolder } from './tasks';
import { TextMaker } from './texts';

interface BenchCommandOptions extends EngineCommandOptions {
  readonly format: BenchFormat;
  readonly model: string;
  /** Folder of the tagger that finds the mentions. */
  readonly tagger: string;
  readonly rounds: number;
  readonly quiet: boolean;
}

/** `biobert bench`. @param models The folder of the models that ship. */
export function addBenchCommand(program: Command, setExitCode: SetExitCode, models: string): void {
  const command = program
    .command('bench')
    .summary('Measure how fast a model is here.')
    .description(
      'Measures a model of entities, relations or questions on this machine, or behind a server: loading, tokens, pairs or passages a second, the wait for one sentence, memory. Texts are the documents that are named, or made-up abstracts.',
    )
    .argument('[files...]', 'Documents to read. (default: 40 made-up abstracts of 250 words)')
    .addOption(new Option('-f, --format <format>', 'What is written.').choices(benchFormats).default('text'))
    .addOption(modelOption(defaultTask, models, { flags: modelFlags, help: 'Another model, of any task.' }))
    .addOption(modelOption(defaultTask, models, { help: 'Finds the mentions that are related.' }))
    .option('--rounds <number>', 'Each from loading to the end; medians are reported.', readCount, 5)
    .option('-q, --quiet', 'No progress bar.', false)
    .addHelpText('after', help)
    .action(async (files: string[], options: BenchCommandOptions, own: Command) => {
      setExitCode(await runBenchCommand(files, options, own));
    });
  for (const option of engineOptions()) command.addOption(option);
}

const help = `
Each round makes an engine, loads the model, works on sentences one by one and then on all texts, and lets go of it, so
that no round answers from another's memory. Mentions are found and passages cut beforehand; a model of questions is
asked one question of every text. Tokens are word pieces with the marks around sentences, as the model reads them;
padding does not count. Memory is the most that this process held, with the texts and the runtime; a server's is not in it.
Other programs that run meanwhile make figures worse: the load of the machine is written beside them.
${engineHelp}
Exit codes: 0 done; 1 it cannot be measured; 2 wrong use; 130 interrupted.`;

async function runBenchCommand(
  files: readonly string[],
  options: BenchCommandOptions,
  command: Command,
): Promise<number> {
  if (files.length > 0) checkFiles(files, undefined, command);
  const { model, tagger, rounds, quiet } = options;
  const isShown = process.stderr.isTTY && !quiet;
  const progress = createProgress({ documents: rounds, isShown, stream: process.stderr, verb: 'Measuring' });
  return withInterrupt(async ({ signal }) => {
    try {
      const texts = files.length > 0 ? await readTexts(files, { signal, quiet }) : madeUpTexts();
      const task = await taskOfFolder(model);
      const modelPaths = { [defaultTask]: tagger, [task]: model };
      const engine = { modelPaths, ...engineOf(options, quiet) };
      const onRound = (done: number) => progress.update(done);
      const run = { engine, task, texts, rounds, signal, onRound };
      const result = await runBench(run).catch(modelHint('a model', '--model'));
      progress.stop();
      const { threads, device, engineUrl } = options;
      const source = files.length > 0 ? 'files' : 'made-up abstracts';
      process.stdout.write(benchWriters[options.format](result, { source, threads, device, engineUrl }));
      return exitCodes.ok;
    } finally {
      progress.stop();
    }
  });
}

function madeUpTexts(): readonly BenchText[] {
  return new TextMaker(1)
    .abstracts(40)
    .map((text, index) => ({ document: `abstract ${index}`, text, format: 'plain' }));
}

/** @throws {BioBertError} where one of them cannot be read: figures of the others would be of something else. */
async function readTexts(
  files: readonly string[],
  { signal, quiet }: { readonly signal: AbortSignal; readonly quiet: boolean },
): Promise<readonly BenchText[]> {
  const options = { language: 'auto', quiet: true };
  const progress = createProgress({ documents: 1, isShown: false, stream: process.stderr });
  const texts: BenchText[] = [];
  for (const { path: file, error } of await findInputs(files, { recursive: true, quiet })) {
    if (error) throw error;
    const { source } = await readSource(file, options, { signal, progress });
    texts.push({ document: file, text: source.text, format: source.format });
  }
  return texts;
}
