import * as fs from 'node:fs';
import type * as fsPromises from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findDeleted, findElsewhere, findIndexInputs } from '../../../src/cli/indexInputs';

/** Administrators may read every folder, so that permissions would close none to them. */
vi.mock('node:fs/promises', async (original) => {
  const actual = await original<typeof fsPromises>();
  const readdir = (folder: string, options: never) =>
    path.basename(folder) === 'closed'
      ? Promise.reject(Object.assign(new Error('permission denied'), { code: 'EACCES' }))
      : actual.readdir(folder, options);
  return { ...actual, readdir };
});

let folder: string;
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-inputs-'))));
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const at = (name: string) => path.join(folder, name);

function write(...names: string[]): void {
  for (const name of names) {
    fs.mkdirSync(path.dirname(at(name)), { recursive: true });
    fs.writeFileSync(at(name), '');
  }
}

const numbered = (count: number, start = 0) =>
  Array.from({ length: count }, (_, index) => `papers/${start + index}.txt`);

/** The documents of an index that leave it in a run over `named`. */
async function deletedBy(indexed: readonly string[], named: readonly string[], prune = false) {
  const inputs = await findIndexInputs(named.map(at), { quiet: true });
  const deleted = await findDeleted(indexed.map(at), inputs, prune);
  return deleted.map((document) => path.relative(folder, document).replaceAll(path.sep, '/'));
}

describe('findIndexInputs', () => {
  it('takes each document once, whatever the path that names it', async () => {
    write('papers/a.txt', 'papers/b.txt');
    const { inputs } = await findIndexInputs([at('papers'), at('papers/../papers'), at('papers/a.txt')], {
      quiet: true,
    });
    expect(inputs).toHaveLength(2);
  });

  it('refuses a folder that does not exist, also among others', async () => {
    write('papers/a.txt');
    for (const missing of ['paperz', 'papers/a.txt/b']) {
      await expect(findIndexInputs([at('papers'), at(missing)], { quiet: true })).rejects.toMatchObject({
        code: 'BB303',
        message: expect.stringContaining(at(missing)) as string,
      });
    }
  });
});

describe('findIndexInputs with a shard', () => {
  const shards = [1, 2, 3].map((number) => ({ number, count: 3 }));
  const inputsOf = (named: readonly string[]) =>
    Promise.all(shards.map((shard) => findIndexInputs(named.map(at), { quiet: true, shard })));

  it('gives each document to one shard, also one that is named twice', async () => {
    write(...numbered(40), 'single.txt');
    const found = await inputsOf(['papers', 'papers/../papers', 'single.txt']);
    const paths = found.flatMap(({ inputs }) => inputs.map((input) => path.relative(folder, input.path)));
    expect(paths.sort()).toEqual([...numbered(40), 'single.txt'].map((name) => path.normalize(name)).sort());
    for (const { inputs, elsewhere } of found) {
      expect(inputs.length).toBeGreaterThan(0);
      expect(inputs.length + elsewhere.size).toBe(41);
    }
  });

  it('keeps a document in its shard when others come or go', async () => {
    write(...numbered(20));
    const [before] = await inputsOf(['papers']);
    write(...numbered(20, 20));
    for (const name of numbered(5)) fs.rmSync(at(name));
    const [after] = await inputsOf(['papers']);
    const stayed = (before?.inputs ?? []).filter((input) => fs.existsSync(input.path));
    expect(stayed.length).toBeGreaterThan(0);
    expect(after?.inputs).toEqual(expect.arrayContaining(stayed));
  });

  it('reports a folder that cannot be read in every shard', async () => {
    write('papers/closed/a.txt');
    const found = await inputsOf(['papers']);
    for (const { inputs, folders } of found) expect([inputs[0]?.isFolder, folders]).toEqual([true, []]);
  });

  it('takes documents of other shards neither for deleted nor for its own', async () => {
    write(...numbered(30));
    const [first] = await inputsOf(['papers']);
    if (first === undefined) throw new Error('no shard');
    const all = numbered(30).map(at);
    expect(await findDeleted(all, first, false)).toEqual([]);
    const mine = first.inputs.map((input) => input.path);
    const options = { output: 'out.jsonl', prune: false };
    expect(findElsewhere(mine, first, options)).toEqual([]);
    expect(() => findElsewhere(all, first, options)).toThrow(
      /^out\.jsonl has lines of \d+ documents of other/u,
    );
    expect(findElsewhere(all, first, { ...options, prune: true })).toHaveLength(30 - mine.length);
    // A deleted document of this shard leaves, although the folder has no other document of it.
    for (const input of mine) fs.rmSync(input);
    const [later] = await inputsOf(['papers']);
    expect(await findDeleted(mine.slice(0, 10), later ?? first, false)).toHaveLength(10);
  });
});

describe('findDeleted', () => {
  it('finds the documents that were deleted from the named folders', async () => {
    write('papers/a.txt', 'papers/c.txt', 'other/a.txt');
    const indexed = ['papers/a.txt', 'papers/b.txt', 'papers/c.txt', 'papers/deep/d.txt', 'other/gone.txt'];
    expect(await deletedBy(indexed, ['papers'])).toEqual(['papers/b.txt', 'papers/deep/d.txt']);
    expect(await deletedBy(indexed, ['papers', 'other'])).toHaveLength(3);
  });

  it('keeps documents beside a named folder, and of a named file', async () => {
    write('papers/a.txt');
    const indexed = ['papers2/b.txt', 'papers.txt', 'b.txt', '..b.txt'];
    expect(await deletedBy(indexed, ['papers'])).toEqual([]);
    expect(await deletedBy([...indexed, 'papers/b.txt'], ['papers/a.txt'])).toEqual([]);
  });

  it('finds deleted documents whose names begin with dots', async () => {
    write('papers/a.txt');
    expect(await deletedBy(['papers/..b.txt'], ['papers'])).toEqual(['papers/..b.txt']);
  });

  it('keeps a document that exists but is passed over in the folder', async () => {
    write('papers/a.txt', 'papers/notes.log', 'papers/.hidden.txt');
    expect(await deletedBy(['papers/notes.log', 'papers/.hidden.txt'], ['papers'])).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')(
    'removes nothing of a folder with an entry that cannot be read',
    async () => {
      write('papers/a.txt');
      expect(await deletedBy(['papers/b.txt'], ['papers'])).toEqual(['papers/b.txt']);
      fs.symlinkSync('nowhere', at('papers/link.txt'));
      expect(await deletedBy(['papers/b.txt'], ['papers'])).toEqual([]);
    },
  );

  it('refuses to remove more than half of a folder if that is more than ten documents', async () => {
    const gone = { code: 'BB307', nextStep: expect.stringContaining('--prune') as string };
    write(...numbered(10, 100));
    const ten = [...numbered(10), ...numbered(9, 100)];
    expect(await deletedBy(ten, ['papers'])).toHaveLength(10);
    const eleven = [...numbered(11), ...numbered(10, 100)];
    await expect(deletedBy(eleven, ['papers'])).rejects.toMatchObject(gone);
    expect(await deletedBy(eleven, ['papers'], true)).toHaveLength(11);
    const half = [...numbered(11), ...numbered(11, 100)];
    write(...numbered(11, 100));
    expect(await deletedBy(half, ['papers'])).toHaveLength(11);
  });

  it('judges each folder by itself: one of two disks may not be mounted', async () => {
    write(...numbered(30).map((name) => `big/${name}`), 'small/papers/0.txt');
    const indexed = [
      ...numbered(30).map((name) => `big/${name}`),
      ...numbered(12).map((name) => `small/${name}`),
    ];
    await expect(deletedBy(indexed, ['big', 'small'])).rejects.toMatchObject({ code: 'BB307' });
  });

  it('refuses to remove the last document of a folder', async () => {
    fs.mkdirSync(at('papers'));
    await expect(deletedBy(['papers/a.txt'], ['papers'])).rejects.toMatchObject({ code: 'BB307' });
    expect(await deletedBy(['papers/a.txt'], ['papers'], true)).toEqual(['papers/a.txt']);
  });
});
