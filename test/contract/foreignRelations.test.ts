/** Third-party sequence classifiers that were fine-tuned on pairs of names, on both engines. */
import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../src/core/errors';
import { maxPairsOfSentence } from '../../src/core/relations/pairRows';
import type { Relation } from '../../src/core/types';
import type { RelationsRequest } from '../../src/protocol/engine';
import { type TinyClassifierOptions, writeTinyClassifier } from '../support/tinyClassifier';
import { writeTinyTagger } from '../support/tinyTagger';
import { disposables, engines } from './engines';

const { own, folder } = disposables();

const ask = (text: string, more: Partial<RelationsRequest> = {}): RelationsRequest => ({
  document: 'test:document',
  text,
  format: 'plain',
  ...more,
});
const brief = (relations: readonly Relation[]) =>
  relations.map(({ subject, type, object }) => `${subject.name} ${type} ${object.name}`);

describe.each(engines)('a third-party relation classifier in $name', ({ create }) => {
  const tiny = (options: TinyClassifierOptions = {}) =>
    own(
      create({
        modelPaths: {
          'token-classification': writeTinyTagger(folder()),
          'relation-extraction': writeTinyClassifier(folder(), options),
        },
      }),
    );

  it('reads each pair with masked names', async () => {
    const text = 'Aspirin inhibits BRCA1. Tamoxifen causes TP53, not. Carriers of BRCA1 took aspirin.';
    const { relations, pairs, skippedPairs, model } = await tiny().relations(ask(text));
    expect(brief(relations)).toEqual(['Aspirin inhibitor BRCA1', 'Tamoxifen cause TP53']);
    expect(relations[0]).toMatchObject({
      evidenceText: 'Aspirin inhibits BRCA1.',
      evidence: { start: 0, end: 23 },
    });
    expect(relations[0]?.probability).toBeGreaterThan(0.9);
    expect(pairs).toBe(3);
    expect(skippedPairs).toBe(0);
    expect(model).toMatchObject({ task: 'relation-extraction', types: ['inhibitor', 'cause'] });
  });

  it('masks only the two names of the pair', async () => {
    const text = 'Aspirin inhibits BRCA1 and TP53.';
    const { relations } = await tiny().relations(ask(text, { minProbability: 0.1 }));
    expect(brief(relations)).toEqual(['Aspirin inhibitor BRCA1', 'Aspirin inhibitor TP53']);
    expect(relations[0]?.probability).toBeGreaterThan(0.99);
    // The row of the second pair contains BRCA1 unmasked, so the model is undecided.
    expect(relations[1]?.probability).toBeCloseTo(0.5, 2);
  });

  it('writes the markers of the manifest around the names, and reads only its pairs of types', async () => {
    const manifest = {
      mentions: { subject: '[E1] {} [/E1]', object: '[E2] {} [/E2]' },
      pairs: [['Chemical', 'Gene']],
    };
    const { relations } = await tiny({ manifest }).relations(ask('TP53 took. Aspirin inhibits TP53.'));
    expect(brief(relations)).toEqual(['Aspirin inhibitor TP53']);
    // The model reads only pairs of the types in the manifest.
    const none = tiny({ manifest: { ...manifest, pairs: [['Chemical', 'Disease']] } });
    expect((await none.relations(ask('Aspirin inhibits TP53.'))).pairs).toBe(0);
  });

  it('reads only the part of a long sentence around the pair', async () => {
    const filler = 'carriers of and '.repeat(40);
    const text = `${filler}aspirin inhibits tp53 ${filler}.`;
    expect(brief((await tiny().relations(ask(text))).relations)).toEqual(['aspirin inhibitor tp53']);
    const apart = await tiny().relations(ask(`aspirin ${filler}inhibits tp53.`));
    expect(apart.relations).toEqual([]);
  });

  it('reads the nearest pairs of a sentence with 400 mentions, and reports how many it skipped', async () => {
    const text = `${'aspirin inhibits tp53, '.repeat(200)}asthma.`;
    const { relations, pairs, skippedPairs } = await tiny().relations(ask(text));
    expect(pairs).toBe(maxPairsOfSentence);
    expect(skippedPairs).toBe(200 * 200 - maxPairsOfSentence);
    // All pairs are of the same two names, which a sentence relates once.
    expect(relations).toHaveLength(1);
  });

  it('stops between two batches when it is cancelled', async () => {
    const engine = tiny({ slowness: 500 });
    const controller = new AbortController();
    const text = 'Aspirin inhibits TP53.\n\n'.repeat(500);
    const asked = engine.relations(ask(text), {
      signal: controller.signal,
      onProgress: ({ relations }) => relations.length > 0 && controller.abort(),
    });
    await expect(asked).rejects.toMatchObject({ name: 'CancelledError' });
    expect((await engine.relations(ask('Aspirin inhibits TP53.'))).relations).toHaveLength(1);
  });

  it('finds one type of relation if it has a single output', async () => {
    const engine = tiny({
      width: 1,
      labels: ['LABEL_0'],
      manifest: { labels: { LABEL_0: 'associated' }, threshold: 0 },
    });
    const { relations } = await engine.relations(ask('Aspirin inhibits TP53.'));
    expect(brief(relations)).toEqual(['Aspirin associated TP53']);
  });

  it.each<[string, TinyClassifierOptions, string]>([
    ['it has no manifest', { manifest: false }, errorCodes.MODEL_CONFIG_INVALID],
    [
      'its manifest does not say how names were written',
      { manifest: { mentions: {} } },
      errorCodes.MODEL_CONFIG_INVALID,
    ],
    [
      'its manifest has markers by role but no pairs',
      { manifest: { mentions: { subject: 'A', object: 'B' } } },
      errorCodes.MODEL_CONFIG_INVALID,
    ],
    [
      'every label is a relation',
      { manifest: { labels: { LABEL_0: 'a', LABEL_1: 'b', LABEL_2: 'c' } } },
      errorCodes.MODEL_CONFIG_INVALID,
    ],
    ['it has fewer labels than logits', { labels: ['LABEL_0', 'LABEL_1'] }, errorCodes.MODEL_SHAPE_MISMATCH],
  ])('is refused if %s', async (_, options, code) => {
    await expect(tiny(options).relations(ask('Aspirin inhibits TP53.'))).rejects.toMatchObject({ code });
  });
});
