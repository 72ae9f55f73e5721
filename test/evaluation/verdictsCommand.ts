/** The subcommand `verdicts`. */
import { writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { Command } from 'commander';
import { exitCodes } from '../../src/cli/exitCodes';
import type { SetExitCode } from '../../src/cli/runProgram';
import { BioBertError, errorCodes } from '../../src/core/errors';
import type { ClaimParts } from '../../src/core/questions/claimRun';
import { createNameReader } from '../../src/core/questions/passageNames';
import { loadQuestions } from '../../src/runtime/engine/questions';
import { nullLogger } from '../../src/runtime/log';
import { readTerminology } from '../../src/runtime/modelFolders/terminologyFolder';
import { models, type SessionOptions, withSessionOptions } from './run';
import { judgeAll, type JudgedVerdict, readJudgedQuestions, verdictFigures } from './verdicts';

interface VerdictOptions extends SessionOptions {
  readonly split?: string;
  readonly terminology: string;
  readonly evidence?: string;
  readonly mistakes: boolean;
}

export function verdictsCommand(finish: SetExitCode): Command {
  return withSessionOptions(new Command('verdicts'), 'question-answering')
    .description('Verdicts on yes-no questions with given passages.')
    .argument(
      '<file>',
      'JSONL: {"question", "passage" or "passages", "answer": "yes", "no" or "open", "split"}.',
    )
    .option('--terminology <folder>', 'Folder of the terminology.', path.join(models, 'terminology'))
    .option('--split <name>', 'Only the questions of this part of the set.')
    .option('--evidence <file>', 'Write the evidence for each question, which stances-calibrate reads.')
    .option('--mistakes', 'List wrong answers, and sentences on the wrong side.', false)
    .action(async (file: string, options: VerdictOptions) => finish(await run(file, options)));
}

async function run(file: string, options: VerdictOptions): Promise<number> {
  const questions = await readJudgedQuestions(file, options.split);
  const model = await loadQuestions(options.model, { threads: options.threads, log: nullLogger });
  const { stances, config, tokenizer } = model;
  try {
    if (!stances || !config.stance) throw withoutStances(options.model);
    const terminology = await readTerminology(options.terminology);
    const names = terminology && createNameReader(terminology);
    const parts: ClaimParts = { model, tokenizer, config, names, stances, stanceConfig: config.stance };
    const judged = await judgeAll(parts, questions);
    if (options.evidence !== undefined) await writeEvidence(options.evidence, judged);
    if (options.mistakes) for (const each of judged) process.stdout.write(mistakeLines(each));
    const { coverage, right, declined, wrongSide } = verdictFigures(judged);
    const figures = Object.entries({ coverage, right, declined, wrongSide }).map(
      ([name, value]) => `${name} ${value.toFixed(1)}`,
    );
    process.stdout.write(`${questions.length} questions: ${figures.join(', ')}\n`);
  } finally {
    await model.release();
  }
  return exitCodes.ok;
}

function writeEvidence(file: string, judged: readonly JudgedVerdict[]): Promise<void> {
  const lines = judged.map(({ asked: { answer }, evidence: { supports, contradicts, sentences } }) =>
    JSON.stringify({ supports, contradicts, sentences, answer }),
  );
  return writeFile(file, `${lines.join('\n')}\n`);
}

function mistakeLines({ asked, verdict, evidence, wrongSide }: JudgedVerdict): string {
  const { supports, contradicts } = evidence;
  const numbers = `for ${supports.toFixed(2)}, against ${contradicts.toFixed(2)}`;
  const isMissed = verdict.answer === 'open' && asked.answer !== 'open';
  const what = verdict.answer === asked.answer ? '' : isMissed ? 'open' : 'WRONG';
  const head =
    what === '' && wrongSide.length === 0
      ? ''
      : `${what || 'side'}\t${asked.answer}\t${asked.question} (${numbers})\n`;
  return head + wrongSide.map((sentence) => `\t\ton the wrong side: ${sentence}\n`).join('');
}

function withoutStances(model: string): BioBertError {
  return new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    `The question model in ${model} has no stance model.`,
    'Name the folder of the model that ships, or add one with `python -m training stances-export`.',
  );
}
