/**
 * `npm run soak`, see {@link usage}: does at random, with a seed, what breaks programs: kills, full disks, two windows,
 * hostile files and models, edits while tagging, a large folder. Prints a Markdown table of counts and exits with 1 if
 * anything was lost, hung or wrong.
 */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { Random } from '../support/random';
import { hung, within } from '../support/within';
import { addCounts, type Counts, noCounts, type Scenario } from './scenario';
import { editsWhileTagging } from './scenarios/editsWhileTagging';
import { engineKills } from './scenarios/engineKills';
import { fullDisk } from './scenarios/fullDisk';
import { hostileDocuments } from './scenarios/hostileDocuments';
import { hostileModels } from './scenarios/hostileModels';
import { indexKills } from './scenarios/indexKills';
import { manyDocuments } from './scenarios/manyDocuments';
import { sharedIndex } from './scenarios/sharedIndex';
import { twoWindows } from './scenarios/twoWindows';

const scenarios: Readonly<Record<string, Scenario>> = {
  documents: hostileDocuments,
  models: hostileModels,
  edits: editsWhileTagging,
  engine: engineKills,
  index: indexKills,
  disk: fullDisk,
  windows: twoWindows,
  shared: sharedIndex,
  folder: manyDocuments,
};

const usage = `npm run soak -- [--short] [--minutes N] [--seed N] [--only NAME,…]
Runs every scenario at least once, then again with other choices until the minutes are over (default 10; --short: 0).
The same seed makes the same choices. Scenarios: ${Object.keys(scenarios).join(', ')}`;

/** Longer than any limit within a scenario: what hangs there is counted, and the other scenarios still run. */
const scenarioLimitMs = 75 * 60_000;

interface SoakOptions {
  readonly isShort: boolean;
  readonly minutes: number;
  readonly seed: number;
  readonly names: readonly string[];
}

function readOptions(): SoakOptions | undefined {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      short: { type: 'boolean', default: false },
      minutes: { type: 'string' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string' },
    },
  });
  if (values.help) return undefined;
  const minutes = Number(values.minutes ?? (values.short ? 0 : 10));
  const seed = Number(values.seed);
  if (!(minutes >= 0) || !Number.isInteger(seed)) throw new Error(`A number is wrong.\n${usage}`);
  const names = values.only?.split(',') ?? Object.keys(scenarios);
  const unknown = names.find((name) => !(name in scenarios));
  if (unknown !== undefined) throw new Error(`There is no scenario ${unknown}.\n${usage}`);
  return { isShort: values.short, minutes, seed, names };
}

/** Runs one scenario in a folder of its own, which is deleted afterwards. */
async function runOnce(name: string, seed: number, isShort: boolean): Promise<Counts> {
  const scenario = scenarios[name];
  if (!scenario) throw new Error(`There is no scenario ${name}.`);
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-soak-'));
  const complain = (fault: string): void => console.error(`${name}, seed ${String(seed)}: ${fault}`);
  try {
    const random = new Random(seed);
    const run = scenario.run({ root: path.resolve(__dirname, '..'), scratch, random, isShort, complain });
    const counts = await within(run, scenarioLimitMs);
    if (counts !== hung) return counts;
    complain('did not end');
    return { ...noCounts, tried: 1, hung: 1 };
  } catch (error) {
    complain(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return { ...noCounts, tried: 1, wrong: 1 };
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

async function soak({ isShort, minutes, seed, names }: SoakOptions): Promise<ReadonlyMap<string, Counts>> {
  const endMs = Date.now() + minutes * 60_000;
  const totals = new Map(names.map((name) => [name, noCounts]));
  const random = new Random(seed);
  for (let round = 0; round === 0 || Date.now() < endMs; round++) {
    for (const name of Object.keys(scenarios)) {
      // Every scenario takes a seed in every round, so that --only repeats what a whole run did.
      const chosen = random.childSeed();
      if (!names.includes(name)) continue;
      if (round > 0 && (scenarios[name]?.once === true || Date.now() >= endMs)) continue;
      totals.set(name, addCounts(totals.get(name) ?? noCounts, await runOnce(name, chosen, isShort)));
    }
  }
  return totals;
}

async function main(): Promise<number> {
  const options = readOptions();
  if (!options) {
    console.log(usage);
    return 0;
  }
  const started = Date.now();
  const totals = await soak(options);
  console.log('| scenario | tried | lost | hung | wrong |\n| --- | ---: | ---: | ---: | ---: |');
  for (const [name, { tried, lost, hung, wrong }] of totals) {
    const { title = name, unit = '' } = scenarios[name] ?? {};
    console.log(
      `| ${title} | ${tried.toLocaleString('en')} ${unit} | ${String(lost)} | ${String(hung)} | ${String(wrong)} |`,
    );
  }
  const minutes = ((Date.now() - started) / 60_000).toFixed(1);
  console.log(
    `\nSeed ${String(options.seed)}, ${minutes} minutes, Node ${process.version}, ${process.platform}.`,
  );
  const { lost, hung, wrong } = [...totals.values()].reduce(addCounts, noCounts);
  return lost + hung + wrong === 0 ? 0 : 1;
}

main().then(
  (exitCode) => process.exit(exitCode),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
