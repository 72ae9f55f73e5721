import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createScratchFolder,
  partialPrefix,
  removeScratchFoldersOf,
} from '../../../../src/runtime/checkpoints/scratchFolder';

let folder = '';
let prefix = '';

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-scratch-'));
  prefix = partialPrefix(path.join(folder, 'model'));
});

afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

function put(name: string, ageHours: number): void {
  fs.mkdirSync(path.join(folder, name));
  fs.writeFileSync(path.join(folder, name, 'model.onnx'), 'weights');
  const time = Date.now() / 1000 - ageHours * 3600;
  fs.utimesSync(path.join(folder, name), time, time);
}

describe('a scratch folder', () => {
  it('is new, and named by its process', async () => {
    const created = [await createScratchFolder(prefix), await createScratchFolder(prefix)];
    for (const each of created) expect(path.basename(each)).toMatch(`model.partial-${process.pid}-`);
    expect(fs.readdirSync(folder)).toEqual(created.map((each) => path.basename(each)).sort());
  });

  it('that a killed process left is removed after a day, and no other folder', async () => {
    for (const name of ['model.partial-1-abc', 'model', 'model2.partial-1-abc']) put(name, 25);
    put('model.partial-2-abc', 23);
    const created = path.basename(await createScratchFolder(prefix));
    expect(fs.readdirSync(folder).sort()).toEqual(
      ['model', 'model2.partial-1-abc', 'model.partial-2-abc', created].sort(),
    );
  });

  it('is removed when its process is known to have ended', async () => {
    for (const name of ['model.partial-12-abc', 'model.partial-12-def', 'model.partial-123-abc'])
      put(name, 0);
    await removeScratchFoldersOf(12, prefix);
    expect(fs.readdirSync(folder)).toEqual(['model.partial-123-abc']);
    await removeScratchFoldersOf(12, path.join(folder, 'missing', 'model.partial-'));
  });
});
