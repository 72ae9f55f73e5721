/**
 * Runs the property tests again and again with new examples: `npm run test:properties -- [ROUNDS]`, by default ten
 * rounds. It stops at the first failure, and prints the command that repeats it.
 */
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { root } from '../scripts/vscode.mjs';

const rounds = Number(process.argv[2] ?? 10);
if (!Number.isInteger(rounds) || rounds < 1) {
  console.error(`The number of rounds must be a positive integer, but it is ${process.argv[2]}.`);
  process.exit(2);
}

const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
const files = fs
  .readdirSync(path.join(root, 'test/unit'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => path.join('test/unit', file))
  .filter((file) => fs.readFileSync(path.join(root, file), 'utf8').includes('fast-check'));

for (let round = 1; round <= rounds; round += 1) {
  const seed = String(randomInt(2 ** 31));
  console.log(`Round ${round} of ${rounds}, seed ${seed}`);
  const { status } = spawnSync(process.execPath, [vitest, 'run', '--project', 'unit', ...files], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, BIOBERT_PROPERTY_SEED: seed },
  });
  if (status === 0) continue;
  console.error(`Repeat with: BIOBERT_PROPERTY_SEED=${seed} npm run test:unit`);
  process.exit(1);
}
