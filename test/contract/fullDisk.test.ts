/** A window that pins evidence on a disk that becomes full. */
import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FullDiskReport } from '../support/fullDiskWindow';
import { bundle } from '../support/processes';

const root = path.resolve(import.meta.dirname, '../..');
let folder = '';

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-full-'));
});

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** A shell with a disk of its own, which vanishes with it. Linux only, and not in every container. */
const onSmallDisk = ['-rm', 'sh', '-c', 'mount -t tmpfs -o size=256k tmpfs "$0" && exec "$@"'];
const canMount = spawnSync('unshare', [...onSmallDisk, os.tmpdir(), 'true']).status === 0;

describe('the table of evidence on a full disk', () => {
  it('loses none of 113 pins, and takes further ones when space is freed', async () => {
    const script = await bundle(root, 'test/support/fullDiskWindow.ts', folder);
    const disk = path.join(folder, 'disk');
    fs.mkdirSync(disk);
    const window = [process.execPath, script, disk];
    // The window counts the bytes that it writes if the system lets nobody mount a disk.
    const [program = '', ...args] = canMount
      ? ['unshare', ...onSmallDisk, disk, ...window]
      : [...window, 'counted'];
    const report = JSON.parse(execFileSync(program, args, { encoding: 'utf8' })) as FullDiskReport;
    expect(report.entries).toEqual([
      [113, 113],
      [113, 113],
      [120, 120],
    ]);
    const refused =
      'The disk is full: .biobert/evidence.json cannot be written. Free some space and try again. The file is unchanged. (BB305)';
    expect(report.messages).toEqual(Array.from({ length: 7 }, () => refused));
  });
});
