/** The subcommand `duplicates`. */
import { Command } from 'commander';
import type { SetExitCode } from '../../src/cli/runProgram';
import { recordName } from '../../src/core/records/record';
import {
  type DuplicateFigures,
  halfOf,
  type LabelledRecord,
  measureDuplicates,
  readLabelledRecords,
  writeDuplicates,
} from './duplicates';
import { eachFile, readText } from './run';

export function duplicatesCommand(finish: SetExitCode): Command {
  return new Command('duplicates')
    .description(
      'Duplicates among records: unique records, recall, precision and doubtful pairs, on two halves and on the whole.',
    )
    .argument('<files...>', 'CSV tables of records with a column that says `unique` or `duplicate`.')
    .option('--mistakes', 'List wrong clusters and doubtful pairs of the half for development.', false)
    .action(async (files: string[], { mistakes }: { readonly mistakes: boolean }) =>
      finish(
        await eachFile(files, async (file) => {
          const labelled = readLabelledRecords(await readText(file));
          const dev = labelled.filter((each) => halfOf(each) === 'dev');
          const report = labelled.filter((each) => halfOf(each) === 'report');
          for (const [name, half] of Object.entries({ dev, report, all: labelled })) {
            const figures = measureDuplicates(half);
            process.stdout.write(writeDuplicates(name, figures));
            if (mistakes && name === 'dev') process.stdout.write(mistakeLines(half, figures));
          }
        }),
      ),
    );
}

function mistakeLines(labelled: readonly LabelledRecord[], { mistakes, doubtful }: DuplicateFigures): string {
  const byId = new Map(labelled.map((each) => [each.record.id, each]));
  const line = (each: LabelledRecord | undefined): string => {
    if (!each) return '';
    const { journal, volume, issue, pages, doi } = each.record;
    const place = [journal, volume, issue, pages, doi].map((value) => value ?? '-').join(', ');
    return `\t${each.isUnique ? 'unique' : 'duplicate'}\t${recordName(each.record) ?? ''} (${place})\n`;
  };
  const wrong = mistakes.map((cluster) => `WRONG\n${cluster.map(line).join('')}`);
  const pairs = doubtful.map(
    ({ kept, duplicate, probability }) =>
      `doubtful ${probability.toFixed(2)}\n${line(byId.get(kept))}${line(byId.get(duplicate))}`,
  );
  return [...wrong, ...pairs].join('');
}
