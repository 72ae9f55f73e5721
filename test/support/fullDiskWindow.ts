/**
 * A window that pins evidence on a disk that becomes full, and then has space again. Needs a small disk of its own.
 *
 *     node fullDiskWindow.js FOLDER [counted]
 *
 * With "counted" it needs no such disk: writing fails beyond {@link diskBytes} in the folder, as on a full one.
 *
 * Prints one line of JSON, {@link FullDiskReport}.
 */
import fs from 'node:fs';
import fsPromises from 'node:fs/promises';
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

const diskBytes = 256 * 1024;

/** Makes writing to files in a folder fail when they would have more than {@link diskBytes} together. */
function countBytes(folder: string): void {
  const { open } = fsPromises;
  const { writeSync } = fs;
  const spend = (bytes: number): void => {
    const used = fs
      .readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .reduce((sum, entry) => sum + fs.statSync(path.join(entry.parentPath, entry.name)).size, 0);
    if (used + bytes <= diskBytes) return;
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  };
  fsPromises.open = async (...args) => {
    const handle = await open(...args);
    const writeFile = handle.writeFile.bind(handle);
    handle.writeFile = async (data, options) => {
      spend(Buffer.byteLength(String(data)));
      return writeFile(data, options);
    };
    return handle;
  };
  fs.writeSync = ((descriptor: number, chunk: Buffer) => {
    spend(chunk.length);
    return writeSync(descriptor, chunk);
  }) as typeof fs.writeSync;
}

if (process.argv[3] === 'counted') countBytes(process.argv[2] ?? '');
void main(process.argv[2] ?? '');
