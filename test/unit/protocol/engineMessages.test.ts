import { describe, expect, it } from 'vitest';
import { loadMethod, relationsMethod, statusEvent, tagMethod } from '../../../src/protocol/engineMessages';

const params = { document: 'a', textId: 1, format: 'plain' };
const entity = { start: 1, end: 5, text: 'TP53', name: 'TP53', type: 'Gene', probability: 0.9 };
const info = {
  name: 'Tiny',
  version: '1',
  task: 'token-classification',
  types: ['Gene'],
  measured: [],
  license: 'MIT',
  hash: '00',
  configHash: '01',
  runtime: 'onnxruntime-node',
};

describe('parameters of a tag request', () => {
  it.each([
    params,
    { ...params, range: { start: 0, end: 0 }, types: [], minProbability: 1, priority: 'interactive' },
    { ...params, range: undefined, types: undefined, minProbability: undefined, priority: undefined },
  ])('are accepted: %j', (value) => {
    expect(tagMethod.isParams(value)).toBe(true);
  });

  it.each([
    null,
    [],
    {},
    { ...params, document: 7 },
    { ...params, textId: -1 },
    { ...params, format: 'pdf' },
    { ...params, format: 'toString' },
    { ...params, range: { start: 5, end: 4 } },
    { ...params, range: { start: Number.NaN, end: 4 } },
    { ...params, types: 'Gene' },
    { ...params, types: [1] },
    { ...params, minProbability: 1.5 },
    { ...params, minProbability: Number.NaN },
    { ...params, priority: 'urgent' },
    Object.create(params),
  ])('are refused: %j', (value) => {
    expect(tagMethod.isParams(value)).toBe(false);
  });
});

describe('progress of a tag request', () => {
  const part = { done: 1, total: 2, entities: [entity], abbreviations: [] };

  it('is accepted', () => {
    expect(tagMethod.isProgress(part)).toBe(true);
  });

  it.each([
    { ...part, entities: [{ ...entity, start: 6 }] },
    { ...part, entities: [{ ...entity, probability: 2 }] },
    { ...part, entities: [{ ...entity, text: null }] },
    { ...part, entities: [null] },
    { ...part, entities: undefined },
    { ...part, abbreviations: [{ short: entity }] },
    { ...part, done: -1 },
  ])('is refused: %j', (value) => {
    expect(tagMethod.isProgress(value)).toBe(false);
  });
});

describe('answers', () => {
  const rest = { covered: { start: 0, end: 1 }, sentences: 1, cached: 0, tokens: 9, model: info };
  const done = { kind: 'done', result: rest };

  it('are accepted', () => {
    expect(tagMethod.isResult(done)).toBe(true);
    for (const limit of ['markup', 'macros', 'unclosed', 'footnotes']) {
      const simplified = [{ limit, parts: 2, start: 7 }];
      expect(tagMethod.isResult({ ...done, result: { ...rest, simplified } })).toBe(true);
    }
    expect(tagMethod.isResult({ kind: 'text-unknown' })).toBe(true);
    expect(loadMethod.isResult(info)).toBe(true);
    expect(statusEvent.isValue({ state: 'ready', memoryBytes: 1, batches: 0 })).toBe(true);
  });

  it('are refused if they are malformed', () => {
    expect(tagMethod.isResult({ kind: 'done', ...rest })).toBe(false);
    expect(tagMethod.isResult({ ...done, kind: 'else' })).toBe(false);
    const simplified = [{ limit: 'else', parts: 2, start: 7 }];
    expect(tagMethod.isResult({ ...done, result: { ...rest, simplified } })).toBe(false);
    expect(tagMethod.isResult({ ...done, result: { ...rest, covered: { start: 2, end: 1 } } })).toBe(false);
    expect(tagMethod.isResult({ ...done, result: { ...rest, model: { ...info, runtime: 'mine' } } })).toBe(
      false,
    );
    expect(loadMethod.isResult({ ...info, measured: [{ type: 'Gene' }] })).toBe(false);
    expect(loadMethod.isProgress(undefined)).toBe(false);
    expect(statusEvent.isValue({ state: 'sleepy', memoryBytes: 1, batches: 0 })).toBe(false);
    expect(statusEvent.isValue({ state: 'ready', memoryBytes: 1 })).toBe(false);
  });
});

describe('relations', () => {
  const relation = {
    type: 'inhibitor',
    subject: entity,
    object: { ...entity, type: 'Chemical' },
    probability: 0.5,
    evidence: { start: 0, end: 9 },
    evidenceText: 'TP53 and',
    negated: { start: 6, end: 9, text: 'not' },
  };
  const part = { done: 1, total: 2, relations: [relation] };

  it('are accepted, with their parameters and answers', () => {
    expect(relationsMethod.isProgress(part)).toBe(true);
    const named = { ...relation, concepts: ['tp53', 'adenosinetriphosphate'] };
    expect(relationsMethod.isProgress({ ...part, relations: [named] })).toBe(true);
    expect(relationsMethod.isParams({ ...params, entities: [entity], types: ['inhibitor'] })).toBe(true);
    expect(relationsMethod.isParams({ ...params, entityTypes: ['Gene'] })).toBe(true);
    expect(relationsMethod.isParams(params)).toBe(true);
    const rest = { covered: { start: 0, end: 1 }, pairs: 3, skippedPairs: 0, model: info };
    expect(relationsMethod.isResult({ kind: 'done', result: rest })).toBe(true);
    expect(relationsMethod.isResult({ kind: 'text-unknown' })).toBe(true);
    expect(loadMethod.isParams('relation-extraction')).toBe(true);
  });

  it.each([
    { ...relation, subject: { ...entity, start: 9 } },
    { ...relation, object: undefined },
    { ...relation, probability: 1.5 },
    { ...relation, concepts: ['tp53'] },
    { ...relation, evidence: { start: 9, end: 0 } },
    { ...relation, negated: true },
    { ...relation, negated: { start: 6, end: 2, text: 'not' } },
    { ...relation, speculated: { start: 6, end: 9 } },
  ])('are refused: %j', (malformed) => {
    expect(relationsMethod.isProgress({ ...part, relations: [malformed] })).toBe(false);
  });

  it('are refused with malformed entities or an unknown task', () => {
    expect(relationsMethod.isParams({ ...params, entities: [{ ...entity, end: 0 }] })).toBe(false);
    expect(relationsMethod.isParams({ ...params, entities: 'all' })).toBe(false);
    expect(relationsMethod.isParams({ ...params, entityTypes: 'Gene' })).toBe(false);
    expect(relationsMethod.isResult({ kind: 'done' })).toBe(false);
    expect(loadMethod.isParams('fill-mask')).toBe(false);
    expect(loadMethod.isParams(undefined)).toBe(false);
  });
});
