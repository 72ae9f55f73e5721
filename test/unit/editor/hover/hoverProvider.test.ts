import { beforeEach, describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import { Curation, type LinkDecision } from '../../../../src/core/curation/decisions';
import type { ConceptLink, Entity } from '../../../../src/core/types';
import { AnnotationStore } from '../../../../src/editor/annotations/annotationStore';
import { TaggedDocuments } from '../../../../src/editor/entities/entitySource';
import { TaggedFiles } from '../../../../src/editor/entities/taggedFiles';
import { CurationStore } from '../../../../src/editor/workspace/curationStore';
import { EntityHoverProvider } from '../../../../src/editor/hover/hoverProvider';
import { Settings } from '../../../../src/editor/settings';
import type { Logger } from '../../../../src/runtime/log';
import { createDocument, entity, FakeEngine, result, useManifestDefaults } from '../support';
import { CancellationTokenSource, EventEmitter, MarkdownString, reset, set } from '../vscode';

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
  const reached: string[] = [];
  const silent = (): undefined => undefined;
  const log: Logger = { debug: silent, info: silent, error: silent, warn: (line) => warnings.push(line) };
  const curation = new CurationStore(log);
  const files = new TaggedFiles(store);
  const provider = new EntityHoverProvider({
    engine,
    store,
    settings,
    files,
    source: new TaggedDocuments(store, files, settings, {
      has: () => false,
      onDidChange: new EventEmitter<void>().event,
    }),
    curation,
    milestones: { reach: (milestone) => reached.push(milestone) },
    log,
    relationsOf: () => [],
  });
  const document = createDocument(text);
  const source = new CancellationTokenSource();
  const hover = (word: string): Promise<vscode.Hover | undefined> =>
    provider.provideHover(document.as, document.as.positionAt(text.indexOf(word) + 1), source.token);
  return { engine, store, warnings, reached, document, source, hover, curation };
}

function contentOf(hover: vscode.Hover | undefined): string {
  const [content] = (hover?.contents ?? []) as readonly unknown[];
  return content instanceof MarkdownString ? content.value : '';
}

describe('a hover', () => {
  it('tags only the position, with interactive priority, and describes the entity', async () => {
    const { engine, hover, store, reached } = setUp();
    const shown = hover('BRCA1');
    expect(engine.last.request).toMatchObject({ range: { start: 9, end: 9 }, priority: 'interactive' });
    engine.last.resolve(result(whole, [entity(text, 'BRCA1')]));
    expect(reached).toEqual([]);
    const content = contentOf(await shown);
    expect(reached).toEqual(['hover']);
    expect(content).toContain('**BRCA1** — Gene · 97 %');
    expect(content).not.toMatch(/Test tagger|F1 on/);
    expect(content).toMatch(/\[Details\]\(command:biobert\.mentionDetails\?/);
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
    await vi.advanceTimersByTimeAsync(1000);
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

describe('a hover on a concept', () => {
  const terminology = { name: 'Terms', version: '1' };
  const brca1: ConceptLink = {
    id: 'NCBIGene:672',
    name: 'BRCA1 DNA repair associated',
    source: 'HGNC',
    species: 'human',
    method: 'name',
  };

  async function shown(
    concepts: readonly ConceptLink[] | undefined,
    { terms = true, links = [] as readonly LinkDecision[] } = {},
  ): Promise<string> {
    const { engine, hover, curation } = setUp();
    vi.spyOn(curation, 'current', 'get').mockReturnValue(
      new Curation({ entities: [], links, relations: [] }),
    );
    const content = hover('BRCA1');
    const mention: Entity = { ...entity(text, 'BRCA1'), concepts };
    engine.last.resolve({ ...result(whole, [mention]), terminology: terms ? terminology : undefined });
    return contentOf(await content);
  }

  it('shows the preferred name, a link to the entry and the species', async () => {
    const content = await shown([brca1]);
    const entry = '[NCBI Gene 672](https://www.ncbi.nlm.nih.gov/gene/672)';
    expect(content).toContain(`**BRCA1 DNA repair associated** · ${entry} · human`);
    expect(content).toMatch(/\[Change concept\]\(command:biobert\.chooseConcept\?/);
    expect(content).not.toMatch(/Not linked|as written|HGNC/);
  });

  it('does not repeat the name of the text as the preferred name', async () => {
    const content = await shown([{ ...brca1, name: 'brca1' }]);
    expect(content).toMatch(/^\[NCBI Gene 672\]/m);
  });

  it('has two or three lines, and one of actions', async () => {
    const content = await shown([brca1]);
    expect(content.split(/\n+/)).toHaveLength(4);
  });

  it('says what the mention abbreviates, and where that is said', async () => {
    const { engine, hover } = setUp();
    const content = hover('BRCA1');
    const long = { start: 0, end: 4 };
    const define = { short: { start: 8, end: 13 }, long, shortText: 'BRCA1', longText: 'breast cancer 1' };
    const mention: Entity = { ...entity(text, 'BRCA1'), concepts: [{ ...brca1, method: 'abbreviation' }] };
    engine.last.resolve({ ...result(whole, [mention], [define]), terminology });
    expect(contentOf(await content)).toMatch(
      /human · short for breast cancer 1 \\\(\[line 1\]\(command:biobert\.entities\.reveal\?[^)]*\)\\\)/,
    );
  });

  it('lists all concepts of a composite mention, and identifiers without an address', async () => {
    const own: ConceptLink = { id: 'LAB:(7)', name: '<b>ours</b>', source: 'terms.tsv', method: 'user' };
    const content = await shown([brca1, own]);
    expect(content).toContain('**BRCA1 DNA repair associated**');
    expect(content).toContain('LAB:\\(7\\)');
    expect(content).not.toContain('<b>');
    expect(content.match(/Change concept/g)).toHaveLength(1);
  });

  it('says that a name is not linked, and searches by name', async () => {
    const content = await shown(undefined);
    expect(content).toMatch(/^Not linked · \[Search NCBI Gene\]\([^)]*gene\/\?term=BRCA1\)/m);
    expect(content).toMatch(/\[Change concept\]/);
  });

  it('says that the user chose, and offers to undo it', async () => {
    const links = [{ name: 'brca1', type: 'Gene', concepts: [brca1] }];
    const content = await shown([{ ...brca1, method: 'user' }], { links });
    expect(content).toContain('human · your choice');
    expect(content).toMatch(/\[Accept\].*\[Undo\]\(command:biobert\.undoEntity/);
    const none = await shown(undefined, {
      links: [{ name: 'brca1', type: 'Gene', concepts: [] }],
      terms: false,
    });
    expect(none).toContain('Not linked · your choice');
  });

  it.each([
    [undefined, 'checked by a person'],
    ['Ada', 'checked by Ada'],
  ])('credits a person (%s), not the model, with a corrected name', async (by, words) => {
    const { engine, hover, curation } = setUp();
    const decision = { name: 'BRCA1', type: 'Gene', verdict: 'retyped', was: 'Disease', by } as const;
    vi.spyOn(curation, 'current', 'get').mockReturnValue(
      new Curation({ entities: [decision], relations: [] }),
    );
    const content = hover('BRCA1');
    engine.last.resolve(result(whole, [{ ...entity(text, 'BRCA1'), probability: 1 }]));
    const shownText = contentOf(await content);
    expect(shownText).toContain(`**BRCA1** — Gene · ${words}`);
    expect(shownText).not.toContain('%  ');
    expect(shownText).toMatch(/\[Change type\]\([^)]*\) · \[Undo\]/);
    expect(shownText).not.toContain('[Accept]');
  });

  it('says once in a document that no terminology is installed', async () => {
    const { engine, hover } = setUp();
    const contents: string[] = [];
    for (const word of ['BRCA1', 'BRCA1', 'strange']) {
      const content = hover(word);
      engine.last.resolve(result(whole, [entity(text, 'BRCA1'), entity(text, 'strange')]));
      contents.push(contentOf(await content));
    }
    const told = contents.map((each) => each.includes('Identifiers: no terminology is installed'));
    expect(told).toEqual([true, true, false]);
    expect(contents.join()).not.toContain('Not linked');
  });

  it('says nothing about concepts if linking is turned off', async () => {
    set('biobert.linking.enabled', false);
    const { engine, hover } = setUp();
    const content = hover('BRCA1');
    expect(engine.last.request.link).toBe(false);
    engine.last.resolve(result(whole, [entity(text, 'BRCA1')]));
    expect(contentOf(await content)).not.toMatch(/terminology|linked|concept/);
  });

  it('counts the concept, and links to its other names', async () => {
    const { store, hover, document } = setUp();
    const strange = { ...entity(text, 'strange'), concepts: [brca1] };
    const pending = store.expectResult(document.as);
    const mentions = [{ ...entity(text, 'BRCA1'), concepts: [brca1] }, strange];
    pending.accept({ ...result(whole, mentions), terminology });
    pending.dispose();
    const content = contentOf(await hover('BRCA1'));
    expect(content).toContain('2 mentions here');
    expect(content).toMatch(/also as \[strange\]\(command:biobert\.entities\.reveal\?[^)]*\) \(1\)/);
  });
});
