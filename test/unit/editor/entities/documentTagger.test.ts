import { beforeEach, describe, expect, it, vi } from 'vitest';
import { errorCodes } from '../../../../src/core/errors';
import { AnnotationStore } from '../../../../src/editor/annotations/annotationStore';
import { Settings } from '../../../../src/editor/settings';
import { DocumentTagger } from '../../../../src/editor/entities/documentTagger';
import { createDocument, entity, FakeEngine, result, useManifestDefaults } from '../support';
import { FakeDocument, reset, set, Uri, window } from '../vscode';

const text = 'BRCA1 and TP53 in breast cancer.';
const whole = { start: 0, end: text.length };
const found = [entity(text, 'BRCA1'), entity(text, 'TP53')];

useManifestDefaults();
beforeEach(reset);

function setUp(content = text, language?: string) {
  const engine = new FakeEngine();
  const store = new AnnotationStore();
  const documentTagger = new DocumentTagger(engine, store, new Settings());
  return { engine, store, documentTagger, document: createDocument(content, language) };
}

const names = (list: readonly { readonly name: string }[] | undefined): string[] =>
  (list ?? []).map(({ name }) => name);

describe('DocumentTagger', () => {
  it('refuses the files of this program, which are no documents', async () => {
    const { engine, documentTagger } = setUp();
    const own = new FakeDocument(Uri.parse('file:/p/.biobert/review.json'), text, 'json');
    await expect(documentTagger.tagDocument(own as never)).rejects.toMatchObject({
      code: errorCodes.DOCUMENT_FORMAT_UNKNOWN,
    });
    expect(engine.requests).toEqual([]);
  });

  it('warns once about markup that was not read', async () => {
    window.messages = [];
    const { engine, documentTagger, document } = setUp('One.\nTwo.');
    const simplified = [{ limit: 'markup', parts: 3, start: 5 }] as const;
    for (const isQuiet of [true, false, false]) {
      const tagged = documentTagger.tagDocument(document.as, { isQuiet });
      engine.last.resolve({ ...result({ start: 0, end: 9 }, []), simplified });
      await tagged;
      expect(window.messages).toHaveLength(isQuiet ? 0 : 1);
    }
    expect(window.messages[0]?.[0]).toMatch(/, line 2: the markup .+ \(places: 3\)/);
  });

  it.each([
    ['markup', /read as plain text/],
    ['macros', /macros would print too much/],
    ['unclosed', /is not closed/],
  ] as const)('names the reason %s in its own words', async (limit, words) => {
    window.messages = [];
    const { engine, documentTagger, document } = setUp('One.\nTwo.');
    const tagged = documentTagger.tagDocument(document.as);
    engine.last.resolve({
      ...result({ start: 0, end: 9 }, []),
      simplified: [{ limit, parts: 1, start: 5 }],
    });
    await tagged;
    expect(window.messages[0]?.[0]).toMatch(words);
  });

  it('shows no message for footnotes, which are frequent', async () => {
    window.messages = [];
    const { engine, documentTagger, document } = setUp('One.\nTwo.');
    const tagged = documentTagger.tagDocument(document.as);
    engine.last.resolve({
      ...result({ start: 0, end: 9 }, []),
      simplified: [{ limit: 'footnotes', parts: 1, start: 5 }],
    });
    await tagged;
    expect(window.messages).toEqual([]);
  });

  it('says what share of the document was read', async () => {
    window.messages = [];
    const { engine, documentTagger, document } = setUp('One.\nTwo.');
    const tagged = documentTagger.tagDocument(document.as);
    const unread = [
      { reason: 'nothing', read: 0, total: 1200, format: 'ris', looksLike: 'endnote' },
    ] as const;
    engine.last.resolve({ ...result({ start: 0, end: 9 }, []), unread });
    await tagged;
    expect(window.messages[0]?.[0]).toMatch(/only 0 of 1.?200 characters .* RIS.* looks like EndNote/);
  });

  it('sends text, format and threshold to the engine', async () => {
    set('biobert.minProbability', 0.8);
    const { engine, documentTagger, document } = setUp(text, 'markdown');
    const tagged = documentTagger.tagDocument(document.as);
    expect(engine.last.request).toMatchObject({
      document: document.uri.toString(),
      text,
      format: 'markdown',
      minProbability: 0.8,
    });
    engine.last.resolve(result(whole, found));
    await expect(tagged).resolves.toMatchObject({ entities: found });
  });

  it('moves the result through edits made in the meantime', async () => {
    const { engine, store, documentTagger, document } = setUp();
    const tagged = documentTagger.tagDocument(document.as);
    document.edit({ start: 0, removed: 0, text: 'Both ' });
    engine.last.resolve(result(whole, found));
    await tagged;
    const known = store.get(document.as);
    expect(known?.entities.map(({ start, end }) => document.getText().slice(start, end))).toEqual([
      'BRCA1',
      'TP53',
    ]);
    expect(known?.version).toBe(document.version);
  });

  it('removes edited entities from the result and marks their range as stale', async () => {
    const { engine, store, documentTagger, document } = setUp();
    const tagged = documentTagger.tagDocument(document.as);
    document.edit({ start: 12, removed: 1, text: '6' });
    engine.last.resolve(result(whole, found));
    await tagged;
    expect(names(store.get(document.as)?.entities)).toEqual(['BRCA1']);
    expect(store.isCurrentAt(document.as, 12)).toBe(false);
    expect(store.isCurrentAt(document.as, 2)).toBe(true);
  });

  it('handles an event with several changes', async () => {
    const { engine, store, documentTagger, document } = setUp();
    const tagged = documentTagger.tagDocument(document.as);
    document.edit({ start: 0, removed: 0, text: '12345' }, { start: 6, removed: 3, text: '&' });
    engine.last.resolve(result(whole, found));
    await tagged;
    for (const { start, end, text: own } of store.get(document.as)?.entities ?? [])
      expect(document.getText().slice(start, end)).toBe(own);
    expect(store.get(document.as)?.entities).toHaveLength(2);
  });

  it('stores parts of the result as they arrive', async () => {
    const { engine, store, documentTagger, document } = setUp();
    const tagged = documentTagger.tagDocument(document.as);
    engine.last.options.onProgress?.({ done: 5, total: 20, entities: found.slice(0, 1) });
    await vi.waitFor(() => expect(names(store.get(document.as)?.entities)).toEqual(['BRCA1']));
    expect(documentTagger.activities).toMatchObject([{ fraction: 0.25 }]);
    engine.last.resolve(result(whole, found));
    await tagged;
    expect(names(store.get(document.as)?.entities)).toEqual(['BRCA1', 'TP53']);
    expect(documentTagger.activities).toEqual([]);
  });

  it('keeps the parts that arrived before a cancellation', async () => {
    const { engine, store, documentTagger, document } = setUp();
    const user = new AbortController();
    const tagged = documentTagger.tagDocument(document.as, { signal: user.signal });
    engine.last.options.onProgress?.({ done: 5, total: 20, entities: found.slice(0, 1) });
    user.abort();
    await expect(tagged).rejects.toMatchObject({ name: 'CancelledError' });
    expect(names(store.get(document.as)?.entities)).toEqual(['BRCA1']);
  });

  it('leaves no entry if it was cancelled before the first part', async () => {
    const { store, documentTagger, document } = setUp();
    const user = new AbortController();
    const tagged = documentTagger.tagDocument(document.as, { signal: user.signal });
    user.abort();
    await expect(tagged).rejects.toMatchObject({ name: 'CancelledError' });
    expect(store.all()).toEqual([]);
  });

  it.each([
    ['closed', (document: ReturnType<typeof createDocument>) => document.close()],
    [
      'cleared',
      (document: ReturnType<typeof createDocument>, store: AnnotationStore) => store.clear(document.as),
    ],
  ])('stops when the document is %s', async (_how, end) => {
    const { engine, store, documentTagger, document } = setUp();
    const tagged = documentTagger.tagDocument(document.as);
    end(document, store);
    await expect(tagged).rejects.toMatchObject({ name: 'CancelledError' });
    expect(engine.last.options.signal?.aborted).toBe(true);
    expect(store.get(document.as)).toBeUndefined();
  });

  it('is cancelled by a later run on the same document', async () => {
    const { engine, store, documentTagger, document } = setUp();
    const first = documentTagger.tagDocument(document.as);
    const second = documentTagger.tagDocument(document.as);
    engine.last.resolve(result(whole, found));
    await expect(first).rejects.toMatchObject({ name: 'CancelledError' });
    await second;
    expect(names(store.get(document.as)?.entities)).toEqual(['BRCA1', 'TP53']);
    expect(documentTagger.isTagging(document.as)).toBe(false);
  });

  it('replaces only the covered range when a range is tagged', async () => {
    const { engine, store, documentTagger, document } = setUp();
    const all = documentTagger.tagDocument(document.as);
    engine.last.resolve(result(whole, found));
    await all;
    const part = documentTagger.tagDocument(document.as, { range: { start: 10, end: 14 } });
    expect(engine.last.request.range).toEqual({ start: 10, end: 14 });
    engine.last.resolve(result({ start: 10, end: text.length }, []));
    await part;
    expect(names(store.get(document.as)?.entities)).toEqual(['BRCA1']);
  });

  it('makes the engine forget a closed document', () => {
    const { engine, document } = setUp();
    document.close();
    expect(engine.forgotten).toEqual([document.uri.toString()]);
  });
});

describe('DocumentTagger on a document that cannot be tagged', () => {
  it.each([
    ['too large', 'x'.repeat(2 * 1024 * 1024), errorCodes.DOCUMENT_TOO_LARGE],
    ['binary', 'PK\u0003\u0004\0\0\0', errorCodes.DOCUMENT_BINARY],
  ])('because it is %s is refused with a code, and the engine is not asked', async (_why, content, code) => {
    set('biobert.limits.maxFileSizeMB', 1);
    const { engine, store, documentTagger, document } = setUp(content);
    await expect(documentTagger.tagDocument(document.as)).rejects.toMatchObject({ code });
    expect(engine.requests).toEqual([]);
    expect(store.all()).toEqual([]);
    expect(documentTagger.activities).toEqual([]);
  });

  it('leaves no entry if the engine fails', async () => {
    const { engine, store, documentTagger, document } = setUp();
    const tagged = documentTagger.tagDocument(document.as);
    engine.last.reject(new Error('broken'));
    await expect(tagged).rejects.toThrow('broken');
    expect(store.all()).toEqual([]);
    expect(documentTagger.activities).toEqual([]);
  });
});
