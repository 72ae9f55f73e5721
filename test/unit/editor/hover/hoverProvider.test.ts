import { beforeEach, describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import { AnnotationStore } from '../../../../src/editor/annotations/annotationStore';
import { TaggedFiles } from '../../../../src/editor/entities/taggedFiles';
import { CurationStore } from '../../../../src/editor/workspace/curationStore';
import { EntityHoverProvider } from '../../../../src/editor/hover/hoverProvider';
import { Settings } from '../../../../src/editor/settings';
import type { Logger } from '../../../../src/runtime/log';
import { createDocument, entity, FakeEngine, result, useManifestDefaults } from '../support';
import { CancellationTokenSource, MarkdownString, reset, set } from '../vscode';

const text = 'Loss of BRCA1 and a <b>strange</b> `[gene](command:evil)` here.';
const whole = { start: 0, end: text.length };

useManifestDefaults();
beforeEach(() => {
  reset();
  vi.useRealTimers();
});

function setUp() {
  const engine = new FakeEngine();
  const store = new AnnotationStore();
  const settings = new Settings();
  const warnings: string[] = [];
  const silent = (): undefined => undefined;
  const log: Logger = { debug: silent, info: silent, error: silent, warn: (line) => warnings.push(line) };
  const curation = new CurationStore(log);
  const files = new TaggedFiles(store);
  const provider = new EntityHoverProvider({
    engine,
    store,
    settings,
    files,
    curation,
    log,
    relationsOf: () => [],
  });
  const document = createDocument(text);
  const source = new CancellationTokenSource();
  const hover = (word: string): Promise<vscode.Hover | undefined> =>
    provider.provideHover(document.as, document.as.positionAt(text.indexOf(word) + 1), source.token);
  return { engine, store, warnings, document, source, hover };
}

function contentOf(hover: vscode.Hover | undefined): string {
  const [content] = (hover?.contents ?? []) as readonly unknown[];
  return content instanceof MarkdownString ? content.value : '';
}

describe('a hover', () => {
  it('tags only the position, with interactive priority, and describes the entity', async () => {
    const { engine, hover, store } = setUp();
    const shown = hover('BRCA1');
    expect(engine.last.request).toMatchObject({ range: { start: 9, end: 9 }, priority: 'interactive' });
    engine.last.resolve(result(whole, [entity(text, 'BRCA1')]));
    const content = contentOf(await shown);
    expect(content).toContain('**BRCA1** — Gene · 97 %');
    expect(content).toContain('Test tagger 1.0 \\(000000000000\\) · F1 on BC2GM test: 84');
    expect(store.all()).toEqual([]);
  });

  it('shows nothing if there is no entity', async () => {
    const { engine, hover } = setUp();
    const shown = hover('Loss');
    engine.last.resolve(result(whole, [entity(text, 'BRCA1')]));
    await expect(shown).resolves.toBeUndefined();
  });

  it('escapes markup of the document', async () => {
    const { engine, hover } = setUp();
    const shown = hover('<b>');
    engine.last.resolve(result(whole, [entity(text, '<b>strange</b> `[gene](command:evil)`')]));
    const content = contentOf(await shown);
    expect(content).not.toContain('[gene](command:evil)');
    expect(content).toContain('\\[gene\\]\\(command:evil\\)');
    expect(content).not.toContain('</b>');
  });

  it('shows nothing and logs no document text when the engine fails', async () => {
    const { engine, hover, warnings } = setUp();
    const shown = hover('BRCA1');
    engine.last.reject(new Error('broken'));
    await expect(shown).resolves.toBeUndefined();
    expect(warnings).toHaveLength(1);
    expect(warnings.join()).not.toContain('BRCA1');
  });

  it('is cancelled with its token, silently', async () => {
    const { engine, hover, source, warnings } = setUp();
    const shown = hover('BRCA1');
    source.cancel();
    await expect(shown).resolves.toBeUndefined();
    expect(engine.last.options.signal?.aborted).toBe(true);
    expect(warnings).toEqual([]);
  });

  it('says that the model is loading when that takes long', async () => {
    vi.useFakeTimers();
    const { engine, hover } = setUp();
    engine.status = { state: 'loading' };
    const shown = hover('BRCA1');
    await vi.advanceTimersByTimeAsync(5000);
    expect(contentOf(await shown)).toMatch(/loading~spin.*Loading/);
  });

  it('ignores a result if the text was edited in the meantime', async () => {
    const { engine, hover, document } = setUp();
    const shown = hover('BRCA1');
    document.edit({ start: 0, removed: 0, text: 'x' });
    engine.last.resolve(result(whole, [entity(text, 'BRCA1')]));
    await expect(shown).resolves.toBeUndefined();
  });

  it('uses a tagged entity without the engine', async () => {
    const { engine, hover, store, document } = setUp();
    const pending = store.expectResult(document.as);
    pending.accept(result(whole, [entity(text, 'BRCA1')]));
    pending.dispose();
    expect(contentOf(await hover('BRCA1'))).toContain('1 mention here');
    await expect(hover('Loss')).resolves.toBeUndefined();
    expect(engine.requests).toEqual([]);
  });

  it('respects the settings', async () => {
    const { engine, hover } = setUp();
    set('biobert.types', ['Disease']);
    const hidden = hover('BRCA1');
    engine.last.resolve(result(whole, [entity(text, 'BRCA1')]));
    await expect(hidden).resolves.toBeUndefined();
    set('biobert.hover.enabled', false);
    await expect(hover('BRCA1')).resolves.toBeUndefined();
    expect(engine.requests).toHaveLength(1);
  });
});
