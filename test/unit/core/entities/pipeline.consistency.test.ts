import { describe, expect, it } from 'vitest';
import { createSpanCache, type DecodedSpan } from '../../../../src/core/entities/spanCache';
import { CancelledError } from '../../../../src/core/errors';
import {
  createTagger,
  type TaggerOptions,
  type TaggerProgress,
} from '../../../../src/core/entities/pipeline';
import { createTokenizer } from '../../../../src/core/tokens/encode';
import type { Entity, Segment } from '../../../../src/core/types';
import { createFakeModel, labels } from '../fakeModel';
import { vocabulary } from '../tokens/vocabularies';

const plain = (text: string, base = 0): Segment => ({
  text,
  base,
  runs: [{ start: 0, length: text.length, documentStart: 0, documentLength: text.length }],
});

/** Segments of one sentence each, with an empty line between. */
function documentOf(sentences: readonly string[]): { text: string; segments: Segment[] } {
  let base = 0;
  const segments = sentences.map((sentence) => {
    const segment = plain(sentence, base);
    base += sentence.length + 2;
    return segment;
  });
  return { text: sentences.join('\n\n'), segments };
}

/** A tagger that finds `aspirin` in sentences with the word "takes", and nothing else. */
function setUp(sentences: readonly string[], type = 'Chemical') {
  const cache = createSpanCache();
  for (const sentence of sentences) {
    const start = sentence.indexOf('aspirin');
    const found: DecodedSpan[] = [{ start, end: start + 7, type, probability: 0.9 }];
    cache.set(sentence, sentence.includes('takes') ? found : []);
  }
  const model = createFakeModel();
  const tagger = createTagger({
    model,
    tokenizer: createTokenizer(vocabulary, { lowercase: true, spaceChineseCharacters: true }),
    cache,
    config: {
      labels,
      decoding: 'per-type',
      tokenTypes: 'shape',
      packing: 'sentence',
      maxTokens: 32,
      calibration: {},
    },
  });
  const { text, segments } = documentOf(sentences);
  const tag = (options?: TaggerOptions) => tagger.tag(text, segments, options);
  return { tag, tagger, text, segments, model };
}

const sentences = ['No aspirin helps.', 'She takes aspirin.', 'He takes aspirin.'];
const starts = (entities: readonly Entity[]) => entities.map(({ start }) => start);

describe('tagging with consistency', () => {
  it('tags each sentence independently if it is off', async () => {
    const { tag, text } = setUp(sentences);
    const { entities } = await tag();
    expect(starts(entities)).toEqual([text.indexOf('aspirin.'), text.lastIndexOf('aspirin')]);
    expect(entities.every((entity) => !('isInferred' in entity))).toBe(true);
  });

  it('tags further occurrences and reports which they are', async () => {
    const { tag, text } = setUp(sentences);
    const { entities } = await tag({ consistency: {} });
    expect(entities.map(({ isInferred }) => isInferred)).toEqual([true, undefined, undefined]);
    expect(entities[0]).toMatchObject({
      start: 3,
      end: 10,
      text: 'aspirin',
      name: 'aspirin',
      type: 'Chemical',
    });
    for (const { start, end } of entities) expect(text.slice(start, end)).toBe('aspirin');
  });

  it('reports entities early, before it has read the whole document', async () => {
    const reports: TaggerProgress[] = [];
    const { tag } = setUp(sentences);
    const { entities } = await tag({ consistency: {}, onProgress: (report) => reports.push(report) });
    expect(reports.flatMap((report) => report.entities)).toEqual(entities.slice(1));
  });

  it('separates publications', async () => {
    const { tag, segments } = setUp(sentences);
    const records = [0, segments[1]?.base ?? 0];
    expect((await tag({ consistency: { records } })).entities).toHaveLength(2);
  });

  it('returns only the requested types, but lets all types vote', async () => {
    const { tag } = setUp(sentences);
    expect((await tag({ consistency: {}, types: ['Gene'] })).entities).toEqual([]);
    expect((await tag({ consistency: {}, types: ['Chemical'] })).entities).toHaveLength(3);
  });

  it('uses cached results of the rest as evidence for a range, and does not run the model on it', async () => {
    const { tagger, text, segments, model } = setUp(sentences);
    const stranger = plain('Nobody takes aspirin, aspirin or aspirin.', text.length + 2);
    const context = [...segments.slice(1), stranger];
    const document = `${text}\n\n${stranger.text}`;
    const { entities, sentences: count } = await tagger.tag(document, segments.slice(0, 1), {
      consistency: { context },
    });
    expect(entities).toMatchObject([{ start: 3, end: 10, isInferred: true }]);
    expect(count).toBe(1);
    expect(model.batches).toEqual([]);
  });

  it('finds nothing in a range if the rest is not cached', async () => {
    const { tagger, text, segments } = setUp(sentences.slice(0, 1));
    const stranger = plain('She takes aspirin.', text.length + 2);
    const { entities } = await tagger.tag(`${text}\n\n${stranger.text}`, segments, {
      consistency: { context: [stranger] },
    });
    expect(entities).toEqual([]);
  });

  it('ignores markup inside names', async () => {
    const { tagger } = setUp(sentences);
    const text = 'No *aspirin* helps.\n\nShe takes aspirin.\n\nHe takes aspirin.';
    const segments = [
      {
        text: 'No aspirin helps.',
        base: 0,
        runs: [
          { start: 0, length: 3, documentStart: 0, documentLength: 3 },
          { start: 3, length: 7, documentStart: 4, documentLength: 7 },
          { start: 10, length: 7, documentStart: 12, documentLength: 7 },
        ],
      },
      plain('She takes aspirin.', 21),
      plain('He takes aspirin.', 41),
    ];
    const { entities } = await tagger.tag(text, segments, { consistency: {} });
    expect(entities.map(({ start, end }) => text.slice(start, end))).toEqual([
      'aspirin',
      'aspirin',
      'aspirin',
    ]);
  });

  it('pauses while it reads the document, and stops when it is cancelled', async () => {
    const many = Array.from({ length: 4000 }, (_, i) => `Patient ${i} of many takes aspirin.`);
    const { tag } = setUp(many);
    let groups = 0;
    let pauses = 0;
    const onProgress = () => void (groups += 1);
    await tag({ consistency: {}, onProgress, pause: () => Promise.resolve(void (pauses += 1)) });
    expect(pauses).toBeGreaterThan(groups);
    const controller = new AbortController();
    let before = 0;
    const pause = () => {
      before += 1;
      // The first pause after the last group.
      if (before > groups) controller.abort();
      return Promise.resolve();
    };
    await expect(tag({ consistency: {}, signal: controller.signal, pause })).rejects.toThrow(CancelledError);
  });
});
