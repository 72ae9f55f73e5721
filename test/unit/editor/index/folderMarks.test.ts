import type * as vscodeTypes from 'vscode';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Curation, noDecisions } from '../../../../src/core/curation/decisions';
import { AnnotationStore } from '../../../../src/editor/annotations/annotationStore';
import { readDocument } from '../../../../src/editor/documents/readDocument';
import { encodeRecord } from '../../../../src/runtime/folder/record';
import { TaggedFiles } from '../../../../src/editor/entities/taggedFiles';
import { contentKey } from '../../../../src/runtime/folder/contentKey';
import { FolderMarks } from '../../../../src/editor/index/folderMarks';
import { Settings } from '../../../../src/editor/settings';
import type { FoundMarks } from '../../../../src/protocol/indexMessages';
import type { Method } from '../../../../src/protocol/rpc';
import { nullLogger } from '../../../../src/runtime/log';
import { entity, model, useManifestDefaults } from '../support';
import { events, FakeDocument, reset, set, Uri, workspace } from '../vscode';

vi.mock('../../../../src/editor/documents/readDocument', async (load) => ({
  ...(await load()),
  readDocument: vi.fn(),
}));

const text = 'Loss of BRCA1 in cohorts.';
const name = 'file:/p/a.md';
const never = { onDidChange: () => undefined, onDidDelete: () => undefined, dispose: () => undefined };

async function setUp({ curation = new Curation(noDecisions), leftOut = false } = {}) {
  const stored = new Map<string, FoundMarks>();
  const requests: string[] = [];
  const client = {
    exists: true,
    request: <P, R>({ name: method }: Method<P, R>, params: P): Promise<R> => {
      requests.push(method);
      const known = [...stored.keys()].map((document) => ({ document, models: 'm', papers: 1 }));
      const { documents = [] } = (params ?? {}) as { readonly documents?: readonly string[] };
      const found = documents.flatMap((document) => stored.get(document) ?? []);
      return Promise.resolve((method === 'known' ? known : found) as R);
    },
  };
  const store = new AnnotationStore();
  const files = new TaggedFiles(store);
  const setup = () => ({
    modelPaths: { 'token-classification': '/models/tagger' } as never,
    terminologyPath: 't',
  });
  const parts = {
    ...{ client, files, store, setup, settings: new Settings(), log: nullLogger, version: '1.0.0' },
    curation: { load: () => Promise.resolve(curation) },
    terms: { fingerprint: () => Promise.resolve('') },
    leftOut: { has: () => leftOut },
  };
  const marks = new FolderMarks(parts);
  const { key } = await marks.tagging().optionsFor(Uri.parse(name) as unknown as vscodeTypes.Uri);
  const add = (document: string, change: Partial<FoundMarks> = {}): void => {
    const record = encodeRecord({ entities: [entity(text, 'BRCA1')], abbreviations: [] }, text);
    const content = contentKey({ text, format: 'markdown' }, '1.0.0');
    stored.set(document, {
      document,
      content,
      tagging: key,
      model: JSON.stringify(model),
      records: [record],
      ...change,
    });
  };
  const open = (document = new FakeDocument(Uri.parse(name), text, 'markdown')) => {
    workspace.textDocuments.push(document);
    events.openDocument.fire(document);
    return document as unknown as vscodeTypes.TextDocument;
  };
  return { client, requests, store, files, marks, add, open };
}

describe('FolderMarks', () => {
  beforeEach(() => {
    reset();
    useManifestDefaults();
    workspace.textDocuments.length = 0;
    Object.assign(workspace, {
      getWorkspaceFolder: () => ({ uri: Uri.parse('file:/p'), name: 'p', index: 0 }),
      createFileSystemWatcher: () => never,
    });
    vi.mocked(readDocument).mockResolvedValue(text);
  });

  it('marks a document when it is opened, with model and probability, without tagging it', async () => {
    const { store, add, open } = await setUp();
    add(name);
    const document = open();
    await vi.waitFor(() => expect(store.get(document)?.entities.map((each) => each.name)).toEqual(['BRCA1']));
    expect(store.get(document)?.model).toMatchObject({ name: 'Test tagger' });
    expect(store.get(document)?.covered).toEqual([{ start: 0, end: text.length }]);
  });

  it.each([
    ['the text has changed', { content: 'other' }],
    ['it was tagged with another model or other settings', { tagging: 'other' }],
    ['a record is damaged', { records: ['{'] }],
    ['the model is not known', { model: '{}' }],
  ])('marks nothing if %s', async (_name, change) => {
    const { store, marks, add, open } = await setUp();
    add(name, change);
    const document = open();
    await marks.show(document);
    expect(store.get(document)).toBeUndefined();
  });

  it('lists nothing of the files of this program that an earlier version has read', async () => {
    const { files, marks, add } = await setUp();
    add('file:/p/.biobert/review.md');
    add(name);
    await marks.restore();
    expect([...files.all()].map(({ uri }) => uri.toString())).toEqual([name]);
  });

  it('asks nothing of an index that does not exist', async () => {
    const { client, requests, marks, open } = await setUp();
    client.exists = false;
    await marks.show(open());
    await marks.restore();
    expect(requests).toEqual([]);
  });

  it('applies the decisions of the user to what the index has', async () => {
    const rejected = { name: 'BRCA1', type: 'Gene', verdict: 'rejected' } as const;
    const { store, marks, add, open } = await setUp({
      curation: new Curation({ ...noDecisions, entities: [rejected] }),
    });
    add(name);
    const document = open();
    await marks.show(document);
    await vi.waitFor(() => expect(store.get(document)?.entities).toEqual([]));
  });

  it('lists the entities of all documents of the index, once in a window', async () => {
    const { files, requests, marks, add } = await setUp();
    add(name);
    add('file:/p/b.md');
    await marks.restore();
    await marks.restore();
    expect([...files.all()].map(({ uri }) => uri.toString())).toEqual([name, 'file:/p/b.md']);
    expect(requests).toEqual(['known', 'marks']);
  });

  it('lists no document that the user leaves out', async () => {
    const { files, marks, add } = await setUp({ leftOut: true });
    add(name);
    await marks.restore();
    expect(files.size).toBe(0);
  });

  it('shows a new result in an open document, moved by the edits since', async () => {
    const { store, marks, add, open } = await setUp();
    const document = open();
    const uri = document.uri;
    const pending = marks.expect(uri);
    add(name);
    await marks.publish({ document: name, text, format: 'markdown' }, pending);
    pending?.dispose();
    expect(store.get(document)?.entities).toHaveLength(1);
    expect(marks.expect(uri)).toBeUndefined();
  });

  it('needs another key after a change of settings', async () => {
    const { marks } = await setUp();
    const uri = Uri.parse(name) as unknown as vscodeTypes.Uri;
    const before = await marks.tagging().optionsFor(uri);
    set('biobert.minProbability', 0.9);
    const after = await marks.tagging().optionsFor(uri);
    expect(after.key).not.toBe(before.key);
    expect(after.minProbability).toBe(0.9);
  });
});
