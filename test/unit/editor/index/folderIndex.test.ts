import type * as vscodeTypes from 'vscode';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BioBertError, errorCodes } from '../../../../src/core/errors';
import { FolderIndex } from '../../../../src/editor/index/folderIndex';
import type { IndexClient } from '../../../../src/runtime/index/indexClient';
import { indexSummary } from '../../../../src/editor/index/indexSummary';
import { openDocument, readDocument } from '../../../../src/editor/documents/readDocument';
import { supportedExtensions, supportedFiles } from '../../../../src/editor/documents/supportedFiles';
import { Settings } from '../../../../src/editor/settings';
import type { TaggingKeys } from '../../../../src/editor/index/taggingKeys';
import type {
  ModelInfo,
  PassagesRequest,
  PassagesResult,
  RelationsRequest,
  TagRequest,
} from '../../../../src/protocol/engine';
import type { ModelTask } from '../../../../src/protocol/tasks';
import { nullLogger } from '../../../../src/runtime/log';
import { FakeIndexClient } from '../../../support/fakeIndexClient';
import { FakeEngine, model, result, useManifestDefaults } from '../support';
import { EventEmitter, reset, Uri, window, workspace } from '../vscode';

vi.mock('../../../../src/editor/documents/supportedFiles');
vi.mock('../../../../src/editor/documents/readDocument');

class IndexEngine extends FakeEngine {
  readonly tasks = new Set<ModelTask>(['relation-extraction']);
  failure: Error | undefined;

  override load(_signal?: AbortSignal, task: ModelTask = 'token-classification'): Promise<ModelInfo> {
    if (this.tasks.has(task)) return Promise.resolve({ ...model, task, hash: `${task}-hash` });
    return Promise.reject(new BioBertError(errorCodes.MODEL_NOT_FOUND, 'No model.', 'Install it.'));
  }

  override passages(request?: PassagesRequest): Promise<PassagesResult> {
    if (this.failure) return Promise.reject(this.failure);
    const text = request?.text ?? '';
    const runs = [{ start: 0, length: text.length, documentStart: 0, documentLength: text.length }];
    const passage = {
      start: 0,
      end: text.length,
      text,
      base: 0,
      runs,
      sentences: [{ start: 0, end: text.length }],
    };
    return Promise.resolve({ passages: text === '' ? [] : [passage] });
  }
}

/** By document: when it was written. */
const stamps = new Map<string, number>();
/** By document: its text, unless it is the usual one. */
const texts = new Map<string, string>();
const onDidChange = new EventEmitter<Uri>();

function setUp({ version = '1.0.0', termsKey = '' } = {}) {
  const client = new FakeIndexClient();
  const engine = new IndexEngine();
  const settings = new Settings();
  const terms = { fingerprint: () => Promise.resolve(termsKey) };
  const reviewChanged = new EventEmitter<void>();
  const review = {
    ...{ exists: false, ready: Promise.resolve(), load: vi.fn() },
    onDidChange: reviewChanged.event as unknown as vscodeTypes.Event<void>,
  };
  const tag = vi.fn((request: TagRequest) =>
    Promise.resolve(result({ start: 0, end: request.text.length }, [])),
  );
  const how = { key: 'tagging', minProbability: 0.5, consistency: true, link: true };
  const marks = {
    tagging: () => ({ optionsFor: () => Promise.resolve(how) }) as unknown as TaggingKeys,
    expect: () => undefined,
    publish: vi.fn(() => Promise.resolve()),
    restore: vi.fn(() => Promise.resolve()),
  };
  const leftOutNames = new Set<string>();
  const leftOut = {
    has: (uri: vscodeTypes.Uri) => leftOutNames.has(uri.toString()),
    refresh: () => Promise.resolve(),
  };
  const create = (): FolderIndex =>
    new FolderIndex({
      client: client as unknown as IndexClient,
      engine,
      settings,
      terms,
      review,
      ...{ tag, marks, leftOut },
      version,
      log: nullLogger,
    });
  const run = async (index: FolderIndex): Promise<void> => {
    index.update();
    await vi.waitFor(() => expect(index.work).toBeUndefined());
  };
  return { client, engine, marks, tag, leftOutNames, review, reviewChanged, create, run };
}

afterEach(() => vi.useRealTimers());

beforeEach(() => {
  reset();
  useManifestDefaults();
  stamps.clear();
  texts.clear();
  for (const name of ['file:/p/a.md', 'file:/p/b.md', 'file:/p/c.md']) stamps.set(name, 1);
  const never = new EventEmitter<unknown>().event;
  Object.assign(workspace, {
    workspaceFolders: [{ uri: Uri.parse('file:/p'), name: 'p', index: 0 }],
    fs: { stat: (uri: Uri) => Promise.resolve({ mtime: stamps.get(uri.toString()), size: 9 }) },
    createFileSystemWatcher: () => ({
      onDidCreate: never,
      onDidChange: onDidChange.event,
      onDidDelete: never,
      dispose: () => undefined,
    }),
  });
  vi.mocked(supportedFiles).mockImplementation(() =>
    Promise.resolve([...stamps.keys()].map((name) => Uri.parse(name) as unknown as vscodeTypes.Uri)),
  );
  vi.mocked(supportedExtensions).mockReturnValue(['md']);
  vi.mocked(openDocument).mockReturnValue(undefined);
  vi.mocked(readDocument).mockImplementation((uri) =>
    Promise.resolve(texts.get(uri.toString()) ?? `The text of ${uri.path}.`),
  );
});

describe('FolderIndex', () => {
  it('indexes the passages of every document, then the results of the models', async () => {
    const { client, create, run } = setUp();
    const index = create();
    await run(index);
    expect(client.put).toHaveLength(3);
    expect(client.found).toHaveLength(3);
    expect(indexSummary(index)).toBe('3 documents · up to date');
  });

  it('indexes reports of its own, and what repeats the records of the review, as empty', async () => {
    const { engine, review, create, run } = setUp();
    texts.set('file:/p/a.md', '<!-- evidence from BioBERT -->\n\n# Evidence\n');
    review.exists = true;
    review.load.mockReturnValue({
      sourcesKey: () => Promise.resolve('s1'),
      repeats: (uri: { readonly path: string }) => Promise.resolve(uri.path === '/p/b.md'),
    });
    const passages = vi.spyOn(engine, 'passages');
    await run(create());
    const read = passages.mock.calls.map(([request]) => [request?.document, request?.text]);
    expect(read.slice(0, 3)).toEqual([
      ['file:/p/a.md', ''],
      ['file:/p/b.md', ''],
      ['file:/p/c.md', 'The text of /p/c.md.'],
    ]);
  });

  it('reads exports again when records are imported into a review, and only those', async () => {
    const { client, review, create, run } = setUp();
    stamps.set('file:/p/copy.bib', 1);
    await run(create());
    client.put.length = 0;
    review.exists = true;
    review.load.mockReturnValue({
      sourcesKey: () => Promise.resolve('s1'),
      repeats: () => Promise.resolve(true),
    });
    vi.mocked(readDocument).mockClear();
    await run(create());
    expect(vi.mocked(readDocument).mock.calls.map(([uri]) => uri.path)).toContain('/p/copy.bib');
    expect(client.put).toEqual(['file:/p/copy.bib']);
    await run(create());
    expect(client.put).toHaveLength(1);
  });

  it('follows an import into the review, and no decision about a record', async () => {
    const { client, review, reviewChanged, create, run } = setUp();
    stamps.set('file:/p/copy.bib', 1);
    let key = 's1';
    let isCopy = false;
    review.exists = true;
    review.load.mockReturnValue({
      sourcesKey: () => Promise.resolve(key),
      repeats: () => Promise.resolve(isCopy),
    });
    const index = create();
    reviewChanged.fire();
    await run(index);
    expect(client.put).toHaveLength(4);
    isCopy = true;
    const runs = vi.mocked(supportedFiles).mock.calls.length;
    reviewChanged.fire();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(vi.mocked(supportedFiles).mock.calls).toHaveLength(runs);
    key = 's1 s2';
    reviewChanged.fire();
    await expect.poll(() => client.put.slice(4)).toEqual(['file:/p/copy.bib']);
    await vi.waitFor(() => expect(index.work).toBeUndefined());
  });

  it('reports the number of skipped pairs, also in a new window', async () => {
    const { engine, create, run } = setUp();
    const covered = { start: 0, end: 10 };
    engine.relations = () => Promise.resolve({ relations: [], covered, pairs: 400, skippedPairs: 20, model });
    await run(create());
    engine.relations = () => Promise.reject(new Error('not asked again'));
    const index = create();
    await run(index);
    expect(indexSummary(index)).toBe('3 documents · up to date · 60 pairs of names were not checked');
  });

  it('indexes only changed documents the next time and removes deleted ones', async () => {
    const { client, create, run } = setUp();
    await run(create());
    client.put.length = 0;
    client.found.length = 0;
    await run(create());
    expect([client.put, client.found]).toEqual([[], []]);
    stamps.set('file:/p/b.md', 2);
    texts.set('file:/p/b.md', 'Another text.');
    stamps.delete('file:/p/c.md');
    await run(create());
    expect([client.put, client.found]).toEqual([['file:/p/b.md'], ['file:/p/b.md']]);
    expect([...client.documents.keys()].sort()).toEqual(['file:/p/a.md', 'file:/p/b.md']);
  });

  it('keeps the results of a file that was written with the same content', async () => {
    const { client, create, run } = setUp();
    await run(create());
    client.put.length = 0;
    client.found.length = 0;
    stamps.set('file:/p/b.md', 2);
    await run(create());
    expect([client.put, client.found, client.restamped]).toEqual([[], [], ['file:/p/b.md']]);
    vi.mocked(readDocument).mockClear();
    await run(create());
    expect(readDocument).not.toHaveBeenCalled();
  });

  it('reads a document that was reported as written, although its time and size are the same', async () => {
    vi.useFakeTimers();
    const { client, create, run } = setUp();
    const index = create();
    await run(index);
    client.put.length = 0;
    texts.set('file:/p/b.md', 'Same size, other text.');
    onDidChange.fire(Uri.parse('file:/p/b.md'));
    onDidChange.fire(Uri.parse('file:/p/picture.png'));
    await vi.advanceTimersByTimeAsync(3000);
    await vi.waitFor(() => expect(index.work).toBeUndefined());
    expect(client.put).toEqual(['file:/p/b.md']);
  });

  it('reads a document again that was written during the run, after it was read', async () => {
    vi.useFakeTimers();
    const { client, engine, create } = setUp();
    const index = create();
    const relations = engine.relations.bind(engine);
    engine.relations = async () => {
      engine.relations = relations;
      texts.set('file:/p/a.md', 'Written in the meantime.');
      onDidChange.fire(Uri.parse('file:/p/a.md'));
      await vi.advanceTimersByTimeAsync(3000);
      return relations();
    };
    index.update();
    await vi.waitFor(() => expect(client.put).toHaveLength(4));
    expect(client.put.at(-1)).toBe('file:/p/a.md');
    index.stop();
  });

  it('reads all documents again with another version of the extension', async () => {
    const { client, create, run } = setUp();
    await run(create());
    const newer = setUp({ version: '1.0.1' });
    for (const [name, document] of client.documents) newer.client.documents.set(name, document);
    await newer.run(newer.create());
    expect(newer.client.put).toHaveLength(3);
  });

  it('reads a document again whose unsaved changes were indexed', async () => {
    const { client, create, run } = setUp();
    vi.mocked(openDocument).mockReturnValue({ isDirty: true } as vscodeTypes.TextDocument);
    texts.set('file:/p/b.md', 'Unsaved text.');
    await run(create());
    client.put.length = 0;
    vi.mocked(openDocument).mockReturnValue(undefined);
    texts.delete('file:/p/b.md');
    await run(create());
    expect(client.put).toEqual(['file:/p/b.md']);
  });

  it('runs the models on all documents again with other terms of the user', async () => {
    const { client, create, run } = setUp();
    await run(create());
    const changed = setUp({ termsKey: 'x' });
    for (const [name, document] of client.documents) changed.client.documents.set(name, document);
    await changed.run(changed.create());
    expect([changed.client.put, changed.client.found]).toEqual([
      [],
      ['file:/p/a.md', 'file:/p/b.md', 'file:/p/c.md'],
    ]);
    await changed.run(changed.create());
    expect(changed.client.found).toHaveLength(3);
  });

  it('keeps the documents of a folder in which none is found, such as an unmounted drive', async () => {
    const { client, create, run } = setUp();
    await run(create());
    stamps.clear();
    await run(create());
    expect(client.documents.size).toBe(3);
  });

  it('runs a new model on all documents without splitting them into passages again', async () => {
    const { client, engine, create, run } = setUp();
    await run(create());
    client.put.length = 0;
    client.found.length = 0;
    engine.tasks.add('question-answering');
    await run(create());
    expect(client.put).toEqual([]);
    expect(client.found).toHaveLength(3);
  });

  it('finds relations again with another terminology, and not with the same one', async () => {
    const { client, engine, create, run } = setUp();
    await run(create());
    for (const [version, documents] of [
      ['2024', 3],
      ['2024', 0],
      ['2025', 3],
    ] as const) {
      client.found.length = 0;
      const terminology = { name: 'MeSH', version };
      engine.concepts = () => Promise.resolve({ terminology, concepts: [] });
      await run(create());
      expect([client.found.length, client.put.length]).toEqual([documents, 3]);
    }
  });

  it('can be searched by words if no model is installed', async () => {
    const { client, engine, create, run } = setUp();
    engine.tasks.clear();
    const index = create();
    await run(index);
    expect(client.found).toEqual([]);
    expect(index.notice).toBeUndefined();
    expect(index.state.stats.otherDocuments).toBe(3);
  });

  it('skips an unreadable file and ends with an error of the engine', async () => {
    const { client, engine, create, run } = setUp();
    vi.mocked(readDocument).mockImplementationOnce(() =>
      Promise.reject(new BioBertError(errorCodes.DOCUMENT_BINARY, 'Not text.', 'Leave it out.')),
    );
    await run(create());
    expect(client.put).toHaveLength(2);
    stamps.set('file:/p/b.md', 5);
    engine.failure = new BioBertError(errorCodes.RUNTIME_FAILED, 'It broke.', 'Try again.');
    const index = create();
    await run(index);
    expect(index.notice).toMatchObject({ kind: 'problem' });
  });

  it('does not go on by itself after it was stopped, whatever changes', async () => {
    vi.useFakeTimers();
    const { client, engine, create, run } = setUp();
    const index = create();
    const passages = engine.passages.bind(engine);
    engine.passages = (request) => {
      index.stop();
      return passages(request);
    };
    await run(index);
    engine.passages = passages;
    const kept = client.put.length;
    onDidChange.fire(Uri.parse('file:/p/b.md'));
    await vi.advanceTimersByTimeAsync(3000);
    expect(index.work).toBeUndefined();
    expect(client.put).toHaveLength(kept);
  });

  it('continues a cancelled run where it stopped', async () => {
    const { client, engine, create, run } = setUp();
    const index = create();
    const passages = engine.passages.bind(engine);
    engine.passages = (request) => {
      if (client.put.length === 1) index.stop();
      return passages(request);
    };
    await run(index);
    expect(client.put.length).toBeLessThan(3);
    expect(indexSummary(index)).toContain('incomplete');
    const kept = client.put.length;
    await run(create());
    expect(client.put).toHaveLength(3);
    expect(kept).toBeGreaterThan(0);
  });

  it('tags each document once for its marks and its relations, and shows the marks', async () => {
    const { engine, marks, tag, client, create, run } = setUp();
    engine.tasks.add('token-classification');
    const related: unknown[] = [];
    const relations = engine.relations.bind(engine);
    engine.relations = (request?: RelationsRequest) => {
      related.push(request?.entities);
      return relations();
    };
    await run(create());
    expect(tag).toHaveBeenCalledTimes(3);
    expect(related).toEqual([[], [], []]);
    expect(client.findings.map(({ marks: own }) => own?.tagging)).toEqual(['tagging', 'tagging', 'tagging']);
    expect(marks.publish).toHaveBeenCalledTimes(3);
    await run(create());
    expect(tag).toHaveBeenCalledTimes(3);
    expect(marks.restore).toHaveBeenCalledTimes(2);
  });

  it('removes documents that the user leaves out, counts them, and reads them when they are used again', async () => {
    const { client, leftOutNames, create, run } = setUp();
    const index = create();
    await run(index);
    leftOutNames.add('file:/p/b.md');
    await run(index);
    expect([...client.documents.keys()]).toEqual(['file:/p/a.md', 'file:/p/c.md']);
    expect(indexSummary(index)).toBe('2 documents · up to date · 1 left out');
    leftOutNames.clear();
    await run(index);
    expect(indexSummary(index)).toBe('3 documents · up to date');
  });

  it('empties the index when all documents are left out, although no document is found then', async () => {
    const { client, leftOutNames, create, run } = setUp();
    const index = create();
    await run(index);
    for (const name of stamps.keys()) leftOutNames.add(name);
    await run(index);
    expect(client.documents.size).toBe(0);
  });

  it('says that the index of an earlier version is built again', async () => {
    const { client, create, run } = setUp();
    client.isRebuilt = true;
    await run(create());
    expect(window.messages.flat().join()).toContain('are read again');
    window.messages.length = 0;
    await run(create());
    expect(window.messages).toEqual([]);
  });

  it('returns what it has done, and the documents that it could not read', async () => {
    const { create } = setUp();
    vi.mocked(readDocument).mockImplementationOnce(() =>
      Promise.reject(new BioBertError(errorCodes.DOCUMENT_BINARY, 'Not text.', 'Leave it out.')),
    );
    const index = create();
    const outcome = await index.read();
    expect(outcome).toMatchObject({ documents: 2, unchanged: 0, isCancelled: false, error: undefined });
    expect(outcome.skipped.map(({ uri }) => uri.path)).toEqual(['/p/a.md']);
    expect(await index.read()).toMatchObject({ documents: 3, unchanged: 2, skipped: [] });
  });
});
