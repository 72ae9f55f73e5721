/** Tests the file of the workspace on a real disk, and in a virtual file system that works as VS Code's does. */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { errorCodes } from '../../../../src/core/errors';
import {
  documentPath,
  documentUri,
  isInWorkspace,
  WorkspaceFile,
} from '../../../../src/editor/workspace/workspaceFile';
import { openWorkspace } from '../../../support/diskWorkspace';
import { FileSystemError, workspace } from '../vscode';

let folder = '';
const at = (name: string) => path.join(folder, '.biobert', name);
const read = (name: string) => fs.readFileSync(at(name), 'utf8');
const files = () => fs.readdirSync(at('')).sort();
const put = (name: string, text: string) => {
  fs.mkdirSync(at(''), { recursive: true });
  fs.writeFileSync(at(name), text);
};

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-workspace-'));
  openWorkspace(folder);
});

afterEach(() => {
  vi.restoreAllMocks();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** Writes as the store of evidence does. */
async function write(text: string): Promise<boolean> {
  const file = new WorkspaceFile('evidence.json');
  return file.exclusively(async () => file.replace(text, await file.read()));
}

describe.each(['file', 'memfs'])('WorkspaceFile in a folder of the scheme %s', (scheme) => {
  beforeEach(() => void openWorkspace(folder, scheme));

  it('creates the folder and leaves only the file in it', async () => {
    expect(await write('one')).toBe(true);
    expect([read('evidence.json'), files()]).toEqual(['one', ['evidence.json']]);
  });

  it('keeps the content before the last change as a copy, which git ignores', async () => {
    for (const text of ['one', 'two', 'three']) await write(text);
    expect([read('evidence.json'), read('evidence.json.bak')]).toEqual(['three', 'two']);
    expect(await new WorkspaceFile('evidence.json').readCopy()).toBe('two');
    expect([files(), read('.gitignore')]).toEqual([
      ['.gitignore', 'evidence.json', 'evidence.json.bak'],
      '*.bak\n*.lock*\n*.tmp-*\n',
    ]);
  });

  it('leaves the rules of git alone', async () => {
    put('.gitignore', '# mine');
    for (const text of ['one', 'two']) await write(text);
    expect(read('.gitignore')).toBe('# mine');
  });

  it('does not overwrite what another program wrote meanwhile', async () => {
    put('evidence.json', 'theirs');
    const file = new WorkspaceFile('evidence.json');
    expect(await file.replace('ours', 'older')).toBe(false);
    expect([read('evidence.json'), files()]).toEqual(['theirs', ['evidence.json']]);
  });

  it('renames an unreadable file and does not delete it', async () => {
    put('evidence.json', 'wor');
    await new WorkspaceFile('evidence.json').setAside();
    const [name = ''] = files();
    expect([name.startsWith('evidence.json.unreadable-'), read(name)]).toEqual([true, 'wor']);
  });

  it('removes temporary files of a window that was killed, and no newer ones', async () => {
    const killed = ['.tmp-aaaa', '.bak.tmp-bbbb', '.lock.tmp-cccc'].map((ending) => `evidence.json${ending}`);
    for (const name of [...killed, 'evidence.json.tmp-new']) put(name, '{');
    const old = new Date(Date.now() - 3_600_000);
    for (const name of killed) fs.utimesSync(at(name), old, old);
    await write('one');
    expect(files()).toEqual(['evidence.json', 'evidence.json.tmp-new']);
  });

  it('neither reads as empty nor writes if the whole folder has gone, as an unmounted drive has', async () => {
    fs.rmdirSync(folder);
    const file = new WorkspaceFile('evidence.json');
    await expect(file.read()).rejects.toMatchObject({ code: errorCodes.DOCUMENT_UNREADABLE });
    await expect(write('one')).rejects.toMatchObject({ code: errorCodes.OUTPUT_UNWRITABLE });
    expect(fs.existsSync(folder)).toBe(false);
  });
});

describe('WorkspaceFile on the disk', () => {
  it('replaces the target of a link, and keeps the link and the permissions', async () => {
    const target = path.join(folder, 'shared.json');
    fs.writeFileSync(target, 'one', { mode: 0o640 });
    fs.chmodSync(target, 0o640);
    fs.mkdirSync(at(''));
    fs.symlinkSync(target, at('evidence.json'));
    await write('two');
    expect(fs.readFileSync(target, 'utf8')).toBe('two');
    expect(fs.lstatSync(at('evidence.json')).isSymbolicLink()).toBe(true);
    expect(fs.statSync(target).mode & 0o777).toBe(0o640);
  });

  it('waits for a window that is writing, and says which file to delete if it never ends', async () => {
    vi.spyOn(Date, 'now').mockReturnValueOnce(0).mockReturnValue(60_000);
    put('evidence.json.lock', JSON.stringify({ pid: process.pid, host: os.hostname(), since: 'now' }));
    await expect(write('one')).rejects.toMatchObject({
      code: errorCodes.FILE_BUSY,
      nextStep: 'Try again. If no other window is open, delete .biobert/evidence.json.lock.',
    });
  });
});

describe('WorkspaceFile in a virtual file system', () => {
  beforeEach(() => void openWorkspace(folder, 'memfs'));
  const failing = (operation: string, code: string, message: string) =>
    Object.assign(workspace, {
      fs: {
        ...(workspace as unknown as { readonly fs: object }).fs,
        [operation]: () => Promise.reject(new FileSystemError(code, message)),
      },
    });

  it('writes in place where a file cannot be renamed, after a copy was made', async () => {
    put('evidence.json', 'one');
    failing('rename', 'Unavailable', 'This provider cannot rename.');
    expect(await write('two')).toBe(true);
    expect([read('evidence.json'), read('evidence.json.bak')]).toEqual(['two', 'one']);
    expect(files()).toEqual(['.gitignore', 'evidence.json', 'evidence.json.bak']);
  });

  it.each([
    [
      'Unknown',
      'Error: ENOSPC: no space left on device, write',
      'The disk is full: .biobert/evidence.json cannot',
    ],
    [
      'NoPermissions',
      'Error: EACCES: permission denied, open',
      'You may not write to .biobert/evidence.json.',
    ],
    ['NoPermissions', 'EROFS: read-only file system', 'You may not write to .biobert/evidence.json.'],
    ['Unavailable', 'Offline', 'The file .biobert/evidence.json cannot be written.'],
  ])('says in words what %s (%s) means, and changes nothing', async (code, message, words) => {
    put('evidence.json', 'one');
    failing('writeFile', code, message);
    await expect(write('two')).rejects.toMatchObject({
      code: errorCodes.OUTPUT_UNWRITABLE,
      message: expect.stringContaining(words) as string,
    });
    expect([read('evidence.json'), files()]).toEqual(['one', ['evidence.json']]);
  });
});

describe('documentPath', () => {
  it('names documents of all folders so that each is found again', () => {
    openWorkspace('/reviews/a', 'file', ['/reviews/b']);
    const names = [
      'file:///reviews/a/papers/1.md',
      'file:///reviews/b/papers/1.md',
      'file:///elsewhere/1.md',
    ];
    const paths = names.map(documentPath);
    expect(paths).toEqual(['papers/1.md', names[1], names[2]]);
    expect(paths.map((each) => documentUri(each).toString())).toEqual(names);
    expect(paths.map((each) => isInWorkspace(documentUri(each)))).toEqual([true, true, false]);
  });
});

describe('isInWorkspace', () => {
  it.each([
    ['papers/a.md', true],
    ['papers/..a.md', true],
    ['../a.md', false],
    ['papers/../../a.md', false],
    ['..\\a.md', false],
    ['file:///etc/passwd', false],
    ['file://server/share/a.md', false],
    ['\\\\server\\share\\..\\a.md', false],
    ['https://example.org/a.md', false],
  ])('judges the place of %s', (name, expected) => {
    expect(isInWorkspace(documentUri(name))).toBe(expected);
  });

  it('does not trust a URI that begins inside and leads outside', () => {
    expect(isInWorkspace(documentUri(`file://${folder}/papers/a.md`))).toBe(true);
    expect(isInWorkspace(documentUri(`file://${folder}/../a.md`))).toBe(false);
  });
});
