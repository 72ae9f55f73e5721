import * as path from 'node:path';
import { type Command, Option } from 'commander';
import { BioBertError, errorCodes } from '../core/errors';
import { checkPassages, checkQuestion } from '../core/questions/check';
import type { SourcePassage } from '../core/questions/placedAnswers';
import { isPublished } from '../core/records/published';
import type { QuestionKind, TextPassage } from '../core/types';
import { type AnswerLimit, answerLimit } from '../protocol/answerLimit';
import type { ConceptEngine, QuestionAbilities, QuestionEngine, ReadingReport } from '../protocol/engine';
import { askPassages } from '../runtime/questions/askPassages';
import { type AnswerFormat, answerFormats, answerWriters } from './answerWriters';
import { runDocuments, type DocumentOptions, type SourceDocument } from './documents';
import { loadModel, withEngine } from './engine';
import {
  type EngineCommandOptions,
  engineHelp,
  engineOf,
  engineOptions,
  modelFlags,
  modelOption,
} from './engineOptions';
import { exitCodes } from './exitCodes';
import { findInputs, standardInput } from './inputs';
import { encodingOption, languageOption, readCount, readProbability } from './options';
import { errorLine } from './report';
import type { SetExitCode } from './runProgram';
import { checkFiles } from './use';

/** The parsed options of `biobert ask`. */
export interface AskCommandOptions extends DocumentOptions, EngineCommandOptions {
  readonly format: AnswerFormat;
  /** Folder of the question model. */
  readonly model: string;
  /** Default: recognised from the words of the question. */
  readonly kind?: QuestionKind;
  readonly maxAnswers?: number;
  readonly minProbability?: number;
  readonly recursive: boolean;
  /** Whether drafts and notes are left out. */
  readonly recordsOnly: boolean;
  /** Whether passages are also found by other names of what the question names. */
  readonly synonyms: boolean;
  /** Folder of the terminology that has these names. */
  readonly terminology: string;
}

/** Adds the command `biobert ask`. @param models The folder of the models that ship. */
export function addAskCommand(program: Command, setExitCode: SetExitCode, models: string): void {
  const command = program
    .command('ask')
    .summary('Ask a question about documents.')
    .description(
      'Answers a question from documents, with the sentences that answer it: names and numbers, lists, or yes and no. Of many documents only the passages that fit the question best are read.',
    )
    .argument('<question>', 'In one sentence, as in "Which gene causes Huntington disease?"')
    .argument('[files...]', 'Documents; - is standard input, which is also read where no file is named.')
    .addOption(new Option('-f, --format <format>', 'What is written.').choices(answerFormats).default('text'))
    .addOption(
      new Option('-k, --kind <kind>', 'What is asked for. (default: by the words of the question)').choices([
        'factoid',
        'list',
        'yesno',
      ]),
    )
    .option('-n, --max-answers <number>', 'At most so many. (default: 5, for a list 30)', readCount)
    .option('-p, --min-probability <number>', 'Leave out less probable answers.', readProbability)
    .addOption(languageOption())
    .option('-r, --recursive', 'Read the documents in folders that are named.', false)
    .option(
      '--records-only',
      'Read publications and records only, no drafts and notes, and no pages that name no publication.',
      false,
    )
    .addOption(encodingOption())
    .addOption(modelOption('question-answering', models, { flags: modelFlags }))
    .option('--no-synonyms', 'Search for the names in the question only, and for no other names of the same.')
    .option(
      '--terminology <folder>',
      'Another terminology, which has the other names.',
      path.join(models, 'terminology'),
    )
    .option('-q, --quiet', 'No progress bar and no warnings.', false)
    .addHelpText('after', help)
    .action(async (question: string, files: string[], options: AskCommandOptions, command: Command) => {
      setExitCode(await runAsk(question, files, options, command));
    });
  for (const option of engineOptions()) command.addOption(option);
}

const help = `
Formats:
  text   Answers with their sentences, for people.
  jsonl  One line an answer, best first: {"document", "start", "end", "text", "otherNames", "probability", "sentence":
         {"start", "end", "text"}, "alsoIn": [{"document", "start", "end"}]}; "otherNames" only if there are any. For yes and
         no one line {"verdict": "yes", "no" or "open", "probabilities": {"yes", "no", "open"}, "papers": {"supports",
         "contradicts"}, "sentences": [{"document", "start", "end", "text", "stance", "probability"}]}.
  Offsets count UTF-16 code units of the file's text, without its byte order mark.

Examples:
  biobert ask "Which gene causes Huntington disease?" paper.md
  biobert ask --format jsonl "Does aspirin prevent colorectal cancer?" *.nbib
  biobert ask --recursive "List drugs that inhibit EGFR." papers/
${engineHelp}
Exit codes: 0 answered; 1 some documents failed; 2 wrong use; 3 nothing answers; 130 interrupted.`;

/**
 * Runs `biobert ask`.
 * @returns the exit code.
 * @throws {CommanderError} if the arguments are wrong, {@link BioBertError}.
 */
export async function runAsk(
  question: string,
  files: readonly string[],
  options: AskCommandOptions,
  command: Command,
): Promise<number> {
  checkFiles(files, undefined, command);
  checkQuestion(question);
  const modelPaths = { 'question-answering': options.model };
  const terminologyPath = options.synonyms ? options.terminology : undefined;
  const setup = { modelPaths, terminologyPath, ...engineOf(options, options.quiet) };
  return withEngine(setup, async (engine, { signal }) => {
    const run = { engine, signal, options };
    const { questions } = await loadModel(engine, 'question-answering', signal, '--model');
    const passages: SourcePassage[] = [];
    const read = await readDocuments(files.length > 0 ? files : [standardInput], run, passages);
    if (passages.length === 0) {
      if (read === exitCodes.failed || !options.recordsOnly) return exitCodes.failed;
      if (!options.quiet) process.stderr.write(noRecordsLine());
      return exitCodes.noAnswer;
    }
    const isAnswered = await answer(question, passages, { ...run, questions });
    if (read === exitCodes.failed) return read;
    return isAnswered ? read : exitCodes.noAnswer;
  });
}

interface AskRun {
  readonly engine: QuestionEngine & ConceptEngine & { forget(document: string): void };
  readonly signal: AbortSignal;
  readonly options: AskCommandOptions;
}

interface SplitDocument extends ReadingReport {
  readonly name: string;
  readonly documentPassages: readonly TextPassage[];
}

/** Splits the documents into passages. A document that fails is reported and skipped. @returns the exit code. */
async function readDocuments(
  files: readonly string[],
  { engine, signal, options }: AskRun,
  passages: SourcePassage[],
): Promise<number> {
  const inputs = await findInputs(files, options);
  const work = async ({ name, text, format }: SourceDocument): Promise<SplitDocument> => {
    try {
      const { passages, simplified, unread } = await engine.passages(
        { document: name, text, format },
        { signal },
      );
      if (options.recordsOnly && !isPublished(name, format, passages[0]?.publication))
        return { name, documentPassages: [] };
      checkPassages(passages.map((passage) => passage.text));
      return { name, documentPassages: passages, simplified, unread };
    } finally {
      engine.forget(name);
    }
  };
  const sink = {
    open: () => Promise.resolve(),
    write: ({ name, documentPassages }: SplitDocument) => {
      for (const passage of documentPassages) passages.push({ document: name, passage });
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
  return runDocuments({ inputs, options, sink, signal, work });
}

/** Answers the question and writes the answers to standard output. @returns whether there is an answer. */
async function answer(
  question: string,
  passages: readonly SourcePassage[],
  { engine, signal, options, questions }: AskRun & { readonly questions: QuestionAbilities | undefined },
): Promise<boolean> {
  const { format, kind, maxAnswers, minProbability, quiet } = options;
  const asked = { question, passages, kind, maxAnswers, minProbability };
  const { result, read } = await askPassages(asked, { engine, abilities: questions, signal });
  process.stdout.write(answerWriters[format](result, read));
  const { verdict, answers } = result;
  const limit = answerLimit(result);
  if (limit !== undefined && !quiet) process.stderr.write(`${result.model.name} ${limitWords[limit]}\n`);
  const isAnswered = verdict ? verdict.answer !== 'open' : answers.length > 0;
  if (!isAnswered && !quiet) process.stderr.write(nothingLine(verdict !== undefined, read.length));
  return isAnswered;
}

const limitWords: Readonly<Record<AnswerLimit, string>> = {
  'no-verdict': 'does not decide between yes and no: these places bear on the question.',
  'always-answers': 'always names something, even where nothing answers: read the sentences.',
};

function noRecordsLine(): string {
  return errorLine(
    new BioBertError(
      errorCodes.ANSWER_NOT_FOUND,
      'None of the documents is a publication or holds records of publications.',
      'Name papers or exports of records, or ask without --records-only.',
    ),
  );
}

function nothingLine(isVerdict: boolean, read: number): string {
  const what = isVerdict ? 'do not settle it' : 'do not answer it';
  const step = isVerdict
    ? 'Read the sentences, ask in other words, or name more documents.'
    : 'Ask in other words, name more documents, or lower --min-probability.';
  return errorLine(
    new BioBertError(errorCodes.ANSWER_NOT_FOUND, `The ${read} passages that were read ${what}.`, step),
  );
}
