import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countRepeats, type MarkedProse } from '../evaluation/repeats';
import { parseDocument } from '../../src/core/documents/parse';
import { createTagger, type TaggerResult, type TaggerOptions } from '../../src/core/entities/pipeline';
import { loadTagger } from '../../src/runtime/engine/entities';
import type { LoadedTagger } from '../../src/runtime/engine/requestContext';
import { nullLogger } from '../../src/runtime/log';
import { requireFile } from './gold';

const modelPath = path.join(__dirname, '..', '..', 'models', 'tagger');
/** Written for this test: version 2.1.0 of the tagger misses repeats of NSCLC and gives PCOS two types. */
const text = readFileSync(path.join(__dirname, 'consistency.txt'), 'utf8');

describe('the shipped tagger, on a document with repeated names', () => {
  let model: LoadedTagger;
  let tag: (options?: TaggerOptions) => Promise<TaggerResult>;

  beforeAll(async () => {
    requireFile('models/tagger/model.onnx', 'git checkout -- models/tagger');
    model = await loadTagger(modelPath, { threads: 0, log: nullLogger });
    const { segments } = parseDocument(text, 'plain');
    tag = (options) => createTagger({ ...model, model }).tag(text, segments, options);
  });

  afterAll(() => model.release());

  it('gives each name one type and marks all its occurrences', async () => {
    const { entities } = await tag({ consistency: {} });
    const prose: MarkedProse = { text, marks: entities };
    expect(countRepeats([[prose]])).toMatchObject({ unmarked: 0, withTwoTypes: 0 });
    for (const [name, type] of [
      ['NSCLC', 'Disease'],
      ['PCOS', 'Disease'],
      ['GHD', 'Disease'],
    ]) {
      const own = entities.filter((entity) => entity.name === name && entity.type === type);
      expect(own, name).toHaveLength(text.split(String(name)).length - 1);
    }
  });
});
