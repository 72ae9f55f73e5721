import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { CommandParts } from '../../../../src/editor/commands/parts';
import { run } from '../../../../src/editor/onDemand/tagWorkspaceFolder';
import type { PanelWork } from '../../../../src/protocol/panel';
import { EventEmitter, reset, Uri, window, workspace } from '../vscode';

interface Reported {
  readonly message: string;
  readonly increment: number;
}

/** An index that reads two papers. */
function fakeIndex() {
  const changed = new EventEmitter<void>();
  const index = {
    work: undefined as PanelWork | undefined,
    state: { stats: { papers: 2, otherDocuments: 0 } },
    onDidChange: changed.event,
    stop: () => undefined,
    read() {
      for (const done of [1, 2]) {
        index.work = { label: `Reading papers: ${done} of 2`, fraction: done / 2 };
        changed.fire();
      }
      return Promise.resolve({ documents: 1, skipped: [], isCancelled: false, error: undefined });
    },
  };
  return index;
}

describe('Read All Papers in Folder', () => {
  const titles: (string | undefined)[] = [];
  const reported: Reported[] = [];

  beforeEach(() => {
    reset();
    titles.length = 0;
    reported.length = 0;
    workspace.workspaceFolders = [{ uri: Uri.parse('file:/p') }];
    Object.assign(window, {
      setStatusBarMessage: vi.fn(),
      withProgress: (
        { title }: { readonly title?: string },
        work: (progress: unknown, token: unknown) => Promise<unknown>,
      ) => {
        titles.push(title);
        const token = { isCancellationRequested: false, onCancellationRequested: () => undefined };
        return work({ report: (each: Reported) => reported.push(each) }, token);
      },
    });
  });

  it('says once what is being done: VS Code writes the title before each message', async () => {
    const index = fakeIndex();
    const view = { options: { list: vi.fn() } };
    await run({ index: () => index, view, log: { error: vi.fn() } } as unknown as CommandParts);
    const [title] = titles;
    const lines = reported.map(({ message }) => (title === undefined ? message : `${title}: ${message}`));
    expect(lines).toEqual(['Reading papers: 1 of 2', 'Reading papers: 2 of 2']);
  });
});
