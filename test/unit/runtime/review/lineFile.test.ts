import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorCodes } from '../../../../src/core/errors';
import { fileStamp, LineFile } from '../../../../src/runtime/review/lineFile';

let folder: string;
let file: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-lines-'));
  file = path.join(folder, '.biobert', 'lines.jsonl');
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true });
});
const written = () => fs.readFileSync(file, 'utf8');
const put = (text: string) => {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
};

describe('LineFile', () => {
  it('is empty before the first line, which makes its folder', async () => {
    const lines = new LineFile(file);
    expect(await lines.read()).toBe('');
    await lines.append('{"a":1}\n');
    expect(await lines.read()).toBe('{"a":1}\n');
  });

  it('begins a new line after a half one', async () => {
    put('{"a":1}\n{"a":2,"ti');
    await new LineFile(file).append('{"a":3}\n');
    expect(written()).toBe('{"a":1}\n{"a":2,"ti\n{"a":3}\n');
  });

  it('keeps the order of lines that are added at once', async () => {
    const lines = new LineFile(file);
    await Promise.all(Array.from({ length: 20 }, (_, index) => lines.append(`${index}\n`)));
    expect(written().trim().split('\n')).toEqual(Array.from({ length: 20 }, (_, index) => String(index)));
  });

  it('mixes no lines of two windows', async () => {
    const windows = [new LineFile(file), new LineFile(file)] as const;
    const long = 'x'.repeat(20_000);
    const all = Array.from({ length: 30 }, (_, index) => `${index} ${long}`);
    await Promise.all(all.map((line, index) => windows[index % 2 === 0 ? 0 : 1].append(`${line}\n`)));
    const lines = written()
      .split('\n')
      .filter((line) => line !== '');
    expect(lines.sort()).toEqual(all.sort());
  });

  it('tells its state before and after, and no state after if another window wrote', async () => {
    const lines = new LineFile(file);
    const first = await lines.append('one\n');
    expect(first.before).toBeUndefined();
    expect(first.after).toBe(fileStamp(fs.statSync(file)));
    fs.appendFileSync(file, 'other\n');
    const second = await lines.append('two\n');
    expect(second.before).not.toBe(first.after);
  });

  it('goes on after a failure, which says what to do', async () => {
    fs.writeFileSync(path.join(folder, '.biobert'), 'a file');
    const lines = new LineFile(file);
    await expect(lines.append('one\n')).rejects.toMatchObject({
      code: errorCodes.OUTPUT_UNWRITABLE,
      nextStep: 'Check that you may write to the folder.',
    });
    fs.rmSync(path.join(folder, '.biobert'));
    await lines.append('two\n');
    expect(written()).toBe('two\n');
  });

  it('cannot be read if it is a folder', async () => {
    fs.mkdirSync(file, { recursive: true });
    await expect(new LineFile(file).read()).rejects.toMatchObject({ code: errorCodes.DOCUMENT_UNREADABLE });
  });
});
