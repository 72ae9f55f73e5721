import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { CancelledError, errorCodes } from '../../src/core/errors';
import type { ImportRequest } from '../../src/runtime/checkpoints/importMessages';
import { importCheckpoint } from '../../src/runtime/checkpoints/importProcess';
import { disposables, root } from './engines';

const { folder } = disposables();
const fixture = path.join(root, 'test/fixtures/checkpoints/tagger');
const importerPath = path.join(root, 'dist/importer.js');

const request = (changes: Partial<ImportRequest> = {}): ImportRequest => ({
  source: fixture,
  output: path.join(folder(), 'model'),
  precision: 'int8',
  name: 'Tiny',
  ...changes,
});

describe('the process that imports a checkpoint', () => {
  it('writes the model folder and returns its head and labels', async () => {
    const asked = request();
    const imported = await importCheckpoint(asked, { importerPath });
    expect(imported).toMatchObject({ folder: asked.output, head: 'token-classification' });
    expect(imported.labels).toContain('B-Gene');
    expect(fs.existsSync(path.join(asked.output, 'model.onnx'))).toBe(true);
  });

  it.each([
    ['token-classification', ['LABEL_0', 'LABEL_1']],
    ['sequence-classification', ['LABEL_0', 'LABEL_1']],
  ] as const)(
    'imports the archive of the original release for the task that the user chose: %s',
    async (head, labels) => {
      const source = path.join(root, 'test/fixtures/checkpoints/genes/original.tar.gz');
      const imported = await importCheckpoint(request({ source, assumedHead: head }), { importerPath });
      expect(imported).toMatchObject({ head, labels });
    },
  );

  it('does not guess whether labels are for words or for texts', async () => {
    const source = path.join(root, 'test/fixtures/checkpoints/genes/original.tar.gz');
    await expect(importCheckpoint(request({ source }), { importerPath })).rejects.toMatchObject({
      code: errorCodes.CHECKPOINT_UNSUPPORTED,
      nextStep: expect.stringContaining('--task') as string,
    });
  });

  it('passes on the error of a refused checkpoint', async () => {
    const running = importCheckpoint(request({ source: path.join(fixture, 'nothing') }), { importerPath });
    await expect(running).rejects.toMatchObject({
      code: errorCodes.CHECKPOINT_NOT_FOUND,
      nextStep: expect.stringContaining('config.json') as string,
    });
  });

  it('ends when it is cancelled, and leaves no files', async () => {
    const controller = new AbortController();
    const asked = request();
    const running = importCheckpoint(asked, { importerPath, signal: controller.signal });
    controller.abort();
    await expect(running).rejects.toThrow(CancelledError);
    expect(fs.readdirSync(path.dirname(asked.output))).toEqual([]);
  });

  it('is killed if it does not end after it was cancelled, and what it has written is removed', async () => {
    const hanging = path.join(folder(), 'importer.js');
    const asked = request();
    // The real importer, whose event loop is held after it has written the weights.
    fs.writeFileSync(
      hanging,
      `const send = process.send.bind(process);
       process.send = (message) => {
         send(message);
         for (;;);
       };
       require(${JSON.stringify(importerPath)});`,
    );
    const controller = new AbortController();
    const { signal } = controller;
    let written: readonly string[] = [];
    const onProgress = () => {
      written = fs.readdirSync(path.dirname(asked.output));
      controller.abort();
    };
    const running = importCheckpoint(asked, { importerPath: hanging, signal, onProgress });
    await expect(running).rejects.toThrow(CancelledError);
    expect(written).toEqual([expect.stringMatching(/^model\.partial-\d+-/u)]);
    expect(fs.readdirSync(path.dirname(asked.output))).toEqual([]);
  });

  it('fails with an internal error if it crashes', async () => {
    const missing = path.join(folder(), 'importer.js');
    await expect(importCheckpoint(request(), { importerPath: missing })).rejects.toMatchObject({
      code: errorCodes.INTERNAL,
    });
  });
});
