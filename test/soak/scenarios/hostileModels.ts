import * as fs from 'node:fs';
import * as path from 'node:path';
import { hostileCheckpoints } from '../../support/hostileCheckpoints';
import type { Random } from '../../support/random';
import { writeManifest, writeTinyTagger } from '../../support/tinyTagger';
import { type CommandEnd, runCommand } from '../command';
import { addCounts, type Counts, noCounts, type Scenario, type SoakContext } from '../scenario';

const limitMs = 60_000;
const maxPeakMB = 1500;

/** Model folders and checkpoints with damaged or forged bytes: each must work or be refused with a code. */
export const hostileModels: Scenario = {
  title: 'Damaged and forged models through `biobert tag` and `biobert convert`',
  unit: 'models',
  run: async (context) => {
    let counts = noCounts;
    for (let i = 0; i < (context.isShort ? 6 : 40); i++) {
      const folder = path.join(context.scratch, String(i));
      const attempt = context.random.pick([
        tagWithForgedFolder,
        convertForgedCheckpoint,
        convertHostileCheckpoint,
      ]);
      const { args, forged, ending } = attempt(folder, context);
      const end = await runCommand(context.root, args, { limitMs });
      counts = addCounts(counts, judge({ forged, ending }, end, context));
    }
    return counts;
  },
};

interface Attempt {
  readonly args: readonly string[];
  /** The file that was forged, for the message. */
  readonly forged: string;
  /** Code of the error that must come, or `accepted`. Default: either that or any code. */
  readonly ending?: string | undefined;
}

function tagWithForgedFolder(folder: string, { random, root }: SoakContext): Attempt {
  const model = writeTinyTagger(path.join(folder, 'model'));
  const forged = random.pick([
    'model.onnx',
    'vocab.txt',
    'config.json',
    'biobert.json',
    'tokenizer_config.json',
  ]);
  const file = path.join(model, forged);
  fs.writeFileSync(file, forge(fs.readFileSync(file), random));
  // A forger writes matching hashes, too: otherwise the first check would refuse everything.
  if (forged !== 'biobert.json' && random.oneIn(2)) writeManifest(model);
  const text = path.join(root, 'test/fixtures/abstracts/abstract.txt');
  return { args: ['tag', text, '--model', model], forged };
}

function convertForgedCheckpoint(folder: string, { random, root }: SoakContext): Attempt {
  const source = path.join(folder, 'checkpoint');
  fs.cpSync(path.join(root, 'test/fixtures/checkpoints/tagger'), source, { recursive: true });
  const weights = ['model.safetensors', 'pytorch_model.bin', 'legacy.bin', 'original.tar.gz'];
  const chosen = random.pick(weights);
  const forged = random.oneIn(3) ? random.pick(['config.json', 'vocab.txt']) : chosen;
  const file = path.join(source, forged);
  fs.writeFileSync(file, forge(fs.readFileSync(file), random));
  const output = path.join(folder, 'converted');
  return { args: ['convert', path.join(source, chosen), '--output', output], forged };
}

/** A checkpoint of which it is known how converting it must end. */
function convertHostileCheckpoint(folder: string, { random, root }: SoakContext): Attempt {
  const { what, code = 'accepted', write } = random.pick(hostileCheckpoints);
  const source = path.join(folder, 'checkpoint');
  fs.mkdirSync(source, { recursive: true });
  const fixture = path.join(root, 'test/fixtures/checkpoints/tagger');
  write({ folder: source, fixture, random: random.fraction });
  const output = path.join(folder, 'converted');
  return { args: ['convert', source, '--output', output], forged: what, ending: code };
}

const numbers = ['-1', '0', '1e999', '4294967296', '0.5', 'null', '"__proto__"', '[[[[]]]]'];

const forgeries: readonly ((bytes: Buffer, random: Random) => Buffer)[] = [
  (bytes, random) => bytes.subarray(0, random.between(0, bytes.length)),
  (bytes, random) => {
    const copy = Buffer.from(bytes);
    for (let i = 0; i < random.between(1, 30); i++)
      copy[random.between(0, copy.length - 1)] = random.between(0, 255);
    return copy;
  },
  // A number of a header or configuration, replaced by another value.
  (bytes, random) => {
    const text = bytes.toString('latin1');
    const found = [...text.matchAll(/\d+/gu)];
    if (found.length === 0) return bytes;
    const { index, 0: number } = random.pick(found);
    return Buffer.from(
      text.slice(0, index) + random.pick(numbers) + text.slice(index + number.length),
      'latin1',
    );
  },
  // Lines doubled or lost.
  (bytes, random) => {
    const lines = bytes.toString('latin1').split('\n');
    const at = random.between(0, lines.length - 1);
    const middle = random.oneIn(2) ? [] : Array.from({ length: 3 }, () => lines[at] ?? '');
    return Buffer.from([...lines.slice(0, at), ...middle, ...lines.slice(at + 1)].join('\n'), 'latin1');
  },
  (bytes, random) => Buffer.alloc(bytes.length, random.between(0, 255)),
];

function forge(bytes: Buffer, random: Random): Buffer {
  return random.pick(forgeries)(bytes, random);
}

function judge(
  { forged, ending }: Pick<Attempt, 'forged' | 'ending'>,
  end: CommandEnd,
  { complain }: SoakContext,
): Counts {
  const faults: string[] = [];
  const found = end.exitCode === 0 ? 'accepted' : /\((BB\d{3})\)/u.exec(end.stderr)?.[1];
  if (ending !== undefined && !end.hung && found !== ending)
    faults.push(`${found ?? 'no code'}, not ${ending}`);
  if (end.signal !== undefined && !end.hung) faults.push(`ended by ${end.signal}`);
  if (end.stderr.includes('(BB901)')) faults.push(end.stderr.trim());
  if (end.exitCode !== 0 && !end.hung && !/\(BB\d{3}\)/u.test(end.stderr))
    faults.push(`no code: ${end.stderr.trim()}`);
  if (end.peakMB > maxPeakMB) faults.push(`took ${String(end.peakMB)} MB`);
  if (end.hung) complain(`forged ${forged}: did not end`);
  for (const fault of faults) complain(`forged ${forged}: ${fault}`);
  return { tried: 1, lost: 0, hung: end.hung ? 1 : 0, wrong: faults.length === 0 ? 0 : 1 };
}
