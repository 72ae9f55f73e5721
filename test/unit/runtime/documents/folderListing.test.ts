import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import type * as FsPromises from 'node:fs/promises';
import * as net from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listFolder } from '../../../../src/runtime/documents/folderListing';

/** Folders that may not be read. Permissions would not do: an administrator may read everything. */
const forbidden = vi.hoisted(() => new Set<string>());
vi.mock('node:fs/promises', async (importOriginal) => {
  const original = await importOriginal<typeof FsPromises>();
  const readdir = (folder: string, options: object) =>
    forbidden.has(folder)
      ? Promise.reject(Object.assign(new Error('permission denied'), { code: 'EACCES' }))
      : original.readdir(folder, options);
  return { ...original, readdir };
});

let folder: string;
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-listing-'))));
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const at = (...names: string[]) => path.join(folder, ...names);

function write(...names: string[]): void {
  fs.mkdirSync(path.dirname(at(...names)), { recursive: true });
  fs.writeFileSync(at(...names), '');
}

async function list() {
  const { inputs, skipped } = await listFolder(folder);
  const name = (file: string) => path.relative(folder, file).replaceAll(path.sep, '/');
  return {
    files: inputs.filter(({ error }) => !error).map((input) => name(input.path)),
    errors: inputs.filter(({ error }) => error).map(({ path, error }) => [name(path), error]),
    skipped: skipped.map((entry) => [name(entry.path), entry.kind]),
  };
}

describe('listFolder', () => {
  it('lists documents by name, and passes over other, hidden and installed files', async () => {
    for (const name of ['b.txt', 'a.md', 'deep/c.TEX', 'data.xyz', '.hidden.txt', '.git/d.txt']) write(name);
    write('node_modules', 'package', 'readme.md');
    expect(await list()).toEqual({ files: ['a.md', 'b.txt', 'deep/c.TEX'], errors: [], skipped: [] });
    expect([...(await listFolder(folder)).others]).toEqual([['xyz', 1]]);
  });

  it('lists tables and JSON only if they have records', async () => {
    fs.writeFileSync(at('refs.csv'), 'Title,Authors\nNiacin,Zinc\n');
    fs.writeFileSync(at('values.csv'), 'sample,count\n1,2\n');
    fs.writeFileSync(at('library.json'), '[{"title": "Niacin", "issued": {}}]');
    fs.writeFileSync(at('settings.json'), '{"a": 1}');
    const kind = 'data without the titles of publications';
    expect(await list()).toEqual({
      files: ['library.json', 'refs.csv'],
      errors: [],
      skipped: [
        ['settings.json', kind],
        ['values.csv', kind],
      ],
    });
  });

  it.skipIf(process.platform === 'win32')(
    'opens no pipes and sockets, and follows links to files alone',
    async () => {
      write('a.txt');
      expect(spawnSync('mkfifo', [at('b.txt')]).status).toBe(0);
      const server = net.createServer().listen(at('c.txt'));
      await new Promise((resolve) => server.once('listening', resolve));
      fs.symlinkSync('/dev/zero', at('d.txt'));
      fs.symlinkSync('a.txt', at('e.txt'));
      fs.symlinkSync('.', at('f.txt'));
      fs.symlinkSync('.', at('folder'));
      expect(await list()).toEqual({
        files: ['a.txt', 'e.txt'],
        errors: [],
        skipped: [
          ['b.txt', 'a named pipe'],
          ['c.txt', 'a socket'],
          ['d.txt', 'a device'],
          ['f.txt', 'a link to a folder'],
        ],
      });
      await new Promise((resolve) => server.close(resolve));
    },
  );

  it.skipIf(process.platform === 'win32')('reports links that lead nowhere in their turn', async () => {
    fs.symlinkSync('gone', at('a.txt'));
    write('b.txt');
    fs.symlinkSync('c.txt', at('c.txt'));
    const unreadable = expect.objectContaining({ code: 'BB303' }) as unknown;
    expect(await list()).toEqual({
      files: ['b.txt'],
      errors: [
        ['a.txt', unreadable],
        ['c.txt', unreadable],
      ],
      skipped: [],
    });
  });

  it('reports a subfolder that may not be read, and lists the others', async () => {
    write('no', 'a.txt');
    write('yes', 'a.txt');
    forbidden.add(at('no'));
    const listed = await list();
    expect(listed.files).toEqual(['yes/a.txt']);
    expect(listed.errors).toEqual([['no', expect.objectContaining({ code: 'BB303' })]]);
  });

  it('reports a folder that cannot be listed', async () => {
    fs.rmSync(folder, { recursive: true });
    expect((await list()).errors).toEqual([['', expect.objectContaining({ code: 'BB303' })]]);
  });
});
