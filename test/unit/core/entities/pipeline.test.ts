import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSpanCache } from '../../../../src/core/entities/spanCache';
import { CancelledError, errorCodes } from '../../../../src/core/errors';
import { createTagger, type TaggerProgress } from '../../../../src/core/entities/pipeline';
import { createTokenizer } from '../../../../src/core/tokens/encode';
import type { Entity, Segment, TaggerConfig } from '../../../../src/core/types';
import { createFakeModel, labels } from '../fakeModel';
import { vocabulary } from '../tokens/vocabularies';

const tokenizer = createTokenizer(vocabulary, { lowercase: true, spaceChineseCharacters: true });
const config: TaggerConfig = {
  labels,
  decoding: 'per-type',
  tokenTypes: 'shape',
  packing: 'sentence',
  maxTokens: 32,
  calibration: {},
};

/** Prose that is identical to the document. */
const segmentAt = (text: string, base = 0): Segment => ({
  text,
  base,
  runs: [{ start: 0, length: text.length, documentStart: 0, documentLength: text.length }],
});

function setUp(overrides: Partial<TaggerConfig> = {}, options: Parameters<typeof createFakeModel>[0] = {}) {
  const model = createFakeModel(options);
  const cache = createSpanCache();
  const tagger = createTagger({
    model,
    tokenizer,
    cache,
    config: { ...config, ...overrides },
    maxTokensPerBatch: 64,
  });
  const tag = (text: string, tagOptions?: Parameters<typeof tagger.tag>[2]) =>
    tagger.tag(text, [segmentAt(text)], tagOptions);
  return { model, cache, tagger, tag };
}

const brief = (entities: readonly Entity[]) =>
  entities.map(({ type, start, end, text }) => [type, start, end, text]);
const names = (entities: readonly Entity[]) => entities.map(({ name }) => name);

describe('tag', () => {
  it('gives entities document offsets', async () => {
    const { tag } = setUp();
    const result = await tag('The gene kinase of cancer. The Cancer factor!');
    expect(brief(result.entities)).toEqual([
      ['Gene', 4, 15, 'gene kinase'],
      ['Disease', 19, 25, 'cancer'],
      ['Disease', 31, 44, 'Cancer factor'],
    ]);
    expect(result).toMatchObject({ sentences: 2, cached: 0 });
  });

  it.each(['', ' ', '\n\n', '...', '\u200b', '\ud83d'])(
    'finds nothing in %j and does not fail',
    async (text) => {
      const { tag } = setUp();
      expect((await tag(text)).entities).toEqual([]);
    },
  );

  it('marks other names that a terminology knows, in a list beside a name, and repeats of them', async () => {
    const conceptsOf = (name: string): number[] => (['gene kinase', 'GK9'].includes(name) ? [7] : []);
    const knownNames = { knownNames: () => [], weights: {}, conceptsOf };
    const tagger = createTagger({ model: createFakeModel(), tokenizer, config, knownNames });
    const text = 'The gene kinase (GK9; Novartis) acts. Then GK9 acts.';
    const tag = async (options?: Parameters<typeof tagger.tag>[2]) =>
      names((await tagger.tag(text, [segmentAt(text)], options)).entities);
    expect(await tag()).toEqual(['gene kinase', 'GK9']);
    expect(await tag({ consistency: {} })).toEqual(['gene kinase', 'GK9', 'GK9']);
  });

  it('does not run the model on text without words', async () => {
    const { tag, model, tagger } = setUp();
    await tag(' \u200b ');
    expect(await tagger.tag('', [])).toEqual({
      entities: [],
      abbreviations: [],
      sentences: 0,
      cached: 0,
      tokens: 0,
    });
    expect(model.batches).toEqual([]);
  });

  it.each([
    ['emoji', '🧬🧬 gene 👩‍🔬 cancer', ['gene', 'cancer']],
    ['right-to-left text', 'المرض cancer‏ של gene', ['cancer', 'gene']],
    ['lone surrogates', '\ud83d gene \udc00x can\ud800cer', ['gene', 'can\ud800cer']],
    ['combining marks', 'ge\u0301ne\u0301 of the cance\u0301r', ['ge\u0301ne\u0301', 'cance\u0301r']],
    ['CRLF', 'the gene\r\nkinase of\r\ncancer', ['gene\r\nkinase', 'cancer']],
    ['CJK', '中gene文cancer', ['gene', 'cancer']],
  ])('keeps offsets through %s', async (_, text, found) => {
    const { tag } = setUp();
    const { entities } = await tag(text);
    expect(entities.map((entity) => entity.text)).toEqual(found);
    for (const entity of entities) expect(text.slice(entity.start, entity.end)).toBe(entity.text);
  });

  it('ignores markup inside an entity and names it without markup', async () => {
    const document = '# The *gene*\n  kinase of $c$ancer';
    const segment: Segment = {
      text: 'The gene kinase of cancer',
      base: 2,
      runs: [
        { start: 0, length: 4, documentStart: 0, documentLength: 4 },
        { start: 4, length: 4, documentStart: 5, documentLength: 4 },
        { start: 8, length: 1, documentStart: 10, documentLength: 3 },
        { start: 9, length: 10, documentStart: 13, documentLength: 10 },
        { start: 19, length: 1, documentStart: 23, documentLength: 3 },
        { start: 20, length: 5, documentStart: 26, documentLength: 5 },
      ],
    };
    const { entities } = await setUp().tagger.tag(document, [segment]);
    expect(entities.map(({ text, name }) => [text, name])).toEqual([
      ['gene*\n  kinase', 'gene kinase'],
      ['$c$ancer', 'cancer'],
    ]);
  });

  it('reports abbreviations in document offsets', async () => {
    const text = 'xx\n\nA tumor necrosis factor (TNF) rose.';
    const { abbreviations } = await setUp().tagger.tag(text, [segmentAt(text.slice(4), 4)]);
    expect(abbreviations).toEqual([
      {
        short: { start: 29, end: 32 },
        long: { start: 6, end: 27 },
        shortText: 'TNF',
        longText: 'tumor necrosis factor',
      },
    ]);
  });

  it('leaves out the bracket of a definition inside a long form', async () => {
    const text = 'A glucose transporter (GLUT) inhibitor (GLUTi) rose.';
    const { abbreviations } = await setUp().tagger.tag(text, [segmentAt(text, 0)]);
    expect(abbreviations.map(({ longText }) => longText)).toEqual(['glucose transporter', 'GLUT inhibitor']);
  });

  it('applies types and threshold without running the model again', async () => {
    const { tag, model } = setUp({}, { confidence: 2 });
    const text = 'The gene of cancer.';
    const [gene] = (await tag(text)).entities;
    const runs = model.batches.length;
    expect(gene?.probability).toBeGreaterThan(0.5);
    expect(names((await tag(text, { types: ['Disease'] })).entities)).toEqual(['cancer']);
    expect((await tag(text, { types: [] })).entities).toEqual([]);
    expect((await tag(text, { minProbability: 0.99 })).entities).toEqual([]);
    expect(await tag(text, { minProbability: 0.1 })).toMatchObject({ cached: 1, tokens: 0 });
    expect(model.batches).toHaveLength(runs);
  });

  it('calibrates probabilities', async () => {
    const { tag } = setUp({ calibration: { Gene: { scale: 0, offset: 0 } } });
    expect((await tag('gene')).entities[0]?.probability).toBe(0.5);
  });

  it('runs only changed sentences', async () => {
    const { tag, model } = setUp();
    await tag('The gene. A cancer. The end.');
    const { cached, entities } = await tag('The gene. No cancer. The end.');
    expect(cached).toBe(2);
    expect(names(entities)).toEqual(['gene', 'cancer']);
    const last = model.batches.at(-1);
    expect(last?.size).toBe(1);
  });

  it('runs a sentence that repeats once', async () => {
    const { tag, model } = setUp();
    const { entities } = await tag('The gene. The gene. The gene.');
    expect(brief(entities).map(([, start]) => start)).toEqual([4, 14, 24]);
    expect(model.batches.map(({ size }) => size)).toEqual([1]);
  });

  it('gives letter case to a model that uses it, zeros to another', async () => {
    const shaped = setUp();
    await shaped.tag('Gene CAT');
    expect([...(shaped.model.batches[0]?.tokenTypeIds ?? [])].map(Number)).toEqual([0, 1, 2, 2, 2, 0]);
    const plain = setUp({ tokenTypes: 'none' });
    await plain.tag('Gene CAT');
    expect([...(plain.model.batches[0]?.tokenTypeIds ?? [])].map(Number)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('reads a sentence longer than the model in windows and misses nothing', async () => {
    const text = Array.from({ length: 200 }, (_, i) => (i % 7 === 0 ? 'gene kinase' : 'the')).join(' ');
    const { tag, model } = setUp();
    const { entities } = await tag(text);
    expect(names(entities)).toEqual(Array.from({ length: 29 }, () => 'gene kinase'));
    expect(model.batches.length).toBeGreaterThan(0);
    for (const batch of model.batches) expect(batch.length).toBeLessThanOrEqual(config.maxTokens);
  });

  it('gives the same result for any packing, if the model looks at single words', async () => {
    const word = fc.constantFrom(
      'gene',
      'kinase',
      'cancer',
      'the',
      'BRCA1',
      'factor.',
      'of.',
      'Gene',
      '\n\n',
      '(',
      'é',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 120 }), async (words) => {
        const text = words.join(' ');
        const [one, other] = await Promise.all([setUp().tag(text), setUp({ packing: 'window' }).tag(text)]);
        expect(other.entities).toEqual(one.entities);
        expect(other.sentences).toBe(one.sentences);
      }),
      { numRuns: 40 },
    );
  });

  it('packs consecutive sentences into windows, and caches them', async () => {
    const { tag, model } = setUp({ packing: 'window' });
    const text = 'The gene. A cancer. The end.';
    expect(names((await tag(text)).entities)).toEqual(['gene', 'cancer']);
    expect(model.batches.map(({ size, length }) => [size, length])).toEqual([[1, 13]]);
    expect(await tag(text)).toMatchObject({ cached: 3, sentences: 3, tokens: 0 });
  });

  it('does not join entities across a sentence boundary', async () => {
    const { tag } = setUp({ packing: 'window' });
    expect(names((await tag('A gene. Kinase is.')).entities)).toEqual(['gene']);
  });

  it('tags several segments in order and streams them', async () => {
    const sentence = 'The gene of breast cancer.';
    const paragraph = Array.from({ length: 25 }, (_, i) => sentence.replace('The', `The ${i}`)).join(' ');
    const document = Array.from({ length: 20 }, () => paragraph).join('\n\n');
    const segments = Array.from({ length: 20 }, (_, i) => segmentAt(paragraph, i * (paragraph.length + 2)));
    const { tagger } = setUp();
    const reports: TaggerProgress[] = [];
    const { entities } = await tagger.tag(document, segments, {
      onProgress: (report) => reports.push(report),
    });
    expect(entities).toHaveLength(1000);
    expect(entities.every(({ start }, i) => start > (entities[i - 1]?.start ?? -1))).toBe(true);
    expect(reports.flatMap((report) => report.entities)).toEqual(entities);
    expect(reports.length).toBeGreaterThan(2);
    expect(reports.map(({ done }) => done)).toEqual(reports.map(({ done }) => done).sort((a, b) => a - b));
    expect(reports.at(-1)?.done).toBe(20 * paragraph.length);
    expect(reports.at(-1)?.total).toBe(20 * paragraph.length);
  });

  it('stops before the next batch when it is cancelled', async () => {
    const controller = new AbortController();
    const text = Array.from({ length: 100 }, (_, i) => `The ${i} gene.`).join(' ');
    const { tag, model } = setUp({}, { onRun: (run) => run === 2 && controller.abort() });
    const reports: TaggerProgress[] = [];
    const tagging = tag(text, { signal: controller.signal, onProgress: (report) => reports.push(report) });
    await expect(tagging).rejects.toThrow(CancelledError);
    expect(model.batches).toHaveLength(2);
    expect(reports).toEqual([]);
  });

  it('runs nothing when it was cancelled before it began', async () => {
    const { tag, model } = setUp();
    await expect(tag('The gene.', { signal: AbortSignal.abort() })).rejects.toThrow(CancelledError);
    expect(model.batches).toEqual([]);
  });

  it('keeps cached results when it is cancelled', async () => {
    const controller = new AbortController();
    const text = Array.from({ length: 300 }, (_, i) => `The ${i} gene.`).join(' ');
    const { tag } = setUp();
    const first = tag(text, { signal: controller.signal, onProgress: () => controller.abort() });
    await expect(first).rejects.toThrow(CancelledError);
    expect((await tag(text)).cached).toBeGreaterThanOrEqual(32);
  });

  it('pauses between groups', async () => {
    const text = Array.from({ length: 300 }, (_, i) => `The ${i} gene.`).join(' ');
    let pauses = 0;
    await setUp().tag(text, { pause: () => Promise.resolve(void (pauses += 1)) });
    expect(pauses).toBeGreaterThan(1);
  });

  it('passes on the failure of the model', async () => {
    const tagger = createTagger({
      tokenizer,
      config,
      model: { run: () => Promise.reject(new Error('no memory')) },
    });
    await expect(tagger.tag('gene', [segmentAt('gene')])).rejects.toThrow('no memory');
  });

  it('refuses logits whose shape does not match the labels', async () => {
    const { tag } = setUp({ labels: ['O', 'B-Gene', 'I-Gene'] });
    await expect(tag('gene')).rejects.toMatchObject({ code: errorCodes.MODEL_SHAPE_MISMATCH });
  });

  it('can tag two documents at once', async () => {
    const { tag } = setUp();
    const texts = ['The gene. A cancer.', 'A cancer. The gene.'];
    const results = await Promise.all(texts.map((text) => tag(text)));
    expect(results.map(({ entities }) => names(entities))).toEqual([
      ['gene', 'cancer'],
      ['cancer', 'gene'],
    ]);
  });
});
