import { describe, expect, it } from 'vitest';
import type { WordEntity } from '../../../../src/core/entities/entities';
import {
  createKnownNameStage,
  featureNames,
  type NameCandidate,
} from '../../../../src/core/entities/knownNameStage';
import type { KnownName, KnownType } from '../../../../src/core/linking/knownNames';

const labels = ['O', 'B-Gene', 'I-Gene', 'B-Chemical', 'I-Chemical'];
const text = 'It is KRAS here';
const wordStarts = Int32Array.of(0, 3, 6, 11);
const wordEnds = Int32Array.of(2, 5, 10, 15);

/** Logits in which the third word is a chemical, and hardly a gene. */
function logits(): Float32Array {
  const rows = [
    [8, 0, 0, 0, 0],
    [8, 0, 0, 0, 0],
    [0, -2, -8, 1, -8],
    [8, 0, 0, 0, 0],
  ];
  return Float32Array.from(rows.flat());
}

const chemical: WordEntity = { type: 'Chemical', start: 2, end: 3, probability: 0.7 };
const gene: KnownType = { type: 'Gene', rank: 'preferred', isLearnt: false, frequency: 5 };
const kras: KnownName = { start: 6, end: 10, types: [gene], isWord: false };
const weights = {
  Gene: { logit: 0.5, known: 3 },
  Chemical: { logit: 1, onlyOther: -3 },
};

function stage(known: readonly KnownName[], given: typeof weights = weights) {
  const seen: NameCandidate[] = [];
  const config = { labels, decoding: 'per-type' } as const;
  const observe = (candidates: readonly NameCandidate[]) => seen.push(...candidates);
  const weigh = createKnownNameStage(config, { knownNames: () => known, weights: given, observe });
  const entities = weigh?.([chemical], { text, wordStarts, wordEnds, logits: logits() }) ?? [];
  return { entities, seen };
}

describe('the stage of known names', () => {
  it('gives a name the type that the terminology knows, if that outweighs the context', () => {
    const { entities } = stage([kras]);
    expect(entities.map(({ type, start, end }) => [type, start, end])).toEqual([['Gene', 2, 3]]);
    // 0.5 · −2 + 3, where −2 is the logit of a gene there.
    expect(entities[0]?.probability).toBeCloseTo(1 / (1 + Math.exp(-2)), 2);
  });

  it('weighs a name that no terminology knows by its logit', () => {
    const { entities } = stage([]);
    expect(entities.map(({ type }) => type)).toEqual(['Chemical']);
    expect(entities[0]?.probability).toBeCloseTo(1 / (1 + Math.exp(-1)), 2);
  });

  it('names the features of each candidate', () => {
    const { seen } = stage([kras]);
    const features = new Map(
      seen.map(({ type, features: values }) => [
        type,
        Object.fromEntries(featureNames.map((name, i) => [name, values[i]])),
      ]),
    );
    expect(features.get('Gene')).toMatchObject({
      bias: 1,
      found: 0,
      known: 1,
      preferred: 1,
      frequency: 0.5,
      onlyOther: 0,
    });
    expect(features.get('Chemical')).toMatchObject({
      found: 1,
      known: 0,
      onlyOther: 1,
      onlyOtherMainName: 1,
    });
  });

  it('does not take the word of the model for an unmistakable name', () => {
    const name = 'SARS-CoV-2';
    const sure = Float32Array.of(9, 0, 0, 0, 0);
    const [wordStarts, wordEnds] = [Int32Array.of(0), Int32Array.of(name.length)];
    const probabilityOf = (types: readonly KnownType[]) => {
      const knownNames = () => [{ start: 0, end: name.length, types, isWord: false }];
      const config = { labels, decoding: 'per-type' } as const;
      const weigh = createKnownNameStage(config, {
        knownNames,
        weights: { Gene: { logit: 1, known: 1 }, Chemical: { logit: 1, known: 1 } },
      });
      return weigh?.([], { text: name, wordStarts, wordEnds, logits: sure })[0]?.probability ?? 0;
    };
    expect(probabilityOf([{ ...gene, type: 'Chemical' }])).toBeGreaterThan(0.7);
    // A gene may be something else, and so may a name of two types.
    expect(probabilityOf([gene])).toBeLessThan(0.1);
    expect(probabilityOf([gene, { ...gene, type: 'Chemical' }])).toBeLessThan(0.1);
  });

  it('leaves out a name that ends inside a word', () => {
    expect(stage([{ ...kras, end: 9 }]).entities.map(({ type }) => type)).toEqual(['Chemical']);
  });

  it('is not for a model whose types compete already', () => {
    const config = { labels, decoding: 'joint' } as const;
    expect(createKnownNameStage(config, { knownNames: () => [], weights })).toBeUndefined();
  });
});
