/** The subcommand `screening`. */
import { readdir, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { Command } from 'commander';
import { exitCodes } from '../../src/cli/exitCodes';
import { fileError } from '../../src/runtime/documents/fileErrors';
import type { SetExitCode } from '../../src/cli/runProgram';
import { randomFrom } from '../../src/cli/modelSpeed/texts';
import { readText, readWholeNumber } from './run';
import { type FoundRelevant, screeningFigures } from './screening/figures';
import { type ScreenedSet, writeProgressTable, writeScreeningTable } from './screening/report';
import {
  type AsreviewRun,
  type LabelledRecord,
  readAsreviewRuns,
  readLabelledRecords,
} from './screening/sets';
import { simulateScreening } from './screening/simulate';

interface ScreeningOptions {
  readonly sets?: string;
  readonly seeds: number;
  readonly asreview?: string;
  readonly runs?: string;
  readonly pieces: boolean;
}

export function screeningCommand(finish: SetExitCode): Command {
  return new Command('screening')
    .description('Simulated screening: in what order the relevant records of finished reviews are found.')
    .argument('<folder>', 'CSV files with the columns title, abstract and label.')
    .option('--sets <names>', 'Only these files, by their names without .csv, separated by commas.')
    .option('--seeds <number>', 'Runs of each set, each from other first records.', readWholeNumber, 5)
    .option('--asreview <file>', 'Results of test/evaluation/asreview/simulate.py: take its first records.')
    .option('--runs <file>', 'Write the ranks of the relevant records of each run, as JSON lines.')
    .option('--no-pieces', 'Rank by words alone, as ASReview does.')
    .action(async (folder: string, options: ScreeningOptions) => finish(await run(folder, options)));
}

async function run(folder: string, options: ScreeningOptions): Promise<number> {
  const others = options.asreview === undefined ? [] : readAsreviewRuns(await readText(options.asreview));
  const lines: string[] = [];
  const screened: ScreenedSet[] = [];
  for (const name of await setNames(folder, options.sets)) {
    const records = readLabelledRecords(await readText(path.join(folder, `${name}.csv`)));
    const asreview = others.filter(({ set, seed }) => set === name && seed < options.seeds);
    if (options.asreview !== undefined && asreview.length === 0) continue;
    const starts = options.asreview === undefined ? ownStarts(records, options.seeds) : asreview;
    const ours = starts.map(({ seed, priors }) => {
      const found = simulateScreening(records, priors, { readsPieces: options.pieces });
      lines.push(JSON.stringify({ set: name, seed, priors, ...found }));
      return found;
    });
    const set = { name, records: records.length, relevant: relevantRows(records).length, ours, asreview };
    process.stderr.write(`${name} ${meanLoss(ours)} ${meanLoss(asreview)}\n`);
    screened.push(set);
  }
  if (options.runs !== undefined) await writeFile(options.runs, `${lines.join('\n')}\n`);
  process.stdout.write(`${writeScreeningTable(screened)}\n${writeProgressTable(screened)}`);
  return exitCodes.ok;
}

function meanLoss(runs: readonly FoundRelevant[]): string {
  return (runs.reduce((sum, each) => sum + screeningFigures(each).loss, 0) / runs.length).toFixed(4);
}

async function setNames(folder: string, chosen: string | undefined): Promise<readonly string[]> {
  if (chosen !== undefined) return chosen.split(',');
  const files = await readdir(folder).catch((error: unknown) => {
    throw fileError(error, 'read');
  });
  return files
    .filter((file) => file.endsWith('.csv'))
    .map((file) => file.slice(0, -'.csv'.length))
    .sort();
}

function relevantRows(records: readonly LabelledRecord[]): readonly number[] {
  return records.flatMap(({ isRelevant }, row) => (isRelevant ? [row] : []));
}

/** One relevant and one irrelevant record for each seed. */
function ownStarts(
  records: readonly LabelledRecord[],
  seeds: number,
): readonly Pick<AsreviewRun, 'seed' | 'priors'>[] {
  const relevant = relevantRows(records);
  const irrelevant = records.flatMap(({ isRelevant }, row) => (isRelevant ? [] : [row]));
  return Array.from({ length: seeds }, (_, seed) => {
    const random = randomFrom(seed);
    const pick = (rows: readonly number[]) => rows[Math.floor(random() * rows.length)] ?? 0;
    return { seed, priors: [pick(relevant), pick(irrelevant)] };
  });
}
