/**
 * A window that pins evidence on a disk that becomes full, and then has space again. Needs a small disk of its own.
 *
 *     node fullDiskWindow.js FOLDER
 *
 * Prints one line of JSON, {@link FullDiskReport}.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { BioBertError } from '../../src/core/errors';
import { readEvidence } from '../../src/core/curation/evidenceFile';
import { EvidenceStore } from '../../src/editor/workspace/evidenceStore';
import { nullLogger } from '../../src/runtime/log';
import { openWorkspace } from './diskWorkspace';
import { evidenceOf } from './evidenceRecord';

export interface FullDiskReport {
  /** Entries in the file and in memory after 113 pins, after refused pins on the full disk, and with space again. */
  readonly entries: readonly (readonly [inFile: number, inMemory: number])[];
  /** Messages of the refused pins. */
  readonly messages: readonly string[];
}

async function main(folder: string): Promise<void> {
  const changed = openWorkspace(folder);
  const store = new EvidenceStore(nullLogger);
  const file = path.join(folder, '.biobert', 'evidence.json');
  const entries: (readonly [number, number])[] = [];
  const messages: string[] = [];
  const count = async (): Promise<void> => {
    // A file watcher tells of the file at any time.
    changed.fire();
    await store.load();
    entries.push([readEvidence(fs.readFileSync(file, 'utf8'))?.evidence.length ?? -1, store.all.length]);
  };
  const pin = (id: number): Promise<unknown> =>
    store
      .pin(evidenceOf('w', id))
      .catch((error: unknown) =>
        messages.push(error instanceof BioBertError ? error.userMessage : String(error)),
      );
  for (let id = 0; id < 113; id++) await pin(id);
  await count();
  const ballast = path.join(folder, 'ballast');
  fillDisk(ballast);
  for (let id = 113; id < 120; id++) await pin(id);
  await count();
  fs.rmSync(ballast);
  for (let id = 113; id < 120; id++) await pin(id);
  await count();
  store.dispose();
  process.stdout.write(`${JSON.stringify({ entries, messages } satisfies FullDiskReport)}\n`);
}

function fillDisk(file: string): void {
  const chunk = Buffer.alloc(512);
  const handle = fs.openSync(file, 'w');
  try {
    // The disk of the test is small, so that this ends by an error.
    for (;;) fs.writeSync(handle, chunk);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    fs.closeSync(handle);
  }
}

void main(process.argv[2] ?? '');
