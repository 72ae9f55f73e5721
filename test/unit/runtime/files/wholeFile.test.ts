import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { replaceWhole } from '../../../../src/runtime/files/wholeFile';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-whole-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

describe('replaceWhole', () => {
  it('writes a new file, replaces it, and leaves nothing beside it', async () => {
    const file = path.join(folder, 'a.json');
    await replaceWhole(file, 'one');
    await replaceWhole(file, 'two');
    expect(fs.readFileSync(file, 'utf8')).toBe('two');
    expect(fs.readdirSync(folder)).toEqual(['a.json']);
  });

  it('replaces the file that a link points to, not the link', async () => {
    const [file, link] = [path.join(folder, 'a.json'), path.join(folder, 'link.json')];
    fs.writeFileSync(file, 'one');
    fs.symlinkSync(file, link);
    await replaceWhole(link, 'two');
    expect(fs.lstatSync(link).isSymbolicLink()).toBe(true);
    expect(fs.readFileSync(file, 'utf8')).toBe('two');
  });

  it('leaves nothing behind if the file cannot be replaced', async () => {
    const target = path.join(folder, 'folder');
    fs.mkdirSync(path.join(target, 'full'), { recursive: true });
    await expect(replaceWhole(target, 'two')).rejects.toThrow();
    expect(fs.readdirSync(folder)).toEqual(['folder']);
  });
});
