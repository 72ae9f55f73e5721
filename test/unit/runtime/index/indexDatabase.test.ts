import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorCodes } from '../../../../src/core/errors';
import { IndexDatabase } from '../../../../src/runtime/index/indexDatabase';
import type { PassageStore } from '../../../../src/runtime/index/passageStore';

let folder = '';
let file = '';

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-index-'));
  file = path.join(folder, 'index.sqlite');
});

afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const open = () => new IndexDatabase(file, { prefer: 'wasm', waitMs: 0 });
const put = (document: string) => (store: PassageStore) =>
  store.put({ document, stamp: '1', content: 'c1', passages: [] });
const documents = (store: PassageStore) => store.known().map(({ document }) => document);
const ownerOf = (pid: number) => JSON.stringify({ pid, host: os.hostname(), since: 'now' });
const noProcess = 2 ** 30;

describe('IndexDatabase', () => {
  it('shares the database with another window, change by change', async () => {
    const [a, b] = [open(), open()];
    for (let i = 0; i < 3; i++) {
      await a.run(put(`a${i}`));
      await b.run(put(`b${i}`));
    }
    expect((await a.run(documents)).sort()).toEqual(['a0', 'a1', 'a2', 'b0', 'b1', 'b2']);
    expect(fs.readdirSync(folder)).toEqual(['index.sqlite']);
  });

  it('runs concurrent work of one window in the order of the calls', async () => {
    const database = open();
    await Promise.all(['a', 'b', 'c'].map((each) => database.run(put(each))));
    expect(await database.run(documents)).toEqual(['a', 'b', 'c']);
  });

  it('waits for another window and keeps the database if that does not finish', async () => {
    await open().run(put('a'));
    const before = fs.readFileSync(file);
    fs.writeFileSync(`${file}.owner`, ownerOf(process.pid));
    await expect(open().run(put('b'))).rejects.toMatchObject({ code: errorCodes.FILE_BUSY });
    expect(fs.readFileSync(file).equals(before)).toBe(true);
  });

  it('goes on after a window that was killed, whatever locks it left', async () => {
    await open().run(put('a'));
    fs.writeFileSync(`${file}.owner`, ownerOf(noProcess));
    fs.mkdirSync(`${file}.lock`);
    await open().run(put('b'));
    expect(await open().run(documents)).toEqual(['a', 'b']);
  });

  it.each([
    ['is no database', () => fs.writeFileSync(file, 'no database, but longer than a header '.repeat(20))],
    [
      'has a damaged page',
      () => {
        const bytes = fs.readFileSync(file);
        bytes.fill(0xff, 4096 + 8, 4096 + 2000);
        fs.writeFileSync(file, bytes);
      },
    ],
  ])('replaces a file that %s', async (_, damage) => {
    await open().run(put('a'));
    damage();
    const database = open();
    expect(await database.run(documents)).toEqual([]);
    await database.run(put('b'));
    expect(await open().run(documents)).toEqual(['b']);
  });

  it('keeps a file that cannot be opened', async () => {
    const folderInTheWay = path.join(file, 'kept');
    fs.mkdirSync(folderInTheWay, { recursive: true });
    await expect(open().run(documents)).rejects.toMatchObject({ code: errorCodes.OUTPUT_UNWRITABLE });
    expect(fs.existsSync(folderInTheWay)).toBe(true);
  });

  it('passes on an error of the work, and keeps the database', async () => {
    const database = open();
    await database.run(put('a'));
    const failure = new Error('database disk image is malformed');
    const fail = (): never => {
      throw failure;
    };
    await expect(database.run(fail)).rejects.toBe(failure);
    expect(await database.run(documents)).toEqual(['a']);
  });
});
