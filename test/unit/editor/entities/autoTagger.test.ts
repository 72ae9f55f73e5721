import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AnnotationStore } from '../../../../src/editor/annotations/annotationStore';
import { AutoTagger } from '../../../../src/editor/entities/autoTagger';
import { Settings } from '../../../../src/editor/settings';
import { DocumentTagger } from '../../../../src/editor/entities/documentTagger';
import { nullLogger } from '../../../../src/runtime/log';
import { createDocument, entity, FakeEngine, result, useManifestDefaults } from '../support';
import { events, reset, set, window } from '../vscode';

const text = 'BRCA1 and TP53 in breast cancer.';

useManifestDefaults();
beforeEach(() => {
  reset();
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

function setUp() {
  const engine = new FakeEngine();
  const store = new AnnotationStore();
  const settings = new Settings();
  const documentTagger = new DocumentTagger(engine, store, settings);
  const autoTagger = new AutoTagger(documentTagger, store, settings, nullLogger);
  return { engine, store, documentTagger, autoTagger, document: createDocument(text) };
}

async function setUpTagged() {
  const parts = setUp();
  const { engine, documentTagger, document } = parts;
  const tagged = documentTagger.tagDocument(document.as);
  engine.last.resolve(result({ start: 0, end: text.length }, [entity(text, 'BRCA1'), entity(text, 'TP53')]));
  await tagged;
  return parts;
}

describe('AutoTagger on a tagged document', () => {
  it('tags it again when linking is turned off or on, and says so to the engine', async () => {
    const { engine } = await setUpTagged();
    expect(engine.last.request.link).toBe(true);
    set('biobert.linking.enabled', false);
    expect(engine.requests).toHaveLength(2);
    expect(engine.last.request.link).toBe(false);
    set('biobert.liveTagging', false);
    expect(engine.requests).toHaveLength(2);
  });

  it('tags the edited range again after a pause', async () => {
    const { engine, document } = await setUpTagged();
    document.edit({ start: 10, removed: 4, text: 'p' });
    await vi.advanceTimersByTimeAsync(300);
    document.edit({ start: 11, removed: 0, text: '53' });
    await vi.advanceTimersByTimeAsync(300);
    expect(engine.requests).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(engine.requests).toHaveLength(2);
    expect(engine.last.request.range).toEqual({ start: 10, end: 13 });
  });

  it('runs without a visible activity', async () => {
    const { documentTagger, document } = await setUpTagged();
    document.edit({ start: 10, removed: 4, text: 'p53' });
    await vi.advanceTimersByTimeAsync(500);
    expect(documentTagger.isTagging(document.as)).toBe(true);
    expect(documentTagger.activities).toEqual([]);
  });

  it('tags the whole document after a longer pause, since an edit may change markup far away', async () => {
    const { engine, document } = await setUpTagged();
    document.edit({ start: 0, removed: 0, text: '```\n' });
    await vi.advanceTimersByTimeAsync(500);
    engine.last.resolve(result({ start: 0, end: 4 }, []));
    await vi.advanceTimersByTimeAsync(3000);
    expect(engine.last.request.range).toBeUndefined();
    expect(engine.requests).toHaveLength(3);
    engine.last.resolve(result({ start: 0, end: document.getText().length }, []));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(engine.requests).toHaveLength(3);
  });

  it('tags each edited range, or one range around them if there are many', async () => {
    const { engine, document } = await setUpTagged();
    document.edit({ start: 0, removed: 1, text: 'b' }, { start: 10, removed: 1, text: 't' });
    await vi.advanceTimersByTimeAsync(500);
    expect(engine.last.request.range).toEqual({ start: 0, end: 1 });
    engine.last.resolve(result({ start: 0, end: 5 }, []));
    await vi.advanceTimersByTimeAsync(1);
    expect(engine.last.request.range).toEqual({ start: 10, end: 11 });
    engine.last.resolve(result({ start: 10, end: 14 }, []));
    await vi.advanceTimersByTimeAsync(1);
    document.edit(...Array.from({ length: 10 }, (_, index) => ({ start: index * 3, removed: 1, text: 'x' })));
    await vi.advanceTimersByTimeAsync(500);
    expect(engine.last.request.range).toEqual({ start: 0, end: 28 });
  });

  it('waits for the current run before it tags an edit', async () => {
    const { engine, documentTagger, document } = await setUpTagged();
    const again = documentTagger.tagDocument(document.as);
    document.edit({ start: 10, removed: 4, text: 'p53' });
    await vi.advanceTimersByTimeAsync(2000);
    expect(engine.requests).toHaveLength(2);
    engine.last.resolve(result({ start: 0, end: text.length }, []));
    await again;
    await vi.advanceTimersByTimeAsync(500);
    expect(engine.requests).toHaveLength(3);
    expect(engine.last.request.range).toEqual({ start: 10, end: 13 });
  });

  it('does not tag a closed document', async () => {
    const { engine, document } = await setUpTagged();
    document.edit({ start: 10, removed: 4, text: 'p53' });
    document.close();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(engine.requests).toHaveLength(1);
  });

  it('tags the document again when its language changes, which closes and opens it', async () => {
    const { engine, document } = await setUpTagged();
    events.closeDocument.fire(document);
    events.openDocument.fire(document);
    expect(engine.requests).toHaveLength(2);
    expect(engine.last.request.range).toBeUndefined();
  });

  it('tags the document again when the threshold changes', async () => {
    const { engine } = await setUpTagged();
    set('biobert.minProbability', 0.9);
    expect(engine.last.request).toMatchObject({ minProbability: 0.9, range: { start: 0, end: text.length } });
  });
});

describe('AutoTagger on an untagged document', () => {
  it('does nothing on an edit', async () => {
    const { engine, document } = setUp();
    document.edit({ start: 0, removed: 0, text: 'x' });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(engine.requests).toEqual([]);
  });

  it('tags a visible document if live tagging is on and its language is in the settings', () => {
    const { engine, document } = setUp();
    const code = createDocument('const BRCA1 = 1;', 'typescript');
    const show = (each: typeof document) => ({
      document: each,
      visibleRanges: [],
      setDecorations: () => undefined,
    });
    window.visibleTextEditors = [show(document), show(code)];
    events.changeVisibleEditors.fire(undefined);
    expect(engine.requests).toEqual([]);
    set('biobert.liveTagging', true);
    expect(engine.requests.map(({ request }) => request.document)).toEqual([document.uri.toString()]);
  });
});

describe('AutoTagger with live tagging', () => {
  it.each([
    ['tags no document whose marks are known', true, 0],
    ['tags a document whose marks are not known', false, 1],
  ])('%s', async (_name, isKnown, requests) => {
    const engine = new FakeEngine();
    const store = new AnnotationStore();
    const settings = new Settings();
    const document = createDocument(text);
    const showKnown = (shown: typeof document.as): Promise<void> => {
      const pending = store.expectResult(shown);
      if (isKnown) pending.accept(result({ start: 0, end: text.length }, [entity(text, 'BRCA1')]));
      pending.dispose();
      return Promise.resolve();
    };
    const documentTagger = new DocumentTagger(engine, store, settings);
    const autoTagger = new AutoTagger(documentTagger, store, settings, nullLogger, showKnown);
    window.visibleTextEditors = [{ document }] as unknown as typeof window.visibleTextEditors;
    set('biobert.liveTagging', true);
    await vi.advanceTimersByTimeAsync(1);
    expect(engine.requests).toHaveLength(requests);
    autoTagger.dispose();
  });
});
