import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../../../src/core/relations/candidates';
import type { RelationHead } from '../../../../src/core/relations/config';
import { decodeCandidate, type DecodedRelation, mergeRelations } from '../../../../src/core/relations/decode';

const head = (name: string, scope: RelationHead['scope'], labels: readonly string[]): RelationHead => ({
  name,
  scope,
  labels,
  pairs: [['Chemical', 'Disease']],
  relations: labels.map((label) => ({ subject: 'Chemical', object: 'Disease', label, type: `to ${label}` })),
  threshold: 0.5,
});
const heads = [head('first', 'document', ['induce', 'treat']), head('second', 'sentence', ['cure'])];

const candidate: Candidate = {
  head: 0,
  subjectType: 'Chemical',
  objectType: 'Disease',
  subjectConcept: 'a',
  objectConcept: 'b',
  pairs: [
    [0, 1],
    [2, 3],
  ],
};

const logits = (values: Readonly<Record<string, readonly number[]>>) => (pair: readonly number[]) => {
  const own = values[pair.join(' ')];
  return own && Float32Array.from(own);
};

describe('decodeCandidate', () => {
  it('pools the logits of the pairs, with "none" at 0', () => {
    const found = decodeCandidate(candidate, heads, logits({ '0 1': [1, -2, 9], '2 3': [2, -3, 9] }));
    const induces = Math.exp(1) + Math.exp(2);
    const treats = Math.exp(-2) + Math.exp(-3);
    expect(found).toMatchObject({ type: 'to induce', subject: 2, object: 3 });
    expect(found?.probability).toBeCloseTo(induces / (1 + induces + treats), 6);
  });

  it('prefers mentions that are close together, unless others have a much higher score', () => {
    const near = ([subject]: readonly number[]) => (subject === 0 ? 0 : 3);
    const values = { '0 1': [1, -2, 9], '2 3': [2, -3, 9] };
    expect(decodeCandidate(candidate, heads, logits(values), near)).toMatchObject({ subject: 0, object: 1 });
    const clear = { ...values, '2 3': [5, -3, 9] };
    expect(decodeCandidate(candidate, heads, logits(clear), near)).toMatchObject({ subject: 2, object: 3 });
  });

  it('reads the logits of its own head', () => {
    const second = { ...candidate, head: 1 };
    const found = decodeCandidate(second, heads, logits({ '0 1': [9, 9, 0] }));
    expect(found).toMatchObject({ type: 'to cure', subject: 0, object: 1 });
    expect(found?.probability).toBeCloseTo(0.5, 6);
  });

  it('calibrates the probability', () => {
    const calibrated = heads.map((each) => ({ ...each, calibration: { scale: 2, offset: 1 } }));
    const found = decodeCandidate({ ...candidate, head: 1 }, calibrated, logits({ '0 1': [0, 0, 0] }));
    expect(found?.probability).toBeCloseTo(1 / (1 + Math.exp(-1)), 6);
  });

  it('returns undefined if no row contains a pair or the best label is not shown', () => {
    expect(decodeCandidate(candidate, heads, () => undefined)).toBeUndefined();
    const other = { ...candidate, objectType: 'Gene' };
    expect(decodeCandidate(other, heads, logits({ '0 1': [5, 0, 0] }))).toBeUndefined();
  });

  it('gives a probability for huge logits and accepts infinite ones', () => {
    const decode = (value: number) => decodeCandidate(candidate, heads, logits({ '0 1': [value, -1e30, 0] }));
    expect([1e30, -1e30].map((value) => decode(value)?.probability)).toEqual([1, 0]);
    expect(() => decode(Infinity)).not.toThrow();
  });
});

describe('mergeRelations', () => {
  const found = (changes: Partial<DecodedRelation>): DecodedRelation => ({
    type: 'to induce',
    head: 0,
    subject: 0,
    object: 1,
    subjectConcept: 'a',
    objectConcept: 'b',
    isDenied: false,
    probability: 0.6,
    ...changes,
  });

  it('keeps a relation that one sentence states and another denies', () => {
    const denied = found({ isDenied: true, probability: 0.9 });
    expect(mergeRelations([found({}), denied], heads)).toEqual([found({}), denied]);
  });

  it('reports a relation of a sentence once, at its most probable mentions', () => {
    const local = (mention: number, probability: number) =>
      found({ type: 'to cure', head: 1, subject: mention, object: mention + 1, probability });
    const all = [local(0, 0.6), local(2, 0.9), local(4, 0.7)];
    const sentenceOf = (mention: number) => (mention < 4 ? 0 : 1);
    expect(mergeRelations(all, heads, sentenceOf)).toEqual([all[1], all[2]]);
  });

  it('keeps the most probable relation of two concepts from heads of document scope', () => {
    const treats = found({ type: 'to treat', probability: 0.8 });
    const other = found({ objectConcept: 'c', probability: 0.5 });
    expect(mergeRelations([found({}), treats, other], heads)).toEqual([treats, other]);
  });

  it('keeps every relation from heads of sentence scope and drops the same one from other heads', () => {
    const here = found({ head: 1, type: 'to cure' });
    const there = found({ head: 1, type: 'to cure', subject: 4, object: 5, probability: 0.51 });
    const wide = found({ type: 'to cure', probability: 0.9 });
    expect(mergeRelations([wide, here, there], heads)).toEqual([here, there]);
  });
});
