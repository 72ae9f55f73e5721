import { describe, expect, it } from 'vitest';
import type { Entity } from '../../src/core/types';
import type { TaggerProgress } from '../../src/core/entities/pipeline';
import { writeTinyTagger } from '../support/tinyTagger';
import { disposables, engines, plain, sentences } from './engines';

const { own, folder } = disposables();

describe.each(engines)('$name', ({ create }) => {
  const tiny = (slowness = 0) =>
    own(create({ modelPaths: { 'token-classification': writeTinyTagger(folder(), { slowness }) } }));

  it('loads the model and returns its information', async () => {
    const engine = tiny();
    expect(engine.status).toEqual({ state: 'idle' });
    const states: string[] = [];
    engine.onDidChangeStatus(({ state }) => states.push(state));
    const info = await engine.load();
    expect(info).toMatchObject({
      name: 'Tiny tagger',
      types: ['Gene', 'Disease', 'Chemical'],
      measured: [{ f1: 50 }],
    });
    expect(info.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(engine.status).toMatchObject({ state: 'ready', model: info });
    expect(engine.status.memoryBytes).toBeGreaterThan(1e6);
    expect(states[0]).toBe('loading');
  });

  it('finds entities, with places, names, types and probabilities', async () => {
    const text = 'Carriers of BRCA1 took tamoxifen.\n\nBreast cancer and asthma.';
    const result = await tiny().tag(plain(text));
    expect(
      result.entities.map(({ start, end, text: slice, name, type }) => ({ start, end, slice, name, type })),
    ).toEqual([
      { start: 12, end: 17, slice: 'BRCA1', name: 'BRCA1', type: 'Gene' },
      { start: 23, end: 32, slice: 'tamoxifen', name: 'tamoxifen', type: 'Chemical' },
      { start: 35, end: 48, slice: 'Breast cancer', name: 'Breast cancer', type: 'Disease' },
      { start: 53, end: 59, slice: 'asthma', name: 'asthma', type: 'Disease' },
    ]);
    for (const { probability } of result.entities) expect(probability).toBeGreaterThan(0.95);
    expect(result).toMatchObject({ covered: { start: 0, end: text.length }, sentences: 2, cached: 0 });
    expect(result.tokens).toBeGreaterThan(8);
    expect(result.model.name).toBe('Tiny tagger');
  });

  it('says which record of a file a range is in', async () => {
    const records = ['PMID- 1\nTI  - Loss of BRCA1\n\n', 'PMID- 2\nTI  - TP53 is lost\n'];
    const text = records.join('');
    const start = text.indexOf('TP53');
    const request = { document: 'file:///a.nbib', text, format: 'medline' } as const;
    const { entities, paper } = await tiny().tag({ ...request, range: { start, end: start } });
    expect(namesOf(entities)).toEqual(['TP53']);
    expect(paper).toEqual({ start: records[0]?.length, end: text.length });
    expect((await tiny().tag(request)).paper).toBeUndefined();
    expect((await tiny().tag({ ...plain('TP53'), range: { start: 0, end: 0 } })).paper).toBeUndefined();
  });

  it('finds a fourth type if the model has it, and no other type if only that is requested', async () => {
    const engine = own(
      create({ modelPaths: { 'token-classification': writeTinyTagger(folder(), { species: true }) } }),
    );
    expect((await engine.load()).types).toEqual(['Gene', 'Disease', 'Chemical', 'Species']);
    const request = plain('TP53 and mice and aspirin.');
    const { entities } = await engine.tag(request);
    expect(entities.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'TP53 Gene',
      'mice Species',
      'aspirin Chemical',
    ]);
    expect(namesOf((await engine.tag({ ...request, types: ['Species'] })).entities)).toEqual(['mice']);
    expect(namesOf((await tiny().tag(request)).entities)).toEqual(['TP53', 'aspirin']);
  });

  it('tags only the segments that a range touches', async () => {
    const text = 'BRCA1.\n\nTP53 and aspirin.\n\nAsthma.';
    const engine = tiny();
    const result = await engine.tag(plain(text, { range: { start: 10, end: 11 } }));
    expect(namesOf(result.entities)).toEqual(['TP53', 'aspirin']);
    expect(result.covered).toEqual({ start: 8, end: 25 });
    const atBorder = await engine.tag(plain(text, { range: { start: text.length, end: text.length } }));
    expect(namesOf(atBorder.entities)).toEqual(['Asthma']);
  });

  it('returns only entities of the requested types and probabilities', async () => {
    const engine = tiny();
    const text = 'BRCA1 and CD4 and asthma.';
    expect(namesOf((await engine.tag(plain(text))).entities)).toEqual(['BRCA1', 'CD4', 'asthma']);
    expect(namesOf((await engine.tag(plain(text, { types: ['Disease'] }))).entities)).toEqual(['asthma']);
    expect(namesOf((await engine.tag(plain(text, { minProbability: 0.9 }))).entities)).toEqual([
      'BRCA1',
      'asthma',
    ]);
  });

  it('reports progress that adds up to the result', async () => {
    const steps: TaggerProgress[] = [];
    const result = await tiny().tag(plain(sentences(1500)), { onProgress: (step) => steps.push(step) });
    expect(result.entities).toHaveLength(3000);
    expect(steps.flatMap((step) => step.entities)).toEqual(result.entities);
    expect(steps.length).toBeGreaterThan(1);
    const last = steps.at(-1);
    expect(last?.done).toBe(last?.total);
  });

  it('uses cached results and runs the model only on an edited sentence', async () => {
    const engine = tiny();
    const text = sentences(40);
    await engine.tag(plain(text));
    const again = await engine.tag(plain(text));
    expect(again).toMatchObject({ sentences: 40, cached: 40, tokens: 0 });
    const edited = text.replace('aspirin 20.', 'tamoxifen 20.');
    const result = await engine.tag(plain(edited));
    expect(result).toMatchObject({ sentences: 40, cached: 39 });
    expect(result.entities.filter(({ name }) => name === 'tamoxifen').map(({ start }) => start)).toEqual([
      edited.indexOf('tamoxifen'),
    ]);
    for (const { start, end, text: slice } of result.entities) expect(edited.slice(start, end)).toBe(slice);
  });

  it('gives the same result after it forgot a document', async () => {
    const engine = tiny();
    const before = await engine.tag(plain(sentences(5)));
    engine.forget('test:document');
    expect((await engine.tag(plain(sentences(5)))).entities).toEqual(before.entities);
  });

  it('keeps documents apart', async () => {
    const engine = tiny();
    const texts = Array.from({ length: 12 }, (_, i) => `BRCA1 ${i}.\n\nAsthma ${i}.`);
    const tagAll = () =>
      Promise.all(texts.map((text, i) => engine.tag(plain(text, { document: `test:${i}` }))));
    const first = await tagAll();
    const second = await tagAll();
    expect(second.map(({ entities }) => entities)).toEqual(first.map(({ entities }) => entities));
    expect(first.every(({ entities }) => entities.length === 2)).toBe(true);
  });

  it('follows edits anywhere in a large text', async () => {
    const engine = tiny();
    let text = sentences(400);
    for (const at of [0, 200, text.length >> 1, text.length - 3, text.length]) {
      text = `${text.slice(0, at)} TP53\n\n${text.slice(at + 1)}`;
      const { entities } = await engine.tag(plain(text));
      expect(entities.some(({ name, start }) => name === 'TP53' && Math.abs(start - at) < 3)).toBe(true);
      for (const { start, end, text: slice } of entities) expect(text.slice(start, end)).toBe(slice);
    }
  });

  it.each([
    ['an empty text', '', 0],
    ['white space', ' \r\n\t\u00a0\u2003', 0],
    ['one character', 'x', 0],
    ['CRLF', 'BRCA1.\r\n\r\nTP53.\r\n', 2],
    ['emoji', '👩🏽‍🔬 BRCA1 🧬🧬 TP53 😷', 2],
    ['right-to-left text', 'גן BRCA1 של סרטן \u202bTP53\u202c ومرض', 2],
    ['combining marks', 'B\u0301 BRCA1 e\u0301\u0301\u0301 TP53', 2],
    ['lone surrogates', '\ud83e BRCA1 \udd2c TP53 \ud83e', 2],
    ['a line of 100,000 characters', `${'x'.repeat(50_000)} BRCA1 ${'y '.repeat(25_000)} TP53`, 2],
  ])('tags %s', async (_name, text, count) => {
    const { entities } = await tiny().tag(plain(text));
    expect(entities).toHaveLength(count);
    for (const { start, end, text: slice, name } of entities) {
      expect(text.slice(start, end)).toBe(slice);
      expect(['BRCA1', 'TP53']).toContain(name);
    }
  });

  it('ignores the markup of Markdown and LaTeX', async () => {
    const engine = tiny();
    const tag = async (format: 'markdown' | 'latex', text: string) =>
      namesOf((await engine.tag(plain(text, { format, document: format }))).entities);
    expect(await tag('markdown', 'Took **aspirin**, `tp53` and *BRCA1*.')).toEqual(['aspirin', 'BRCA1']);
    expect(await tag('latex', '\\section{Asthma} Took \\emph{aspirin} \\cite{tp53}.')).toEqual([
      'Asthma',
      'aspirin',
    ]);
  });
});

function namesOf(entities: readonly Entity[]): string[] {
  return entities.map(({ name }) => name);
}
