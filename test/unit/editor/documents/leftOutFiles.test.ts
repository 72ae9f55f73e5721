import type * as vscodeTypes from 'vscode';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { exactPattern, leftOutKey, LeftOutFiles } from '../../../../src/editor/documents/leftOutFiles';
import { Settings } from '../../../../src/editor/settings';
import { nullLogger } from '../../../../src/runtime/log';
import { useManifestDefaults } from '../support';
import { commands, type RelativePattern, reset, set, Uri, workspace } from '../vscode';

const uri = (path: string) => Uri.parse(`file:${path}`) as unknown as vscodeTypes.Uri;
/** By pattern, the files that VS Code finds for it. */
const found = new Map<string, readonly string[]>();
const keys = vi.fn<(command: string, key: string, paths: readonly string[]) => Promise<void>>();

async function setUp(): Promise<{ leftOut: LeftOutFiles; changes: () => number }> {
  const leftOut = new LeftOutFiles(new Settings(), nullLogger);
  let changes = 0;
  leftOut.onDidChange(() => changes++);
  await leftOut.refresh();
  return { leftOut, changes: () => changes };
}

describe('LeftOutFiles', () => {
  beforeEach(() => {
    reset();
    useManifestDefaults();
    found.clear();
    keys.mockReset();
    keys.mockResolvedValue(undefined);
    Object.assign(commands, { executeCommand: keys });
    Object.assign(workspace, {
      workspaceFolders: [{ uri: Uri.parse('file:/p'), name: 'p', index: 0 }],
      findFiles: ({ pattern }: RelativePattern) =>
        Promise.resolve((found.get(pattern) ?? []).map((path) => Uri.parse(`file:${path}`))),
    });
  });

  it('leaves nothing out by default', async () => {
    const { leftOut } = await setUp();
    expect(leftOut.has(uri('/p/draft.md'))).toBe(false);
  });

  it('leaves out the files of a pattern and all files in a folder, papers by their text too', async () => {
    set('biobert.exclude', ['draft.md', 'notes', 'old.pdf', ' ']);
    found.set('draft.md', ['/p/draft.md']);
    found.set('notes/**', ['/p/notes/a.md']);
    found.set('old.pdf', ['/p/old.pdf']);
    const { leftOut } = await setUp();
    const text = Uri.parse('biobert-paper:/p/old.pdf (text)?file') as unknown as vscodeTypes.Uri;
    const all = [uri('/p/draft.md'), uri('/p/notes/a.md'), text, uri('/p/paper.md')];
    expect(all.map((each) => leftOut.has(each))).toEqual([true, true, true, false]);
    expect(keys.mock.lastCall?.slice(1)).toEqual([
      leftOutKey,
      ['/p/draft.md', '/p/notes/a.md', '/p/old.pdf', '/p/notes'],
    ]);
  });

  it('follows the setting at once, and fires only if other files are left out', async () => {
    const { leftOut, changes } = await setUp();
    found.set('draft.md', ['/p/draft.md']);
    set('biobert.exclude', ['draft.md']);
    await vi.waitFor(() => expect(leftOut.has(uri('/p/draft.md'))).toBe(true));
    set('biobert.exclude', ['draft.md', 'missing.md']);
    await leftOut.refresh();
    expect(changes()).toBe(1);
    set('biobert.exclude', []);
    await vi.waitFor(() => expect(changes()).toBe(2));
    expect(leftOut.has(uri('/p/draft.md'))).toBe(false);
  });
});

describe('exactPattern', () => {
  it.each([
    ['notes/a.md', 'notes/a.md'],
    ['[1] {a}*?.md', '[[]1[]] [{]a[}][*][?].md'],
  ])('matches %j only', (path, pattern) => {
    expect(exactPattern(path)).toBe(pattern);
  });
});
