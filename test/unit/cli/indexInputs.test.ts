import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findDeleted, findIndexInputs } from '../../../src/cli/indexInputs';

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
  const inputs = await findIndexInputs(named.map(at), true);
  const deleted = await findDeleted(indexed.map(at), inputs, prune);
  return deleted.map((document) => path.relative(folder, document).replaceAll(path.sep, '/'));
}

describe('findIndexInputs', () => {
  it('takes each document once, whatever the path that names it', async () => {
    write('papers/a.txt', 'papers/b.txt');
    const { inputs } = await findIndexInputs(
      [at('papers'), at('papers/../papers'), at('papers/a.txt')],
      true,
    );
    expect(inputs).toHaveLength(2);
  });

  it('refuses a folder that does not exist, also among others', async () => {
    write('papers/a.txt');
    for (const missing of ['paperz', 'papers/a.txt/b']) {
      await expect(findIndexInputs([at('papers'), at(missing)], true)).rejects.toMatchObject({
        code: 'BB303',
        message: expect.stringContaining(at(missing)) as string,
      });
    }
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
