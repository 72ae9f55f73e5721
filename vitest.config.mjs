import { availableParallelism } from 'node:os';
import * as path from 'node:path';
import { defineConfig } from 'vitest/config';

const inRoot = (file) => path.join(import.meta.dirname, file);

export default defineConfig({
  test: {
    projects: [
      {
        // Pure code and fakes; needs no model and no editor.
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          setupFiles: inRoot('test/support/propertySeed.ts'),
          // By default, a machine with two cores runs one file at a time.
          maxWorkers: availableParallelism(),
          sequence: { groupOrder: 1 },
          // Generous: a busy machine is no failure.
          testTimeout: 30_000,
        },
        resolve: { alias: { vscode: inRoot('test/unit/editor/vscode.ts') } },
      },
      {
        // The page of the side panel in a headless browser, without an editor.
        test: {
          name: 'panel',
          include: ['test/panel/**/*.test.ts'],
          globalSetup: inRoot('test/support/buildPanel.ts'),
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
        resolve: { alias: { vscode: inRoot('test/unit/editor/vscode.ts') } },
      },
      {
        // Both engines, the same cases, with the real child process.
        test: {
          name: 'contract',
          include: ['test/contract/**/*.test.ts'],
          maxWorkers: availableParallelism(),
          sequence: { groupOrder: 2 },
          globalSetup: inRoot('test/support/buildBundles.ts'),
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        // Needs Pandoc, so it has a script of its own.
        test: { name: 'pandoc', include: ['test/pandoc/*.test.ts'], testTimeout: 60_000 },
      },
      {
        // A real MLServer, the same cases; its own script, since it needs Python.
        test: {
          name: 'mlserver',
          include: ['test/mlserver/*.test.ts', 'test/contract/{tagging,control,relations,questions}.test.ts'],
          globalSetup: [inRoot('test/support/buildBundles.ts'), inRoot('test/mlserver/start.ts')],
          // One server for all.
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        // The shipped model on small committed samples.
        test: {
          name: 'accuracy',
          include: ['test/accuracy/**/*.test.ts'],
          globalSetup: inRoot('test/support/buildBundles.ts'),
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
