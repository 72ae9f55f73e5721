import * as fs from 'node:fs';
import * as path from 'node:path';
import { TextMaker } from '../../../src/cli/modelSpeed/texts';
import { linesOf } from '../../support/indexKills';
import { runCommand } from '../command';
import type { Scenario } from '../scenario';

/** More memory than this at the end would mean that it grows with the number of documents. */
const maxPeakMB = 600;

/** A large folder through `biobert index`: one line for each document, each once, and bounded memory. */
export const manyDocuments: Scenario = {
  title: 'A large folder through `biobert index`',
  unit: 'documents',
  once: true,
  run: async ({ root, scratch, random, isShort, complain }) => {
    const count = isShort ? 300 : 20_000;
    const folder = path.join(scratch, 'papers');
    const expected = writeFolder(folder, count, new TextMaker(random.childSeed()));
    const output = path.join(scratch, 'index.jsonl');
    const args = ['index', folder, '--output', output, '--no-relations', '--quiet'];
    const end = await runCommand(root, args, { limitMs: isShort ? 300_000 : 3_600_000 });
    const seen = linesOf(output).map((line) =>
      path.basename((JSON.parse(line) as { document: string }).document),
    );
    const written = new Set(seen);
    const lost = [...expected].filter((name) => !written.has(name)).length;
    const twice = seen.length - written.size;
    if (lost > 0) complain(`${String(lost)} documents have no line`);
    if (twice > 0) complain(`${String(twice)} documents have two lines`);
    if (end.exitCode !== 0) complain(`biobert index ended with ${String(end.exitCode ?? end.signal)}`);
    if (end.peakMB > maxPeakMB) complain(`biobert index took ${String(end.peakMB)} MB`);
    const wrong = twice + (end.exitCode === 0 ? 0 : 1) + (end.peakMB > maxPeakMB ? 1 : 0);
    return { tried: count, lost, hung: end.hung ? 1 : 0, wrong };
  },
};

/** Writes documents of one sentence into subfolders of 500. @returns their names. */
function writeFolder(folder: string, count: number, maker: TextMaker): ReadonlySet<string> {
  const names = new Set<string>();
  for (let i = 0; i < count; i++) {
    const subfolder = path.join(folder, String(Math.floor(i / 500)));
    if (i % 500 === 0) fs.mkdirSync(subfolder, { recursive: true });
    const name = `${String(i)}.txt`;
    fs.writeFileSync(path.join(subfolder, name), maker.sentence());
    names.add(name);
  }
  return names;
}
