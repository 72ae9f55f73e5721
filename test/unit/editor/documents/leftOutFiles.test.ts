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
/** By path, when the file was created and written. */
const times = new Map<string, number>();
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
    times.clear();
    keys.mockReset();
    keys.mockResolvedValue(undefined);
    Object.assign(commands, { executeCommand: keys });
    Object.assign(workspace, {
      workspaceFolders: [{ uri: Uri.parse('file:/p'), name: 'p', index: 0 }],
      fs: {
        stat: ({ path }: Uri) => {
          const time = times.get(path);
          return time === undefined
            ? Promise.reject(new Error(path))
            : Promise.resolve({ ctime: time, mtime: time });
        },
      },
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
      expect.arrayContaining(['/p/draft.md', '/p/notes/a.md', '/p/old.pdf', '/p/notes']),
    ]);
  });

  it('leaves out with a draft what Pandoc makes of it, also later, and no other file of its name', async () => {
    set('biobert.exclude', ['drafts/*.md', 'own.pdf']);
    found.set('drafts/*.md', ['/p/drafts/mine.md']);
    found.set('own.pdf', ['/p/own.pdf']);
    const { leftOut } = await setUp();
    const text = Uri.parse('biobert-paper:/p/drafts/mine.docx (text)?file') as unknown as vscodeTypes.Uri;
    const all = [uri('/p/drafts/mine.html'), text, uri('/p/mine.pdf'), uri('/p/drafts/mine.nbib')];
    expect(all.map((each) => leftOut.has(each))).toEqual([true, true, false, false]);
    const drafts = [text, uri('/p/drafts/mine.md'), uri('/p/own.pdf')].map((each) => leftOut.draftOf(each));
    expect(drafts.map((each) => each?.path)).toEqual(['/p/drafts/mine.md', undefined, undefined]);
    expect(keys.mock.lastCall?.[2]).toContain('/p/drafts/mine.docx');
    expect(leftOut.outputsOf(uri('/p/drafts/mine.md')).map(({ path }) => path)).toContain(
      '/p/drafts/mine.docx',
    );
  });

  it('leaves out a PDF file with a draft unless it is older: then it is the paper that the notes are on', async () => {
    for (const name of ['draft', 'smith2020']) found.set(`${name}.md`, [`/p/${name}.md`]);
    times.set('/p/draft.md', 5).set('/p/draft.pdf', 9).set('/p/smith2020.md', 5).set('/p/smith2020.pdf', 1);
    set('biobert.exclude', ['draft.md', 'smith2020.md']);
    const { leftOut } = await setUp();
    const pdfs = [uri('/p/draft.pdf'), uri('/p/smith2020.pdf')];
    expect(pdfs.map((each) => leftOut.has(each))).toEqual([true, false]);
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
