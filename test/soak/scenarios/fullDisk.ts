import * as fs from 'node:fs';
import * as path from 'node:path';
import { TextMaker } from '../../../src/cli/modelSpeed/texts';
import { linesOf } from '../../support/indexKills';
import { type CommandEnd, runCommand } from '../command';
import { noCounts, type Scenario } from '../scenario';

const limitMs = 300_000;

/**
 * `biobert index` on a disk that becomes full, then with space again: it must say so, keep what is done, and end with the
 * same lines as a run that was never short of space. `biobert tag` to a device that is always full must fail.
 */
export const fullDisk: Scenario = {
  title: 'A full disk under `biobert index` and `biobert tag`',
  unit: 'documents',
  run: async ({ root, scratch, random, isShort, complain }) => {
    // Windows has neither ulimit nor /dev/full.
    if (process.platform === 'win32') return noCounts;
    const papers = path.join(scratch, 'papers');
    const count = isShort ? 12 : 40;
    writePapers(papers, count, new TextMaker(random.childSeed()));
    const output = path.join(scratch, 'index.jsonl');
    const args = ['index', papers, '--no-relations', '--output'];
    const maxFileKB = random.between(1, isShort ? 20 : 80);
    const whole = await runCommand(root, [...args, path.join(scratch, 'whole.jsonl')], { limitMs });
    const cut = await runCommand(root, [...args, output], { limitMs, maxFileKB });
    // The disk may have been full in the middle of the last line.
    const kept = new Set(linesOf(output));
    const resumed = await runCommand(root, [...args, output], { limitMs });
    const tagged = await runCommand(root, ['tag', papers, '--recursive', '--output', '/dev/full'], {
      limitMs,
    });
    const faults = [
      ...(whole.exitCode === 0 && resumed.exitCode === 0 ? [] : ['a run with enough space failed']),
      ...(cut.exitCode === 0 && kept.size < count ? ['the full disk was not reported'] : []),
      ...(hasCode(cut) && hasCode(tagged) ? [] : ['an error has no code']),
      ...(tagged.exitCode === 0 ? ['writing to a full device succeeded'] : []),
    ];
    const after = new Set(linesOf(output));
    const lost = [...linesOf(path.join(scratch, 'whole.jsonl')), ...kept].filter(
      (line) => !after.has(line),
    ).length;
    if (lost > 0) complain(`${String(lost)} lines are missing after the disk was full`);
    for (const fault of faults) complain(`${fault}: ${cut.stderr}${resumed.stderr}${tagged.stderr}`);
    const hung = [whole, cut, resumed, tagged].filter((end) => end.hung).length;
    return { tried: count, lost, hung, wrong: faults.length };
  },
};

/** A command that fails must name a code; one that succeeds needs none. */
function hasCode({ exitCode, stderr }: CommandEnd): boolean {
  return exitCode === 0 || /\(BB305\)/u.test(stderr);
}

function writePapers(folder: string, count: number, maker: TextMaker): void {
  fs.mkdirSync(folder);
  for (let i = 0; i < count; i++) fs.writeFileSync(path.join(folder, `${String(i)}.txt`), maker.abstract());
}
