import { type Command, InvalidArgumentError } from 'commander';
import { BioBertError, errorCodes, throwIfCancelled } from '../core/errors';
import { tablesVersion } from '../core/exports/indexTables';
import type { JsonIndexed } from '../core/exports/jsonl';
import { exitCodes } from './exitCodes';
import { type Interrupt, withInterrupt } from './interrupt';
import { MergedLines } from './mergedLines';
import { writeMergedFile } from './mergedFile';
import { takeOverOption } from './options';
import { ParquetTables } from './parquetTables';
import type { SetExitCode } from './runProgram';
import { maxShards } from './shard';
import { checkShards } from './shardCheck';
import { checkFiles } from './use';

/** The parsed options of `biobert merge`. */
interface MergeCommandOptions {
  readonly output?: string;
  /** Folder of the tables. */
  readonly parquet?: string;
  readonly shards?: number;
  readonly partial: boolean;
  readonly mixedModels: boolean;
  /** Whether a lock of another machine is taken over. */
  readonly takeOver: boolean;
  readonly quiet: boolean;
}

/** Adds the command `biobert merge`. */
export function addMergeCommand(program: Command, setExitCode: SetExitCode): void {
  program
    .command('merge')
    .summary('Make one file of the shards of biobert index.')
    .description(
      'Makes one file, or tables in Parquet, of the files that biobert index has written, a line a document, sorted by document. Only names and positions are kept in memory.',
    )
    .argument('<files...>', 'Files of lines, for example one for each shard.')
    .option('-o, --output <file>', 'The file of lines to write. One that is there is replaced.')
    .option('--parquet <folder>', 'Write the tables documents, entities, relations and passages there.')
    .option('--shards <number>', 'How many shards there must be. (default: as the files say)', readShards)
    .option('--partial', 'Merge although shards are missing or not complete.', false)
    .option('--mixed-models', 'Merge lines that other models, options or versions have made.', false)
    .addOption(takeOverOption())
    .option('-q, --quiet', 'No warnings and no summary.', false)
    .addHelpText('after', help)
    .action(async (files: string[], options: MergeCommandOptions, command: Command) => {
      const { output, parquet } = options;
      if (output === undefined && parquet === undefined)
        command.error('error: nothing to write. Name a file with --output, or a folder with --parquet.');
      checkFiles(files, output, command);
      setExitCode(await withInterrupt((interrupt) => runMerge(files, options, interrupt)));
    });
}

const help = `
The lines are those of the files, in the order of LC_ALL=C sort: the same documents give the same file, however many
shards there were, and the same tables. A document that is in several files comes once; if its content or its models differ, nothing is
written. A shard that is complete has FILE.done beside it. If one of the files has, each must have, and none may be missing.

Examples:
  biobert merge shards/*.jsonl --output papers.jsonl
  biobert merge shards/*.jsonl --shards 64 --parquet tables/

Exit codes: 0 done; 1 nothing was written; 2 wrong use; 130 interrupted.`;

function readShards(value: string): number {
  const count = /^\d+$/.test(value) ? Number(value) : 0;
  if (count >= 1 && count <= maxShards) return count;
  throw new InvalidArgumentError(`It is a whole number from 1 to ${maxShards}.`);
}

/** @returns the exit code. @throws {BioBertError} if the files do not go together, or nothing can be written. */
async function runMerge(
  files: readonly string[],
  options: MergeCommandOptions,
  { signal }: Interrupt,
): Promise<number> {
  const { output, parquet, takeOver, quiet } = options;
  const merged = await MergedLines.read([...new Set(files)]);
  const warnings = checkShards(merged.files, options);
  if (!options.mixedModels) checkModels(merged);
  merged.checkConflicts();
  if (!quiet) for (const warning of warnings) process.stderr.write(`biobert: warning: ${warning}\n`);
  const tables = parquet === undefined ? undefined : await ParquetTables.create(parquet, metadataOf(merged));
  let documents = 0;
  try {
    const lines = eachLine(merged, signal, (line) => {
      documents += 1;
      // A line of an index was checked when its file was read.
      tables?.add(JSON.parse(line.toString('utf8')) as JsonIndexed);
    });
    if (output === undefined) await toEnd(lines);
    else await writeMergedFile(lines, output, { signal, takeOver });
    await tables?.finish();
  } finally {
    await tables?.close();
  }
  if (!quiet) process.stderr.write(`biobert: ${documents.toLocaleString('en')} documents.\n`);
  return exitCodes.ok;
}

async function* eachLine(
  merged: MergedLines,
  signal: AbortSignal,
  use: (line: Buffer) => void,
): AsyncGenerator<Buffer> {
  for await (const line of merged.lines()) {
    throwIfCancelled(signal);
    use(line);
    yield line;
  }
}

async function toEnd(lines: AsyncGenerator<Buffer>): Promise<void> {
  while ((await lines.next()).done !== true);
}

/** Describes how the tables were made. Values of several kinds of lines are joined by `; `. */
function metadataOf({ models, files }: MergedLines): Readonly<Record<string, string>> {
  const values = new Map<string, Set<string>>([['key', new Set(models.keys())]]);
  for (const { done } of files) {
    for (const [name, value] of Object.entries(done?.made ?? {}))
      values.set(name, (values.get(name) ?? new Set()).add(value));
  }
  const joined = [...values].map(([name, all]) => [`biobert.${name}`, [...all].sort().join('; ')] as const);
  return {
    'biobert.tables': String(tablesVersion),
    'biobert.offsets': 'UTF-16 code units of the text of the document',
    ...Object.fromEntries(joined.sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function checkModels({ models }: MergedLines): void {
  const [first, second] = [...models.values()];
  if (first === undefined || second === undefined) return;
  const where = first === second ? first.path : `${first.path} and ${second.path}`;
  throw new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    `The lines of ${where} were made with different models, options or versions of BioBERT.`,
    'Bring the files up to date with biobert index and the same options, or add --mixed-models.',
  );
}
