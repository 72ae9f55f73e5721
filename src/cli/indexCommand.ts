import { stat } from 'node:fs/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { writeJsonIndexed } from '../core/exports/jsonl';
import type { EntityType } from '../core/types';
import type { BioBertEngine } from '../protocol/engine';
import { defaultTask } from '../protocol/tasks';
import { type FolderOutcome, runFolder } from '../runtime/files/folderRun';
import { type DocumentOptions, readSource } from './documents';
import { loadModel, withEngine } from './engine';
import { type EngineCommandOptions, engineHelp, engineOf, engineOptions, modelOption } from './engineOptions';
import { exitCodes } from './exitCodes';
import { type IndexKey, IndexFile } from './indexFile';
import { findInputs, standardInput } from './inputs';
import type { Interrupt } from './interrupt';
import { encodingOption, entityTypesOption, languageOption, mentionThresholdOption } from './options';
import { createProgress, type Progress } from './progress';
import { skippedPairsLine } from './relationsCommand';
import { errorLine } from './report';
import type { SetExitCode } from './runProgram';
import { checkFiles, chooseEntityTypes } from './use';

/** The parsed options of `biobert index`. */
interface IndexCommandOptions extends DocumentOptions, EngineCommandOptions {
  readonly output: string;
  readonly tagger: string;
  /** Folder of the relation model, or false to find only entities. */
  readonly relations: string | false;
  readonly minProbability: number;
  /** Entity types as the user wrote them; see {@link chooseEntityTypes}. */
  readonly types?: readonly string[];
  readonly concurrency: number;
}

/** Adds the command `biobert index`. @param models The folder of the models that ship. */
export function addIndexCommand(program: Command, setExitCode: SetExitCode, models: string): void {
  const command = program
    .command('index')
    .summary('Find the entities and relations of whole folders, and go on where a run stopped.')
    .description(
      'Finds the entities and relations of every document in folders and keeps them in one file, a line a document. Run again, it reads only what is new or has changed since; what is gone leaves the file.',
    )
    .argument('<folders...>', 'Folders and documents.')
    .requiredOption('-o, --output <file>', 'The file of lines. One that is there is brought up to date.')
    .addOption(entityTypesOption('-t, --types <list>'))
    .addOption(mentionThresholdOption())
    .addOption(languageOption())
    .addOption(encodingOption())
    .addOption(modelOption(defaultTask, models))
    .addOption(modelOption('relation-extraction', models))
    .option('--no-relations', 'Entities alone.')
    .option('--concurrency <number>', 'Documents that are worked on at a time.', readConcurrency, 4)
    .option('-q, --quiet', 'No progress bar, no warnings and no summary.', false)
    .addHelpText('after', help)
    .action(async (folders: string[], options: IndexCommandOptions, command: Command) => {
      setExitCode(await runIndex(folders, options, command));
    });
  for (const option of engineOptions()) command.addOption(option);
}

const help = `
A line is {"document", "stamp", "models", "entities", "relations"}, entities as biobert tag writes them and relations as
biobert relations does, with offsets in UTF-16 code units. "stamp" and "models" say of which state of the file and of
which models it is.

Ctrl+C stops a run and keeps what is done; the same command goes on. Lines stand in the order in which documents were
finished.

Examples:
  biobert index papers/ --output papers.jsonl
  biobert index papers/ --output papers.jsonl --no-relations --engine-url https://gpu.example.org:8000 --concurrency 16
${engineHelp}
Exit codes: 0 done; 1 some documents failed, the others were written; 2 wrong use; 130 interrupted.`;

function readConcurrency(value: string): number {
  const count = /^\d+$/.test(value) ? Number(value) : 0;
  if (count >= 1 && count <= 64) return count;
  throw new InvalidArgumentError('It is a whole number from 1 to 64.');
}

async function runIndex(
  folders: readonly string[],
  options: IndexCommandOptions,
  command: Command,
): Promise<number> {
  checkFiles(folders, options.output, command);
  if (folders.includes(standardInput)) command.error('error: standard input (-) is no folder.');
  const { tagger, relations } = options;
  const modelPaths = {
    [defaultTask]: tagger,
    ...(relations !== false && { 'relation-extraction': relations }),
  };
  return withEngine({ modelPaths, ...engineOf(options, options.quiet) }, async (engine, interrupt) => {
    const file = new IndexFile(options.output);
    try {
      const { types: known } = await engine.load(interrupt.signal);
      const types = chooseEntityTypes(options.types, { known, option: 'tagger' }, command);
      const keys = await keysOf(folders, await modelsOf(engine, { ...options, types }, interrupt));
      await file.open((document) => keys.get(document));
      return await indexAll({ engine, options, types, file, keys, interrupt });
    } finally {
      await file.close();
    }
  });
}

/**
 * A string that identifies the models, the threshold and the types, which decide the content of the lines. The models
 * are loaded for it, so that a wrong model folder is reported before any document is read.
 */
async function modelsOf(
  engine: BioBertEngine,
  { relations, minProbability, types }: Pick<IndexCommandOptions, 'relations' | 'minProbability' | 'types'>,
  { signal }: Interrupt,
): Promise<string> {
  const tagger = await engine.load(signal);
  const isEveryType = types === undefined || tagger.types.every((type) => types.includes(type));
  const parts = [
    tagger.hash.slice(0, 16),
    String(minProbability),
    ...(isEveryType ? [] : [[...types].sort().join(',')]),
  ];
  if (relations === false) return parts.join(' ');
  const model = await loadModel(engine, 'relation-extraction', signal);
  return [...parts, model.hash.slice(0, 16)].join(' ');
}

/**
 * All documents, each with the key that its line must have to be up to date. A file whose state cannot be read gets an
 * empty stamp; the error is reported when it is its turn to be read.
 */
async function keysOf(folders: readonly string[], models: string): Promise<ReadonlyMap<string, IndexKey>> {
  const keys = new Map<string, IndexKey>();
  for (const { path: document } of await findInputs(folders, { recursive: true })) {
    const stamp = await stat(document).then(
      ({ mtimeMs, size }) => `${Math.round(mtimeMs)} ${size}`,
      () => '',
    );
    keys.set(document, { stamp, models });
  }
  return keys;
}

interface IndexRun {
  readonly engine: BioBertEngine;
  readonly options: IndexCommandOptions;
  readonly types: readonly EntityType[] | undefined;
  readonly file: IndexFile;
  readonly keys: ReadonlyMap<string, IndexKey>;
  readonly interrupt: Interrupt;
}

async function indexAll(run: IndexRun): Promise<number> {
  const { keys, options, file, interrupt } = run;
  const { quiet, concurrency } = options;
  const progress = createProgress({
    documents: keys.size,
    isShown: process.stderr.isTTY && !quiet,
    stream: process.stderr,
    verb: 'Indexing',
  });
  try {
    const outcome = await runFolder(
      {
        files: [...keys.keys()],
        concurrency,
        recall: (document) => Promise.resolve(known(file.mentionsIn(document))),
        tag: (document, signal) => indexOne(document, run, { signal, progress }),
        onTagged: () => undefined,
        onProgress: ({ done }) => progress.update(done),
      },
      interrupt.signal,
    );
    for (const { file: document, error } of outcome.skipped) progress.line(errorLine(error, document));
    if (!quiet) progress.line(summary(outcome, keys.size));
    if (outcome.cancelled) return interrupt.exitCode ?? exitCodes.interrupted;
    return outcome.skipped.length > 0 ? exitCodes.failed : exitCodes.ok;
  } finally {
    progress.stop();
  }
}

function known(mentions: number | undefined) {
  return mentions === undefined ? undefined : { entities: { length: mentions } };
}

function summary(
  { documents, unchanged, entities, cancelled }: FolderOutcome<string>,
  total: number,
): string {
  const number = (value: number) => value.toLocaleString('en');
  const state = `${number(documents)} of ${number(total)} documents, ${number(unchanged)} of them unchanged`;
  const more = cancelled ? ' Stopped: run the same command to go on.' : '';
  return `biobert: ${state}; ${number(entities)} entities.${more}\n`;
}

async function indexOne(
  document: string,
  { engine, options, types, file, keys }: IndexRun,
  { signal, progress }: { readonly signal: AbortSignal; readonly progress: Progress },
) {
  const { source, warn } = await readSource(document, options, { signal, progress });
  const { text, format } = source;
  const request = { document, text, format };
  try {
    const { minProbability } = options;
    const tagging = { ...request, minProbability, ...(types === undefined ? {} : { types }) };
    const { entities } = await engine.tag(tagging, { signal });
    const { relations, skippedPairs = 0 } =
      options.relations === false ? {} : await engine.relations({ ...request, entities }, { signal });
    if (skippedPairs > 0 && !options.quiet) progress.line(skippedPairsLine(document, skippedPairs));
    const key = keys.get(document) ?? { stamp: '', models: '' };
    await file.add(writeJsonIndexed({ document, ...key }, entities, relations));
    warn();
    return { entities };
  } finally {
    engine.forget(document);
  }
}
