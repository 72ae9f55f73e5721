import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, inject } from 'vitest';
import type { BioBertEngine, Engine, TagRequest } from '../../src/protocol/engine';
import { type ChildEngineOptions, createChildEngine } from '../../src/runtime/process/childEngine';
import { createEngine } from '../../src/runtime/engine/engine';
import type { EngineOptions } from '../../src/runtime/engine/engineOptions';
import { createServedEngine } from '../mlserver/engine';
import { pidLog } from '../support/killing';

export { isAlive } from '../support/killing';

export const root = path.resolve(import.meta.dirname, '../..');
export const childPath = path.join(root, 'dist/child.js');

interface TestedEngine {
  readonly name: string;
  readonly create: (options: EngineOptions) => BioBertEngine;
}

const ownEngines: readonly TestedEngine[] = [
  { name: 'the engine in this process', create: createEngine },
  {
    name: 'the engine in a child process',
    create: (options) => createChildEngine({ ...options, childPath }),
  },
];

/** The address that `npm run test:mlserver` provides. */
const server = inject('mlserver');

/** Both engines or, in `npm run test:mlserver`, the engine whose models MLServer runs. All pass the same tests. */
export const engines: readonly TestedEngine[] = server
  ? [{ name: 'the engine behind MLServer', create: (options) => createServedEngine(server, options) }]
  : ownEngines;

/** Returns helpers that dispose of their results after each test. Call it once in a test file. */
export function disposables(): {
  readonly own: <T extends Engine>(engine: T) => T;
  readonly folder: () => string;
} {
  const cleanups: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });
  return {
    own: (engine) => {
      cleanups.push(() => engine.dispose());
      return engine;
    },
    folder: () => {
      const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-'));
      cleanups.push(() => fs.promises.rm(folder, { recursive: true, force: true }));
      return folder;
    },
  };
}

/** Creates a child engine whose process a test can watch and kill. */
export function watchedChildEngine(
  options: Omit<ChildEngineOptions, 'childPath' | 'log'> & { childPath?: string },
) {
  const lines: string[] = [];
  const pids: number[] = [];
  const log = pidLog(pids, lines);
  return { engine: createChildEngine({ childPath, ...options, log }), lines, pids };
}

/** Polls until the condition holds. Only the time limit of the test ends it earlier. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

export function plain(text: string, more: Partial<TagRequest> = {}): TagRequest {
  return { document: 'test:document', text, format: 'plain', ...more };
}

/** Returns `count` sentences with one gene and one chemical each. */
export function sentences(count: number): string {
  return Array.from({ length: count }, (_, i) => `Carriers of BRCA1 took aspirin ${i}.`).join('\n\n');
}
