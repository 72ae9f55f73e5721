import { beforeEach, describe, expect, it, vi } from 'vitest';
import { findAllMentions } from '../../../../src/editor/records/mentionCommand';
import { commands, FakeDocument, type FakeQuickPick, reset, Uri, window, workspace } from '../vscode';

const draft = new FakeDocument(Uri.parse('file:/p/draft.md'), 'Sorafenib is old.\n', 'markdown');

/** Runs the command for a name that the user types. @returns the title of the list of names. */
async function findTyped(name: string, index: { readonly exists: boolean; readonly work?: object }) {
  const parts = {
    source: { restore: () => Promise.resolve(), all: () => [], get: () => undefined },
    settings: { maxFileBytes: 1e6, languages: [] },
    leftOut: { has: () => false },
    index: () => index,
    log: { error: () => undefined },
  };
  window.quickPick = undefined;
  const running = findAllMentions([], parts as never);
  const list: FakeQuickPick<{ readonly label: string }> & { title?: string } = await vi.waitUntil(
    () => window.quickPick,
  );
  list.type(name);
  list.accept();
  await running;
  return list.title;
}

describe('Find All Mentions', () => {
  beforeEach(() => {
    reset();
    workspace.textDocuments = [draft];
    workspace.workspaceFolders = [{ uri: Uri.parse('file:/p') }];
    Object.assign(workspace, { findFiles: () => Promise.resolve([]) });
  });

  it('says in its list and its message that the folder is still being read', async () => {
    expect(await findTyped('tivozanib', { exists: true, work: {} })).toBe(
      'Find All Mentions: the folder is still being read',
    );
    expect(window.messages).toEqual([
      [
        'No mention of tivozanib was found. The folder is still being read: search again when that has finished.',
      ],
    ]);
  });

  it('offers to read a folder that has not been read', async () => {
    window.picked = 'Read All Papers in Folder';
    expect(await findTyped('tivozanib', { exists: false })).toBe(
      'Find All Mentions: the folder has not been read',
    );
    expect(window.messages).toEqual([
      [
        'No mention of tivozanib was found. A name is found by all its spellings after the folder has been read.',
        'Read All Papers in Folder',
      ],
    ]);
    await vi.waitFor(() => expect(commands.executed.flat()).toContain('biobert.tagWorkspaceFolder'));
  });

  it('says nothing about a folder that has been read, or where none is open', async () => {
    expect(await findTyped('tivozanib', { exists: true })).toBe('Find All Mentions');
    workspace.workspaceFolders = undefined;
    expect(await findTyped('tivozanib', { exists: false })).toBe('Find All Mentions');
    expect(window.messages.flat()).toEqual(Array(2).fill('No mention of tivozanib was found.'));
  });
});
