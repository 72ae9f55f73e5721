import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptySettings } from '../../../../../src/core/review/settings';
import { ScreeningPanel } from '../../../../../src/editor/review/screening/screeningPanel';
import type { ReviewParts } from '../../../../../src/editor/reviewAccess';
import { nullLogger } from '../../../../../src/runtime/log';
import { EventEmitter, TabInputWebview, Uri, window } from '../../vscode';
import { useReviewTools } from '../support';

/** A panel as VS Code hands it over after a reload: without a page. */
function emptyPanel() {
  const disposed = new EventEmitter<undefined>();
  const panel = {
    isDisposed: false,
    visible: true,
    reveals: 0,
    reveal: () => {
      panel.reveals += 1;
    },
    onDidDispose: disposed.event,
    onDidChangeViewState: new EventEmitter<undefined>().event,
    dispose: () => {
      panel.isDisposed = true;
      disposed.fire(undefined);
    },
    webview: {
      html: '',
      options: {},
      cspSource: 'self',
      asWebviewUri: (uri: Uri) => uri,
      onDidReceiveMessage: new EventEmitter<undefined>().event,
      postMessage: () => Promise.resolve(true),
    },
  };
  return panel;
}

const setup = useReviewTools();
let screening: ScreeningPanel;

beforeEach(() => {
  const { session } = setup.tools;
  const parts = {
    context: { extensionUri: Uri.file('/extension'), workspaceState: { get: () => ({}) } },
    ...{ engine: {}, settings: {}, log: nullLogger },
  } as unknown as ReviewParts;
  screening = new ScreeningPanel({
    ...{ parts, session },
    createRanking: () => ({
      load: () => Promise.reject(new Error('no worker')),
      rank: () => Promise.reject(new Error('no worker')),
      dispose: () => undefined,
    }),
  });
});

afterEach(() => screening.dispose());

async function restore() {
  const panel = emptyPanel();
  await screening.restore(panel as never);
  return panel;
}

describe('a screening view that VS Code kept over a reload', () => {
  it('gets its page and what the page may load', async () => {
    await setup.tools.session.create({ ...emptySettings, title: 'Metformin & polyps' });
    const { isDisposed, webview } = await restore();
    expect(isDisposed).toBe(false);
    expect(webview.html).toContain('<title>Metformin &amp; polyps</title>');
    expect(webview.options).toMatchObject({ enableScripts: true, localResourceRoots: [{}, {}] });
  });

  it('is the one that the command shows, and a second one is closed', async () => {
    await setup.tools.session.create(emptySettings);
    const first = await restore();
    expect(await restore()).toMatchObject({ isDisposed: true });
    first.dispose();
    expect(await restore()).toMatchObject({ isDisposed: false });
  });

  it('is replaced by the one that the command opens if it was not shown since then, in its column', async () => {
    await setup.tools.session.create({ ...emptySettings, title: 'Gout' });
    const group = { viewColumn: 2 };
    const [kept, other] = ['screening', 'graph'].map((name) => ({
      group,
      input: new TabInputWebview(`mainThreadWebview-biobert.${name}`),
    }));
    const calls: unknown[] = [];
    const created = emptyPanel();
    Object.assign(window, {
      tabGroups: {
        all: [{ tabs: [other, { group, input: undefined }] }, { tabs: [kept] }],
        close: (tabs: unknown) => Promise.resolve(void calls.push(tabs)),
      },
      createWebviewPanel: (...given: readonly unknown[]) => {
        calls.push(given);
        return created;
      },
    });
    await screening.show();
    expect(calls).toEqual([['biobert.screening', 'Gout', 2], [kept]]);
    expect(await restore()).toMatchObject({ isDisposed: true });
    await screening.show();
    expect(created.reveals).toBe(1);
    expect(calls).toHaveLength(2);
  });

  it('is closed if the folder has no review any more', async () => {
    expect(await restore()).toMatchObject({ isDisposed: true });
    expect(setup.user.messages).toEqual([]);
  });

  it('is closed with a message if the review cannot be read', async () => {
    await fs.mkdir(path.join(setup.folder, '.biobert'));
    await fs.writeFile(path.join(setup.folder, '.biobert', 'review.json'), '{');
    expect(await restore()).toMatchObject({ isDisposed: true });
    expect(setup.user.messages.join()).toContain('review.json');
  });
});
