/** Tests the user's own terms on a real disk, and in a virtual file system that works as VS Code's does. */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { maxUserTerms } from '../../../../src/core/linking/userTerms';
import { Settings } from '../../../../src/editor/settings';
import { TermFiles } from '../../../../src/editor/workspace/termFiles';
import { nullLogger } from '../../../../src/runtime/log';
import { openWorkspace } from '../../../support/diskWorkspace';
import { useManifestDefaults } from '../support';
import type { Range } from '../vscode';
import { type EventEmitter, reset, set, type Uri, window, workspace } from '../vscode';

let folder = '';
let changed: EventEmitter<void>;

const put = (name: string, text: string) => fs.writeFileSync(path.join(folder, name), text);
const drug = { name: 'compound 7', id: 'LAB:7', type: 'Chemical' };
const gene = { name: 'orphX', id: 'x', type: 'Gene' };
const drugLine = 'compound 7\tLAB:7\tChemical\n';
const geneLine = 'orphX\tx\tGene\n';

beforeEach(() => {
  reset();
  useManifestDefaults();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-terms-'));
  changed = openWorkspace(folder);
});

afterEach(() => {
  vi.restoreAllMocks();
  Object.assign(workspace, { workspaceFolders: undefined });
  fs.rmSync(folder, { recursive: true, force: true });
});

const create = () => new TermFiles({ settings: new Settings(), log: nullLogger });
const termsIn = (files: TermFiles, document = `file://${folder}/a.txt`) => files.termsFor(document);
const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

describe.each(['file', 'memfs'])('terms in a folder of the scheme %s', (scheme) => {
  beforeEach(() => void (changed = openWorkspace(folder, scheme)));

  it('are read from the default file, also in an untrusted workspace', async () => {
    workspace.isTrusted = false;
    put('biobert-terms.tsv', drugLine + geneLine);
    expect(await termsIn(create(), `${scheme}://${folder}/a.txt`)).toEqual([drug, gene]);
    expect(window.messages).toEqual([]);
  });

  it('are empty without the default file, and nobody is told', async () => {
    const files = create();
    expect(await termsIn(files, `${scheme}://${folder}/a.txt`)).toEqual([]);
    expect(await files.fingerprint()).toBe('');
    expect(window.messages).toEqual([]);
  });

  it('are read again when the file changes, and listeners are told once', async () => {
    const files = create();
    const heard = vi.fn();
    files.onDidChange(heard);
    expect(await termsIn(files)).toEqual([]);
    put('biobert-terms.tsv', drugLine);
    changed.fire();
    await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(1));
    expect(await termsIn(files)).toEqual([drug]);
    put('biobert-terms.tsv', `# a comment\n${drugLine}`);
    changed.fire();
    await settled();
    expect(heard).toHaveBeenCalledTimes(1);
    fs.rmSync(path.join(folder, 'biobert-terms.tsv'));
    changed.fire();
    await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(2));
    expect(await termsIn(files)).toEqual([]);
  });
});

describe('files of terms', () => {
  it('are not read before a document needs them', async () => {
    const stat = vi.spyOn((workspace as unknown as { fs: { stat: () => unknown } }).fs, 'stat');
    const files = create();
    changed.fire();
    set('biobert.terms.files', ['x.tsv']);
    await settled();
    expect(stat).not.toHaveBeenCalled();
    await termsIn(files);
    await termsIn(files);
    expect(stat).toHaveBeenCalledTimes(1);
  });

  it('are those that the setting names, in its order', async () => {
    put('a.tsv', drugLine);
    put('b.tsv', geneLine);
    const files = create();
    const heard = vi.fn();
    files.onDidChange(heard);
    expect(await termsIn(files)).toEqual([]);
    set('biobert.terms.files', ['b.tsv', 'a.tsv', 'b.tsv', '', 7]);
    await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(1));
    expect(await termsIn(files)).toEqual([gene, drug]);
    set('biobert.terms.files', 'a.tsv');
    await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(2));
    expect(await termsIn(files)).toEqual([]);
  });

  it('belong to the folder of the document, or to the first folder for a document outside', async () => {
    const other = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-other-'));
    openWorkspace(folder, 'file', [other]);
    put('biobert-terms.tsv', drugLine);
    fs.writeFileSync(path.join(other, 'biobert-terms.tsv'), geneLine);
    const files = create();
    expect(await termsIn(files, `file://${other}/b.txt`)).toEqual([gene]);
    expect(await termsIn(files, `file://${folder}/b.txt`)).toEqual([drug]);
    expect(await termsIn(files, 'untitled:Untitled-1')).toEqual([drug]);
    expect(await termsIn(files, `biobert-paper://${other}/b.pdf (text)?file`)).toEqual([gene]);
    fs.rmSync(other, { recursive: true });
  });

  it('are empty without a folder', async () => {
    Object.assign(workspace, { workspaceFolders: undefined });
    const files = create();
    expect(await termsIn(files)).toEqual([]);
    expect(await files.fingerprint()).toBe('');
  });

  it('have a fingerprint that follows their terms', async () => {
    put('biobert-terms.tsv', drugLine);
    const one = await create().fingerprint();
    put('biobert-terms.tsv', `\n${drugLine}`);
    expect(await create().fingerprint()).toBe(one);
    put('biobert-terms.tsv', geneLine);
    expect(await create().fingerprint()).not.toBe(one);
    expect(one).not.toBe('');
  });
});

describe('problems of files of terms', () => {
  const messages = () => window.messages.map(([message]) => message);

  it('are shown once, with the first line, which the user can open', async () => {
    const opened = vi.fn();
    Object.assign(window, { showTextDocument: opened });
    window.picked = 'Open File';
    put('biobert-terms.tsv', `${drugLine}orphX\nz\tz\n`);
    const files = create();
    expect(await termsIn(files)).toEqual([drug]);
    expect(window.messages).toEqual([
      [
        expect.stringMatching(
          /^biobert-terms\.tsv, line 2: The line has no identifier and no type\..* Further problems in files of terms: 1\.$/,
        ),
        'Open File',
      ],
    ]);
    await vi.waitFor(() => expect(opened).toHaveBeenCalled());
    const [uri, { selection }] = opened.mock.calls[0] as [Uri, { selection: Range }];
    expect(uri.path).toBe(path.posix.join(folder, 'biobert-terms.tsv'));
    expect(selection.start.line).toBe(1);
    changed.fire();
    await settled();
    expect(window.messages).toHaveLength(1);
  });

  it('are shown again after another change', async () => {
    put('biobert-terms.tsv', 'orphX\n');
    const files = create();
    await termsIn(files);
    put('biobert-terms.tsv', geneLine);
    changed.fire();
    await settled();
    put('biobert-terms.tsv', 'orphX\n');
    changed.fire();
    await vi.waitFor(() => expect(window.messages).toHaveLength(2));
  });

  it.each([
    [['none.tsv'], /^none\.tsv, line 1: There is no such file\./],
    [['../biobert-elsewhere.tsv'], /lies outside the workspace folder/],
    [['.'], /cannot be read/],
  ])('name the file for %j', async (names, message) => {
    set('biobert.terms.files', names);
    expect(await termsIn(create())).toEqual([]);
    expect(messages()).toEqual([expect.stringMatching(message)]);
  });

  it('say that a file is too large', async () => {
    set('biobert.limits.maxFileSizeMB', 0.000_01);
    put('biobert-terms.tsv', drugLine);
    expect(await termsIn(create())).toEqual([]);
    expect(messages()).toEqual([expect.stringMatching(/larger than .* MB/)]);
  });

  it('say that there are too many terms in all files, and keep those of the files before', async () => {
    put('a.tsv', drugLine);
    put('b.tsv', Array.from({ length: maxUserTerms }, (_, index) => `t${index}\tx\tGene\n`).join(''));
    set('biobert.terms.files', ['a.tsv', 'b.tsv']);
    expect(await termsIn(create())).toEqual([drug]);
    expect(messages()).toEqual([expect.stringMatching(/^b\.tsv, line 1: .*more than 20,000 terms/)]);
  });

  it('leave names of files and terms out of the log', async () => {
    const lines: string[] = [];
    const keep = (line: string) => void lines.push(line);
    put('biobert-terms.tsv', `${drugLine}orphX\n`);
    const log = { debug: keep, info: keep, warn: keep, error: keep };
    await termsIn(new TermFiles({ settings: new Settings(), log }));
    expect(lines).toEqual(['Terms: 1 read, 1 lines with problems.']);
  });
});
