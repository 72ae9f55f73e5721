import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { measurePhenomena, type PhenomenaResult } from '../evaluation/phenomena';
import { writePhenomena } from '../evaluation/report';
import { loadTagger } from '../../src/runtime/engine/entities';
import type { LoadedTagger } from '../../src/runtime/engine/requestContext';
import { nullLogger } from '../../src/runtime/log';
import { modelPath, readGold, requireFile } from './gold';
import limits from './phenomena.json';

/** The minimum F1 in percent or, for a phenomenon without names, the maximum number of wrong entities. */
interface Limit {
  readonly f1?: number;
  readonly wrong?: number;
}

const sentences = readGold('phenomena.txt');
const phenomena = [...new Set(sentences.map(({ phenomenon }) => phenomenon))];
const limitOf = new Map<string, Limit>(Object.entries(limits));

describe('the shipped tagger, on difficult phenomena', () => {
  let model: LoadedTagger;
  let result: PhenomenaResult;

  beforeAll(async () => {
    requireFile('models/tagger/model.onnx', 'git checkout -- models/tagger');
    model = await loadTagger(modelPath, { threads: 0, log: nullLogger });
    result = await measurePhenomena(sentences, model);
    process.stdout.write(writePhenomena(model.info, result));
  });

  afterAll(() => model.release());

  it('has one limit for each phenomenon and no others', () => {
    expect([...limitOf.keys()]).toEqual(phenomena);
    expect(sentences.length).toBeGreaterThanOrEqual(180);
  });

  it.each(phenomena)('keeps the limit: %s', (phenomenon) => {
    const found = result.phenomena.find((each) => each.phenomenon === phenomenon);
    const { f1, wrong } = limitOf.get(phenomenon) ?? {};
    expect(f1 ?? wrong).toBeDefined();
    if (f1 !== undefined) expect(found?.score.f1).toBeGreaterThanOrEqual(f1);
    if (wrong !== undefined) expect(found?.score.falsePositives).toBeLessThanOrEqual(wrong);
  });
});
