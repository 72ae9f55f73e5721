import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type * as vscode from 'vscode';
import { showFirstSteps } from '../../../../src/editor/firstSteps/firstStart';
import { SampleFolder } from '../../../../src/editor/firstSteps/sampleFolder';
import { root } from '../../sources';
import { useManifestDefaults } from '../support';
import { commands, reset, set, Uri, ViewColumn, window, workspace } from '../vscode';

useManifestDefaults();
let storage: string;
const values = new Map<string, unknown>();
/** Names of the documents that were shown and tagged. */
const shown: string[] = [];
const tagged: string[] = [];
const columns: number[] = [];

beforeEach(() => {
  reset();
  values.clear();
  shown.length = 0;
  tagged.length = 0;
  columns.length = 0;
  storage = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-samples-'));
  Object.assign(workspace, {
    fs: {
      stat: ({ fsPath }: Uri) => fs.promises.stat(fsPath),
      readFile: ({ fsPath }: Uri) => fs.promises.readFile(fsPath),
      writeFile: async ({ fsPath }: Uri, content: Uint8Array) => {
        await fs.promises.mkdir(path.dirname(fsPath), { recursive: true });
        await fs.promises.writeFile(fsPath, content);
      },
    },
    openTextDocument: (uri: Uri) => Promise.resolve({ uri }),
  });
  Object.assign(window, {
    showTextDocument: ({ uri }: { readonly uri: Uri }, options: { readonly viewColumn: number }) => {
      shown.push(path.basename(uri.path));
      columns.push(options.viewColumn);
      return Promise.resolve();
    },
  });
  Object.assign(window.tabGroups, { all: [{ tabs: [] }], activeTabGroup: { activeTab: undefined } });
});

afterEach(() => {
  fs.rmSync(storage, { recursive: true, force: true });
});

const folder = (): string => path.join(storage, 'samples');
const ids = (): unknown[] => commands.executed.map(([id]) => id);

function createContext(): vscode.ExtensionContext {
  const globalState = {
    get: (key: string) => values.get(key),
    update: (key: string, value: unknown) => {
      values.set(key, value);
      return Promise.resolve();
    },
  };
  const extension = { id: 'biobert.biobert', extensionPath: root };
  const uris = { extensionUri: Uri.file(root), globalStorageUri: Uri.file(storage) };
  return { ...uris, globalState, extension } as unknown as vscode.ExtensionContext;
}

function createSamples(): SampleFolder {
  return new SampleFolder(createContext(), {
    tagDocument: ({ uri }) => {
      tagged.push(path.basename(uri.path));
      return Promise.resolve(undefined as never);
    },
  });
}

describe('SampleFolder', () => {
  it('opens the abstract in a window that has a folder, marks it and shows the side bar', async () => {
    workspace.workspaceFolders = [{ uri: Uri.file('/papers') }];
    await createSamples().open('abstract');
    expect([shown, tagged, ids()]).toEqual([['abstract.txt'], ['abstract.txt'], ['biobert.panel.focus']]);
  });

  it('copies every sample file, and keeps what the user has changed', async () => {
    workspace.workspaceFolders = [{ uri: Uri.file('/papers') }];
    await createSamples().open('abstract');
    const files = fs.readdirSync(path.join(root, 'samples'), { recursive: true, encoding: 'utf8' }).sort();
    expect(fs.readdirSync(folder(), { recursive: true, encoding: 'utf8' }).sort()).toEqual(files);
    fs.writeFileSync(path.join(folder(), 'abstract.txt'), 'My text.');
    await createSamples().open('abstract');
    expect(fs.readFileSync(path.join(folder(), 'abstract.txt'), 'utf8')).toBe('My text.');
  });

  it('does not cover the walkthrough', async () => {
    workspace.workspaceFolders = [{ uri: Uri.file('/papers') }];
    await createSamples().open('abstract');
    const group = { viewColumn: 2, tabs: [{}], activeTab: { input: undefined } };
    Object.assign(window.tabGroups, { all: [group], activeTabGroup: group });
    await createSamples().open('abstract');
    Object.assign(window.tabGroups, { all: [{ viewColumn: 1, tabs: [{}] }, group] });
    await createSamples().open('abstract');
    expect(columns).toEqual([ViewColumn.Active, ViewColumn.Beside, 1]);
  });

  it('opens its folder in an empty window, and the abstract when that has happened', async () => {
    await createSamples().open('abstract');
    expect(commands.executed.map(([id, , options]) => [id, options])).toEqual([
      ['vscode.openFolder', { forceReuseWindow: true }],
    ]);
    workspace.workspaceFolders = [{ uri: Uri.file(folder()) }];
    expect(await createSamples().continue()).toBe(true);
    expect(tagged).toEqual(['abstract.txt']);
  });

  it('opens the review in a window of its own, with its records', async () => {
    workspace.workspaceFolders = [{ uri: Uri.file('/papers') }];
    await createSamples().open('review');
    expect(commands.executed[0]?.[2]).toEqual({ forceNewWindow: true });
    commands.executed.length = 0;
    workspace.workspaceFolders = [{ uri: Uri.file(folder()) }];
    expect(await createSamples().continue()).toBe(false);
    expect(ids()).toEqual(['biobert.review.import', 'biobert.review.open']);
    fs.writeFileSync(path.join(folder(), '.biobert/records.jsonl'), '');
    commands.executed.length = 0;
    await createSamples().open('review');
    expect(ids()).toEqual(['biobert.review.open']);
  });

  it('shows nothing in another folder, or in a window whose tabs were restored', async () => {
    workspace.workspaceFolders = [{ uri: Uri.file('/papers') }];
    expect(await createSamples().continue()).toBe(false);
    workspace.workspaceFolders = [{ uri: Uri.file(folder()) }];
    Object.assign(window.tabGroups, { all: [{ tabs: [{}] }] });
    expect(await createSamples().continue()).toBe(false);
    expect(shown).toEqual([]);
  });
});

describe('showFirstSteps', () => {
  const opened = (): unknown[] =>
    commands.executed.filter(([id]) => id === 'workbench.action.openWalkthrough').map(([, id]) => id);

  it('opens the walkthrough once', async () => {
    await showFirstSteps(createContext(), createSamples());
    await showFirstSteps(createContext(), createSamples());
    expect(opened()).toEqual(['biobert.biobert#start']);
  });

  it('opens it again with the sample', async () => {
    await showFirstSteps(createContext(), createSamples());
    workspace.workspaceFolders = [{ uri: Uri.file(folder()) }];
    await showFirstSteps(createContext(), createSamples());
    expect(opened()).toHaveLength(2);
  });

  it('opens none if the user wants no walkthroughs', async () => {
    set('workbench.welcomePage.walkthroughs.openOnInstall', false);
    await showFirstSteps(createContext(), createSamples());
    expect(opened()).toEqual([]);
  });

  it('leaves it to VS Code if the extension was installed in this window', async () => {
    const context = createContext();
    fs.writeFileSync(path.join(storage, 'package.json'), '{}');
    Object.assign(context.extension, { extensionPath: storage });
    await showFirstSteps(context, createSamples());
    expect(opened()).toEqual([]);
  });
});
