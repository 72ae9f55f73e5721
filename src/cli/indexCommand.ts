import { type Command, InvalidArgumentError } from 'commander';
import type { BioBertEngine, ModelInfo, TagRequest } from '../protocol/engine';
import { defaultTask, taskTable } from '../protocol/tasks';
import { terminologyKey, terminologyOf } from '../protocol/terminology';
import { Contents } from './contents';
import { loadModel, withEngine } from './engine';
import { engineHelp, engineOf, engineOptions, modelOption } from './engineOptions';
import { exitCodes } from './exitCodes';
import { IndexFile } from './indexFile';
import { fingerprint } from './fingerprint';
import { type DoneShard, removeDone, writeDone } from './doneFile';
import { indexAll, type IndexCommandOptions, type IndexRun } from './indexRun';
import { findDeleted, findElsewhere, findIndexInputs, type IndexInputs } from './indexInputs';
import { standardInput } from './inputs';
import type { Interrupt } from './interrupt';
import { linkOptions, readLinking } from './linking';
import {
  encodingOption,
  entityTypesOption,
  languageOption,
  mentionThresholdOption,
  takeOverOption,
} from './options';
import type { SetExitCode } from './runProgram';
import { readShard } from './shard';
import { checkFiles, chooseEntityTypes } from './use';
import { readVersion } from './version';

/** Adds the command `biobert index`. @param models The folder of the models that ship. */
export function addIndexCommand(program: Command, setExitCode: SetExitCode, models: string): void {
  const command = program
    .command('index')
    .summary('Find the entities and relations of whole folders, and go on where a run stopped.')
    .description(
      'Finds the entities and relations of every document in folders and keeps them in one file, a line a document. Run again, it reads only what is new or has changed since. Other folders in another run are added to the file.',
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
    .option('--passages', 'Also the text, in passages of at most 120 words.', false)
    .option('--concurrency <number>', 'Documents that are worked on at a time.', readConcurrency, 4)
    .option('--shard <k/n>', 'Only shard k of n: each document is in one of them.', readShard)
    .addOption(takeOverOption())
    .option('--prune', 'Remove deleted documents from the file even if most of a folder is gone.', false)
    .option('-q, --quiet', 'No progress bar, no warnings and no summary.', false)
    .addHelpText('after', help)
    .action(async (folders: string[], options: IndexCommandOptions, command: Command) => {
      setExitCode(await runIndex(folders, options, command));
    });
  for (const option of [...linkOptions(models), ...engineOptions()]) command.addOption(option);
}

const help = `
A line is {"document", "stamp", "models", "entities", "relations"}, entities as biobert tag writes them and relations as
biobert relations does, with offsets in UTF-16 code units. If the document names its publications, "publications" is a list
of {"start", "end", "publication", "title", "year", "pmid", "pmcid", "doi", "id"}, each with what it states. --passages adds
"passages", a list of {"start", "end", "text"} with the prose without markup. "stamp" identifies the content of the document, "models" the
models, the terminology, the options and the version of this program. A document is read again if one of them differs.

Ctrl+C stops a run and keeps what is done; the same command goes on. Lines stand in the order in which documents were
finished. If a document has two lines after a run that was stopped, the later one replaces the earlier one, which the
next complete run removes.

A line is removed only if its document was deleted from a folder that is named and can be read completely. Documents of
other folders, and documents that cannot be read today, keep their lines. If a folder has no documents any more, or has
lost more than half of them and more than ten, nothing is done without --prune.

Only one run at a time can write a file; FILE.lock names it. A run that was killed leaves the lock, and the next one on the
same machine takes it over. Another machine cannot see whether the run still lives: --take-over is for workflow engines
that start a job again elsewhere, and make sure that its file has one run at a time.

With --shard 3/64, a run reads one of 64 shares of the documents; the path of a document in its folder decides to which it
belongs. Each shard has a file of its own, and FILE.done beside it when it is complete. All shards together have the lines
of one run without --shard; biobert merge makes one file of them.
docs/cluster.md describes this, the tables in Parquet, and a workflow for clusters.

Examples:
  biobert index papers/ --output papers.jsonl
  biobert index papers/ --output shards/03.jsonl --shard 3/64
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
  const { tagger, relations, quiet } = options;
  const modelPaths = {
    [defaultTask]: tagger,
    ...(relations !== false && { 'relation-extraction': relations }),
  };
  const linking = await readLinking(options, command);
  const { terminologyPath } = linking;
  // A line must not depend on what else a run reads, or shards would differ from a run over the whole folder.
  const setup = { modelPaths, terminologyPath, cachePerDocument: true, ...engineOf(options, quiet) };
  return withEngine(setup, (engine, interrupt) =>
    indexFolders(folders, { engine, options, linking, interrupt, command }),
  );
}

type IndexSetup = Pick<IndexRun, 'engine' | 'options' | 'linking' | 'interrupt'> & {
  readonly command: Command;
};

/** @returns the exit code. */
async function indexFolders(
  folders: readonly string[],
  { engine, options, linking, interrupt, command }: IndexSetup,
): Promise<number> {
  const { quiet, output, shard, takeOver } = options;
  const found = await findIndexInputs(folders, { quiet, shard });
  const file = await IndexFile.open(output, { takeOver });
  try {
    // Before hours of work.
    await findLeaving(file, found, options);
    if (file.damagedLines > 0 && !quiet) process.stderr.write(damageLine(output, file.damagedLines));
    await removeDone(output);
    const models = await loadModels(engine, options, interrupt);
    const known = models[0].types;
    const types = chooseEntityTypes(options.types, { known, option: 'tagger' }, command);
    const effective = { types: [...(types ?? known)].sort(), terms: linking.request.terms };
    const { key, made } = await identify(engine, models, { ...options, ...effective });
    const { inputs } = found;
    const state = { contents: new Contents(), partlyRead: new Set<string>() };
    const run = { engine, options, types, linking, file, inputs, key, interrupt, ...state };
    const outcome = await indexAll(run);
    if (outcome.cancelled) return interrupt.exitCode ?? exitCodes.interrupted;
    await file.finish(await findLeaving(file, found, options));
    const failed = outcome.skipped.length;
    if (shard !== undefined) {
      const { number, count } = shard;
      const documents = file.documents.length;
      await writeDone(output, { shard: `${number}/${count}`, models: key, documents, failed, made });
    }
    if (failed > 0) return exitCodes.failed;
    return run.partlyRead.size > 0 ? exitCodes.partlyRead : exitCodes.ok;
  } finally {
    await file.close();
  }
}

/**
 * Finds the documents whose lines leave the index: they were deleted, or belong to other shards.
 * @throws as {@link findDeleted} and {@link findElsewhere}.
 */
async function findLeaving(
  { documents }: IndexFile,
  found: IndexInputs,
  options: IndexCommandOptions,
): Promise<readonly string[]> {
  return [
    ...findElsewhere(documents, found, options),
    ...(await findDeleted(documents, found, options.prune)),
  ];
}

/** Loads the models before any document is read, so that a wrong folder is reported at once. The tagger is the first. */
async function loadModels(
  engine: BioBertEngine,
  { relations }: Pick<IndexCommandOptions, 'relations'>,
  { signal }: Interrupt,
): Promise<readonly [ModelInfo, ...ModelInfo[]]> {
  const tagger = await engine.load(signal);
  if (relations === false) return [tagger];
  return [tagger, await loadModel(engine, 'relation-extraction', signal)];
}

/**
 * Identifies how lines are made, by a key and in words.
 * @param options Those of the command, with the types that are found, and the terms in the place of their files.
 */
async function identify(
  engine: BioBertEngine,
  models: readonly ModelInfo[],
  options: Omit<IndexCommandOptions, 'terms'> & Pick<TagRequest, 'terms'>,
): Promise<{ readonly key: string; readonly made: DoneShard['made'] }> {
  const version = readVersion();
  const terminology = options.link ? await terminologyOf(engine) : undefined;
  const parts = { version, options: { ...options }, models };
  const key = fingerprint({ ...parts, terminology: terminology && terminologyKey(terminology) });
  const names = models.map((model) => [taskTable[model.task].folder, modelIdentity(model)]);
  const linked = terminology && { terminology: `${terminology.name} ${terminology.version}` };
  return { key, made: { version, ...(Object.fromEntries(names) as DoneShard['made']), ...linked } };
}

function modelIdentity({ name, version, hash }: ModelInfo): string {
  return `${name} ${version}, sha256 ${hash}`;
}

function damageLine(output: string, count: number): string {
  const what = count === 1 ? '1 damaged line is' : `${count} damaged lines are`;
  return `biobert: ${output}: warning: ${what} ignored; the documents are read again.\n`;
}
