import { beforeEach, describe, expect, it, vi } from 'vitest';
import { register } from '../../../../src/editor/commands/leaveOut';
import type { CommandParts } from '../../../../src/editor/commands/parts';
import { Settings } from '../../../../src/editor/settings';
import { useManifestDefaults } from '../support';
import { commands, reset, set, Uri, window, workspace } from '../vscode';

const registered = new Map<string, (...args: readonly unknown[]) => Promise<void>>();
const announced = vi.fn();
const log = { error: vi.fn(), show: vi.fn() };
const stillLeftOut = new Set<string>();

function run(command: string, ...args: readonly unknown[]): Promise<void> {
  return registered.get(command)?.(...args) ?? Promise.reject(new Error(`${command} is not registered`));
}

const patterns = (): unknown => workspace.getConfiguration('biobert').get('exclude');

describe('Leave Out of Lists and Answers', () => {
  beforeEach(() => {
    reset();
    useManifestDefaults();
    stillLeftOut.clear();
    announced.mockClear();
    log.error.mockClear();
    Object.assign(commands, {
      registerCommand: (id: string, handle: (...args: readonly unknown[]) => Promise<void>) => {
        registered.set(id, handle);
        return { dispose: () => undefined };
      },
    });
    Object.assign(window, {
      setStatusBarMessage: announced,
      showErrorMessage: () => Promise.resolve(undefined),
    });
    Object.assign(workspace, {
      fs: {
        stat: ({ path }: Uri) =>
          path === '/p/my.docx' ? Promise.resolve({}) : Promise.reject(new Error(path)),
      },
      getWorkspaceFolder: ({ path }: Uri) =>
        path.startsWith('/p/') ? { uri: Uri.parse('file:/p'), name: 'p', index: 0 } : undefined,
    });
    const leftOut = {
      refresh: () => Promise.resolve(),
      has: (uri: Uri) => stillLeftOut.has(uri.path),
      outputsOf: ({ path }: Uri) =>
        path.endsWith('.md')
          ? ['docx', 'pdf'].map((each) => Uri.parse(`file:${path.replace('md', each)}`))
          : [],
      draftOf: ({ path }: Uri) => (path === '/p/my.docx' ? Uri.parse('file:/p/my.md') : undefined),
    };
    register({ settings: new Settings(), leftOut, log } as unknown as CommandParts);
  });

  it('adds a file to the setting of its folder, once', async () => {
    const uri = Uri.parse('file:/p/notes/draft [1].md');
    await run('biobert.leaveOut', uri);
    await run('biobert.leaveOut', uri);
    expect(patterns()).toEqual(['notes/draft [[]1[]].md']);
    expect(announced.mock.lastCall?.[0]).toBe('draft [1].md is left out of lists and answers.');
  });

  it('adds all selected files, and of a paper its file', async () => {
    const files = [Uri.parse('file:/p/a.md'), Uri.parse('biobert-paper:/p/b.pdf (text)?file')];
    await run('biobert.leaveOut', files[0], files);
    expect(patterns()).toEqual(['a.md', 'b.pdf']);
    expect(announced.mock.lastCall?.[0]).toBe('2 files are left out of lists and answers.');
  });

  it('says what of a draft is left out with it, and that the draft decides', async () => {
    await run('biobert.leaveOut', Uri.parse('file:/p/my.md'));
    expect(announced.mock.lastCall?.[0]).toBe(
      'my.md is left out of lists and answers, and so is what was made from it: my.docx.',
    );
    stillLeftOut.add('/p/my.docx');
    await run('biobert.useAgain', Uri.parse('file:/p/my.docx'));
    expect(String(log.error.mock.lastCall?.[0])).toContain(
      'my.docx is left out because it was made from my.md.',
    );
  });

  it('removes a file from the setting and keeps other patterns', async () => {
    set('biobert.exclude', ['a.md', '**/*.tex']);
    await run('biobert.useAgain', Uri.parse('file:/p/a.md'));
    expect(patterns()).toEqual(['**/*.tex']);
    expect(announced.mock.lastCall?.[0]).toBe('a.md is used in lists and answers again.');
  });

  it('says so if a pattern of the user still leaves the file out', async () => {
    set('biobert.exclude', ['**/*.tex']);
    stillLeftOut.add('/p/a.tex');
    await run('biobert.useAgain', Uri.parse('file:/p/a.tex'));
    expect(patterns()).toEqual(['**/*.tex']);
    expect(window.messages.flat().join()).toContain('still leaves a.tex out');
  });

  it('needs a file of the open folder', async () => {
    await run('biobert.leaveOut', Uri.parse('file:/elsewhere/a.md'));
    expect(patterns()).toEqual([]);
    expect(String(log.error.mock.lastCall?.[0])).toContain('No file of the open folder is chosen.');
  });
});
