import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../src/core/errors';
import type { Entity, Relation } from '../../src/core/types';
import type { RelationsRequest } from '../../src/protocol/engine';
import { type TinyRelationsOptions, writeTinyRelations } from '../support/tinyRelations';
import { writeTinyTagger } from '../support/tinyTagger';
import { disposables, engines, plain, watchedChildEngine } from './engines';

const { own, folder } = disposables();

function ask(text: string, more: Partial<RelationsRequest> = {}): RelationsRequest {
  return { document: 'test:document', text, format: 'plain', ...more };
}

const brief = (relations: readonly Relation[]) =>
  relations.map(({ subject, type, object }) => `${subject.name} ${type} ${object.name}`);

function mention(text: string, name: string, type: string): Entity {
  const start = text.indexOf(name);
  return { start, end: start + name.length, text: name, name, type, probability: 1 };
}

/** Returns paragraphs that contain one relation each. */
function paragraphs(count: number): string {
  return Array.from({ length: count }, (_, i) => `Aspirin inhibits BRCA1 ${i}. Carriers took and.`).join(
    '\n\n',
  );
}

describe.each(engines)('$name, with a relation model', ({ create }) => {
  const tiny = (options: TinyRelationsOptions = {}) =>
    own(
      create({
        modelPaths: {
          'token-classification': writeTinyTagger(folder()),
          'relation-extraction': writeTinyRelations(folder(), options),
        },
      }),
    );

  it('finds relations between entities that it tagged itself', async () => {
    const text = 'Aspirin inhibits BRCA1. Carriers of asthma took tamoxifen.';
    const { relations, covered, pairs, model } = await tiny().relations(ask(text));
    expect(brief(relations)).toEqual([
      'Aspirin inhibitor BRCA1',
      'Aspirin treats asthma',
      'tamoxifen treats asthma',
    ]);
    expect(relations[0]).toMatchObject({
      subject: { start: 0, end: 7, type: 'Chemical' },
      object: { start: 17, end: 22, type: 'Gene' },
      evidence: { start: 0, end: 23 },
      evidenceText: 'Aspirin inhibits BRCA1.',
    });
    expect(relations[1]?.evidence).toEqual({ start: 0, end: text.length });
    expect(relations[0]?.probability).toBeGreaterThan(0.9);
    expect(covered).toEqual({ start: 0, end: text.length });
    expect(pairs).toBe(3);
    expect(model).toMatchObject({ task: 'relation-extraction', types: ['inhibitor', 'activator', 'treats'] });
  });

  it('finds relations only between the entities that the request contains', async () => {
    const text = 'Aspirin inhibits BRCA1 and TP53. Tamoxifen inhibits BRCA1.';
    const entities = [mention(text, 'BRCA1', 'Gene'), mention(text, 'Aspirin', 'Chemical')];
    const { relations } = await tiny().relations(ask(text, { entities }));
    expect(brief(relations)).toEqual(['Aspirin inhibitor BRCA1']);
  });

  it('returns the cues that deny a relation or make it speculative', async () => {
    const text = 'Aspirin may not inhibit BRCA1. Tamoxifen inhibits BRCA1.';
    const { relations } = await tiny().relations(ask(text));
    expect(relations[0]?.negated).toEqual({ start: 12, end: 15, text: 'not' });
    expect(relations[0]?.speculated).toEqual({ start: 8, end: 11, text: 'may' });
    expect(relations[1]?.negated).toBeUndefined();
    expect(relations[1]?.speculated).toBeUndefined();
  });

  it('applies range, types and probability', async () => {
    const engine = tiny();
    const text = 'Aspirin inhibits BRCA1.\n\nTamoxifen inhibits BRCA1. Asthma took tamoxifen.';
    const first = await engine.relations(ask(text, { range: { start: 0, end: 3 } }));
    expect(brief(first.relations)).toEqual(['Aspirin inhibitor BRCA1']);
    expect(first.covered).toEqual({ start: 0, end: 23 });
    const treats = await engine.relations(ask(text, { types: ['treats'] }));
    expect(new Set(treats.relations.map(({ type }) => type))).toEqual(new Set(['treats']));
    expect((await engine.relations(ask(text, { minProbability: 1 }))).relations).toEqual([]);
  });

  it('finds nothing without entities, with entities of one type and in empty text', async () => {
    const engine = tiny();
    for (const text of ['', ' \n', 'Carriers of and.', 'BRCA1 and TP53 and BRCA1.']) {
      expect(await engine.relations(ask(text))).toMatchObject({ relations: [], pairs: 0 });
    }
    expect((await engine.relations(ask('Aspirin inhibits BRCA1.', { entities: [] }))).relations).toEqual([]);
  });

  it('reads all pairs of a sentence with 400 mentions', async () => {
    const text = `${'aspirin and brca1, '.repeat(200)}asthma.`;
    const { relations, pairs } = await tiny().relations(ask(text));
    expect(pairs).toBe(200 * 200 + 200);
    // A sentence states a relation of two names once, however often it has them.
    expect(brief(relations).sort()).toEqual(['aspirin inhibitor brca1', 'aspirin treats asthma']);
  });

  it('streams relations in the order of the result', async () => {
    const streamed: Relation[] = [];
    const shares: number[] = [];
    const { relations } = await tiny().relations(ask(paragraphs(700)), {
      onProgress: ({ done, total, relations: found }) => {
        streamed.push(...found);
        shares.push(done / total);
      },
    });
    expect(relations).toHaveLength(700);
    expect(streamed).toEqual(relations);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBeCloseTo(1, 1);
  });

  it('stops when it is cancelled, and answers the next request', async () => {
    const engine = tiny({ slowness: 700 });
    const text = paragraphs(2000);
    const controller = new AbortController();
    const onProgress = () => controller.abort();
    const asked = engine.relations(ask(text), { signal: controller.signal, onProgress });
    await expect(asked).rejects.toMatchObject({ name: 'CancelledError' });
    expect((await engine.relations(ask('Aspirin inhibits BRCA1.'))).relations).toHaveLength(1);
  });

  it('refuses to find relations without a folder, and continues to tag', async () => {
    const engine = own(create({ modelPaths: { 'token-classification': writeTinyTagger(folder()) } }));
    expect((await engine.tag(plain('BRCA1'))).entities).toHaveLength(1);
    await expect(engine.relations(ask('Aspirin inhibits BRCA1.'))).rejects.toMatchObject({
      code: errorCodes.MODEL_NOT_FOUND,
      nextStep: expect.stringMatching(/^[A-Z].*\.$/) as string,
    });
    expect((await engine.tag(plain('BRCA1'))).entities).toHaveLength(1);
    expect(engine.status.state).toBe('ready');
  });

  it.each([
    ['that does not exist', () => path.join(folder(), 'none'), errorCodes.MODEL_NOT_FOUND],
    ['of a tagger', () => writeTinyTagger(folder()), errorCodes.MODEL_TASK_MISMATCH],
    [
      'of a tagger without a manifest',
      () => writeTinyTagger(folder(), { manifest: false }),
      errorCodes.MODEL_TASK_MISMATCH,
    ],
    [
      'whose heads do not match its logits',
      () => writeTinyRelations(folder(), { logitsPerPair: 4 }),
      errorCodes.MODEL_SHAPE_MISMATCH,
    ],
    [
      'without heads',
      () => writeTinyRelations(folder(), { manifest: { heads: [] } }),
      errorCodes.MODEL_CONFIG_INVALID,
    ],
    [
      'with a marker beyond the vocabulary',
      () => writeTinyRelations(folder(), { manifest: { markers: { Gene: { open: 999, close: 1 } } } }),
      errorCodes.MODEL_CONFIG_INVALID,
    ],
  ])('refuses a folder %s', async (_, makeFolder, code) => {
    const engine = own(
      create({
        modelPaths: {
          'token-classification': writeTinyTagger(folder()),
          'relation-extraction': makeFolder(),
        },
      }),
    );
    await expect(engine.relations(ask('Aspirin inhibits BRCA1.'))).rejects.toMatchObject({
      name: 'BioBertError',
      code,
    });
    await expect(engine.load(undefined, 'relation-extraction')).rejects.toMatchObject({ code });
  });

  it('unloads the relation model with the tagger', async () => {
    const engine = tiny();
    const before = await engine.relations(ask('Aspirin inhibits BRCA1.'));
    await engine.unload();
    expect(engine.status).toEqual({ state: 'idle' });
    expect((await engine.relations(ask('Aspirin inhibits BRCA1.'))).relations).toEqual(before.relations);
  });
});

describe('a child process that is killed while it finds relations', () => {
  it('is replaced, and every relation is reported once', async () => {
    const watched = watchedChildEngine({
      modelPaths: {
        'token-classification': writeTinyTagger(folder()),
        'relation-extraction': writeTinyRelations(folder(), { slowness: 400 }),
      },
    });
    const engine = own(watched.engine);
    const streamed: Relation[] = [];
    let isKilled = false;
    const { relations } = await engine.relations(ask(paragraphs(150)), {
      onProgress: ({ relations: found }) => {
        streamed.push(...found);
        const pid = watched.pids.at(-1);
        if (isKilled || streamed.length === 0 || pid === undefined) return;
        isKilled = true;
        process.kill(pid, 'SIGKILL');
      },
    });
    expect(isKilled).toBe(true);
    expect(watched.pids).toHaveLength(2);
    expect(relations).toHaveLength(150);
    expect(streamed).toEqual(relations);
  });
});
