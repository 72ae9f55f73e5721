/**
 * One window of the race in evidenceRace.ts: pins evidence into a workspace, one pin after another.
 *
 *     node evidenceWriter.js FOLDER NAME PINS GAP SEED
 *
 * Prints one line of JSON: the number of pins that were refused, and the messages.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { EvidenceStore } from '../../src/editor/workspace/evidenceStore';
import { nullLogger } from '../../src/runtime/log';
import { openWorkspace } from './diskWorkspace';
import { evidenceOf } from './evidenceRecord';
import { Random } from './random';

async function main([folder = '', window = '', pins = '0', gap = '0', seed = '0']: readonly string[]) {
  const changed = openWorkspace(folder);
  const random = new Random(Number(seed));
  const store = new EvidenceStore(nullLogger);
  const messages: string[] = [];
  // Both windows begin when the other one is ready.
  process.stdout.write('ready\n');
  await new Promise((resolve) => process.stdin.once('data', resolve));
  for (let pin = 0; pin < Number(pins); pin++) {
    await sleep(random.between(0, 2 * Number(gap)));
    // A file watcher tells of the other window's changes at any time, or not at all.
    if (random.oneIn(2)) changed.fire();
    await store.pin(evidenceOf(window, pin)).catch((error: unknown) => messages.push(String(error)));
  }
  store.dispose();
  process.stdout.write(`${JSON.stringify({ refused: messages.length, messages })}\n`);
  process.stdin.destroy();
}

void main(process.argv.slice(2));
