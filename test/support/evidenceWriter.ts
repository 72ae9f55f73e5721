/**
 * One window of the race in evidenceRace.ts: pins evidence into a workspace, one pin after another.
 *
 *     node evidenceWriter.js FOLDER NAME PINS GAP SEED
 *
 * Prints one line of JSON: the number of pins that were refused, and the messages.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Evidence } from '../../src/core/curation/evidenceFile';
import { randomFrom } from '../../src/cli/modelSpeed/texts';
import { EvidenceStore } from '../../src/editor/workspace/evidenceStore';
import { nullLogger } from '../../src/runtime/log';
import { openWorkspace } from './diskWorkspace';

export function evidenceOf(window: string, pin: number): Evidence {
  return {
    topic: { kind: 'question', question: `What does ${window} do?` },
    document: `${window}.md`,
    start: pin,
    end: pin + 10,
    line: pin,
    sentence: `Sentence ${pin} of window ${window}.`,
    probability: 0.5,
    isDenied: false,
    isSpeculative: false,
    citation: '',
    note: '',
  };
}

async function main([folder = '', window = '', pins = '0', gap = '0', seed = '0']: readonly string[]) {
  const changed = openWorkspace(folder);
  const random = randomFrom(Number(seed));
  const store = new EvidenceStore(nullLogger);
  const messages: string[] = [];
  // Both windows begin when the other one is ready.
  process.stdout.write('ready\n');
  await new Promise((resolve) => process.stdin.once('data', resolve));
  for (let pin = 0; pin < Number(pins); pin++) {
    await sleep(random() * 2 * Number(gap));
    // A file watcher tells of the other window's changes at any time, or not at all.
    if (random() < 0.5) changed.fire();
    await store.pin(evidenceOf(window, pin)).catch((error: unknown) => messages.push(String(error)));
  }
  store.dispose();
  process.stdout.write(`${JSON.stringify({ refused: messages.length, messages })}\n`);
  process.stdin.destroy();
}

void main(process.argv.slice(2));
