import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findPlaces } from '../../../../src/editor/records/mentionPlaces';
import { targetOfText } from '../../../../src/editor/records/mentionTarget';
import { showMentions } from '../../../../src/editor/records/mentionsView';
import { openNotebook } from '../support';
import { FakeDocument, reset, Uri, workspace } from '../vscode';
import * as fakeVscode from '../vscode';

const nbib = `PMID- 1
TI  - Aspirin and gout
FAU - Iron, Carl
DP  - 2004
AB  - Of all patients, those who took
      aspirin had a high urate.

PMID- 2
TI  - No drug
FAU - Lee, Bo
DP  - 2010
AB  - Nothing was given.

PMID- 3
TI  - Aspirin again
FAU - Zinc, Anna
DP  - 2012
`;

const draft = 'We say that aspirin is old.\n';

describe('the mentions of a name', () => {
  beforeEach(() => {
    reset();
    workspace.textDocuments = [
      new FakeDocument(Uri.parse('file:/p/set.nbib'), nbib, 'medline'),
      new FakeDocument(Uri.parse('file:/p/draft.md'), draft, 'markdown'),
    ];
    Object.assign(workspace, { asRelativePath: ({ path }: Uri) => path.slice('/p/'.length) });
  });
  afterEach(() => {
    workspace.textDocuments = [];
  });

  async function find() {
    const documents = workspace.textDocuments.map(({ uri }) => ({ document: uri.toString(), entities: [] }));
    const parts = {
      source: { all: () => documents, get: () => undefined },
      settings: { maxFileBytes: 1e6, languages: [] },
      leftOut: { has: () => false },
      log: {},
    };
    const { signal } = new AbortController();
    const report = () => undefined;
    const { papers } = await findPlaces(targetOfText('aspirin'), parts as never, { signal, report });
    return papers;
  }

  it('are grouped by paper in a file of records, and by file in a draft', async () => {
    const papers = await find();
    expect(
      papers.map(({ publication, file, places }) => [
        publication,
        file,
        places.map(({ snippet }) => snippet.line),
      ]),
    ).toEqual([
      ['Iron 2004, Aspirin and gout', 'set.nbib', [2, 6]],
      ['Zinc 2012, Aspirin again', 'set.nbib', [15]],
      [undefined, 'draft.md', [1]],
    ]);
  });

  it('are listed once of a notebook that is open and in the folder', async () => {
    const [cell] = openNotebook('/p/study.ipynb', ['Aspirin in a cell.']);
    const cells = { cell_type: 'markdown', source: 'Aspirin in a cell.' };
    const file = new FakeDocument(
      Uri.parse('file:/p/study.ipynb'),
      JSON.stringify({ cells: [cells] }),
      'json',
    );
    workspace.textDocuments = [cell as never];
    expect((await find()).map(({ places }) => places[0]?.location.uri.scheme)).toEqual([
      'vscode-notebook-cell',
    ]);
    workspace.textDocuments.push(file);
    expect((await find()).map(({ places }) => places[0]?.location.uri.scheme)).toEqual(['file']);
  });

  it('are sought in no file of this program and in no data', async () => {
    const before = await find();
    const json = '{ "name": "aspirin" }';
    workspace.textDocuments.push(
      new FakeDocument(
        Uri.parse('file:/p/.biobert/review.json'),
        `{ "title": ${json}, "type": "book" }`,
        'json',
      ),
      new FakeDocument(Uri.parse('file:/p/package.json'), json, 'json'),
    );
    expect(await find()).toEqual(before);
  });

  it('are shown in the references view: papers with their mentions, and steps from one to the next', async () => {
    let shown: { readonly title: string; readonly resolve: () => unknown } | undefined;
    const view = {
      setInput: (input: typeof shown) => {
        shown = input;
      },
    };
    Object.assign(fakeVscode.extensions, {
      getExtension: () => ({ activate: () => Promise.resolve(view) }),
    });
    await showMentions('aspirin', await find());
    expect(shown?.title).toBe('Mentions of aspirin');
    const { provider, navigation } = shown?.resolve() as {
      provider: {
        getChildren(row?: unknown): unknown[];
        getTreeItem(row: unknown): { label: string; description: string; tooltip: { value: string } };
      };
      navigation: { next(row: unknown): unknown; previous(row: unknown): unknown };
    };
    const roots = provider.getChildren();
    expect(roots.map((row) => provider.getTreeItem(row).label)).toEqual([
      'Iron 2004, Aspirin and gout',
      'Zinc 2012, Aspirin again',
      'draft.md',
    ]);
    const mentions = roots.flatMap((row) => provider.getChildren(row));
    expect(mentions).toHaveLength(4);
    const item = provider.getTreeItem(mentions[1]);
    expect([item.label, item.description]).toEqual(['aspirin had a high urate.', 'line 6']);
    expect(item.tooltip.value).toContain('Of all patients, those who took aspirin had a high urate.');
    expect(item.tooltip.value).toContain('Iron 2004, Aspirin and gout · set.nbib');
    expect(navigation.next(mentions[3])).toBe(mentions[0]);
    expect(navigation.previous(mentions[0])).toBe(mentions[3]);
    expect(navigation.next(roots[1])).toBe(mentions[3]);
  });
});
