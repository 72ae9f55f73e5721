import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { IndexFile } from '../../../src/cli/indexFile';

let folder: string;
let output: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-index-'));
  output = path.join(folder, 'out.jsonl');
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const key = { stamp: 's', models: 'm' };
const line = (document: string, change = {}, entities: readonly unknown[] = [{}]) =>
  `${JSON.stringify({ document, ...key, ...change, entities })}\n`;

/** Opens the file for the time of `work`, as a run does. */
async function run<T>(work: (file: IndexFile) => T | Promise<T>): Promise<T> {
  const file = await IndexFile.open(output, { waitMs: 0 });
  try {
    return await work(file);
  } finally {
    await file.close();
  }
}

const finish = (deleted: readonly string[] = []) => run((file) => file.finish(deleted));
const read = () => fs.readFileSync(output, 'utf8');
const foreign = { code: 'BB305', message: expect.stringContaining('is no index') as string };

describe('IndexFile', () => {
  it('keeps lines of earlier runs, and finds those that are up to date', async () => {
    await run((file) => file.add(line('a.txt', {}, [{}, {}])));
    await run(async (file) => {
      expect(file.documents).toEqual(['a.txt']);
      expect([file.has('a.txt', 'm'), file.has('a.txt', 'x'), file.has('b.txt', 'm')]).toEqual([
        true,
        false,
        false,
      ]);
      expect(file.recall('a.txt', key)).toBe(2);
      expect(file.recall('./a.txt', key)).toBe(2);
      expect(file.recall('a.txt', { ...key, stamp: 'x' })).toBeUndefined();
      await Promise.all([file.add(line('b.txt')), file.add(line('c.txt'))]);
      await file.finish([]);
    });
    expect(read()).toBe(line('a.txt', {}, [{}, {}]) + line('b.txt') + line('c.txt'));
    expect(fs.readdirSync(folder)).toEqual(['out.jsonl']);
  });

  it('keeps an outdated line until a new one has replaced it and the run is complete', async () => {
    const [before, other, after] = [line('a.txt', { stamp: 'old' }), line('b.txt'), line('a.txt')];
    fs.writeFileSync(output, before + other);
    await run(() => undefined);
    expect(read()).toBe(before + other);
    await run((file) => file.add(after));
    expect(read()).toBe(before + other + after);
    await finish();
    expect(read()).toBe(other + after);
  });

  it('finds the line with the right key among several of a document, and keeps that one', async () => {
    fs.writeFileSync(output, line('a.txt') + line('a.txt', { models: 'mistaken option' }));
    await run(async (file) => {
      expect(file.recall('a.txt', key)).toBe(1);
      await file.finish([]);
    });
    expect(read()).toBe(line('a.txt'));
  });

  it('removes deleted documents', async () => {
    fs.writeFileSync(output, line('a.txt') + line('b.txt'));
    await finish(['a.txt', 'unknown.txt']);
    expect(read()).toBe(line('b.txt'));
  });

  it('reads lines of an earlier format as out of date', async () => {
    fs.writeFileSync(output, line('a.txt', { stamp: '1762000000000 120', models: '0123 0.5' }));
    await run((file) => {
      expect(file.documents).toEqual(['a.txt']);
      expect(file.recall('a.txt', key)).toBeUndefined();
    });
  });

  it('drops the incomplete last line of a run that was killed, wherever it was cut', async () => {
    const whole = line('a.txt') + line('b.txt');
    for (let length = line('a.txt').length; length < whole.length - 1; length++) {
      fs.writeFileSync(output, whole.slice(0, length));
      await run(async (file) => {
        expect([file.documents, file.damagedLines]).toEqual([['a.txt'], 0]);
        await file.add(line('c.txt'));
      });
      expect(read()).toBe(line('a.txt') + line('c.txt'));
    }
  });

  it('accepts a file whose first line is incomplete, and an empty one', async () => {
    for (const content of ['', '\n', line('a.txt').slice(0, 30)]) {
      fs.writeFileSync(output, content);
      await run((file) => file.add(line('b.txt')));
      expect(read().trimStart()).toBe(line('b.txt'));
    }
  });

  it('completes a last line that lacks its line feed', async () => {
    fs.writeFileSync(output, line('a.txt') + line('b.txt').trimEnd());
    await run(async (file) => {
      await file.add(line('c.txt'));
      await file.finish(['a.txt']);
    });
    expect(read()).toBe(line('b.txt') + line('c.txt'));
  });

  it('ignores damaged lines in the middle, and removes them at the end of a run', async () => {
    const whole = [line('a.txt'), line('b.txt'), line('c.txt')];
    fs.writeFileSync(output, `${whole[0]}{"document":"b.t\0\0\n[1]\n${whole[2]}`);
    await run((file) => {
      expect([file.documents, file.damagedLines]).toEqual([['a.txt', 'c.txt'], 2]);
    });
    expect(read()).toContain('[1]');
    await finish();
    expect(read()).toBe(`${whole[0]}${whole[2]}`);
  });

  it('reads names with every line break of Unicode', async () => {
    const odd = line('a\u2028b\u2029c\u0085d\r.txt');
    await run((file) => file.add(odd));
    await run((file) => {
      expect(file.recall('a\u2028b\u2029c\u0085d\r.txt', key)).toBe(1);
      expect(file.damagedLines).toBe(0);
    });
  });

  it.each(['My notes.\n', 'My notes.', '{"document":1}\nMy notes.\n', '[1]\n', '\0'.repeat(5000)])(
    'refuses a file of another format, and does not change it: %j',
    async (content) => {
      fs.writeFileSync(output, content);
      await expect(finish()).rejects.toMatchObject(foreign);
      expect(read()).toBe(content);
      expect(fs.readdirSync(folder)).toEqual(['out.jsonl']);
    },
  );

  it('refuses a folder, and a path in a folder that does not exist', async () => {
    fs.mkdirSync(output);
    await expect(finish()).rejects.toMatchObject(foreign);
    output = path.join(folder, 'no', 'out.jsonl');
    await expect(finish()).rejects.toMatchObject({ code: 'BB305' });
  });

  it('belongs to one process at a time, whose number the error of another one names', async () => {
    await run(async () => {
      await expect(finish()).rejects.toMatchObject({
        code: 'BB306',
        message: expect.stringContaining(`process ${process.pid} on ${os.hostname()}`) as string,
        nextStep: expect.stringContaining(`${output}.lock`) as string,
      });
    });
    await finish();
    expect(fs.readdirSync(folder)).toEqual(['out.jsonl']);
  });

  it('takes over the lock and the temporary file of a process that was killed', async () => {
    fs.writeFileSync(output, line('a.txt') + line('b.txt'));
    fs.writeFileSync(`${output}.part`, 'half');
    fs.writeFileSync(`${output}.lock`, '999999999');
    await finish(['a.txt']);
    expect(read()).toBe(line('b.txt'));
    expect(fs.readdirSync(folder)).toEqual(['out.jsonl']);
  });

  it.skipIf(process.platform === 'win32')(
    'follows a link, and keeps the permissions of the file',
    async () => {
      const target = path.join(folder, 'target.jsonl');
      fs.writeFileSync(target, line('a.txt') + line('b.txt'), { mode: 0o640 });
      fs.symlinkSync('target.jsonl', output);
      await finish(['a.txt']);
      expect(fs.lstatSync(output).isSymbolicLink()).toBe(true);
      expect(fs.readFileSync(target, 'utf8')).toBe(line('b.txt'));
      expect(fs.statSync(target).mode & 0o777).toBe(0o640);
    },
  );
});
