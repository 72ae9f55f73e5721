import * as fs from 'node:fs';
import * as path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { defaultTypes, shippedTypes } from '../../src/core/entities/entityTypes';
import { disposables, engines, plain, root, until } from './engines';

const { own } = disposables();
const modelPath = path.join(root, 'models/tagger');

const text =
  'Tamoxifen lowers the risk of breast cancer in carriers of BRCA1 mutations.\n\n' +
  'We found no effect of aspirin on asthma, nor on the expression of tumour necrosis factor alpha (TNF-alpha).';

beforeAll(() => {
  if (fs.existsSync(path.join(modelPath, 'model.onnx'))) return;
  throw new Error(
    'models/tagger has no model: fetch it with `git lfs pull`, or build it as models/README.md says.',
  );
});

describe.each(engines)('the shipped model in $name', ({ create }) => {
  it('finds genes, diseases and chemicals, and caches them', async () => {
    const engine = own(create({ modelPaths: { 'token-classification': modelPath } }));
    const { entities, model, abbreviations } = await engine.tag(plain(text));
    const found = entities.map(({ name, type }) => `${type} ${name}`);
    expect(found).toEqual(
      expect.arrayContaining([
        'Chemical Tamoxifen',
        'Disease breast cancer',
        'Chemical aspirin',
        'Disease asthma',
      ]),
    );
    expect(entities.some(({ type, name }) => type === 'Gene' && name.includes('BRCA1'))).toBe(true);
    expect(abbreviations).toMatchObject([
      { shortText: 'TNF-alpha', longText: 'tumour necrosis factor alpha' },
    ]);
    expect(model.types).toEqual(shippedTypes.filter((type) => model.types.includes(type)));
    expect(model.types).toEqual(expect.arrayContaining([...defaultTypes]));
    const again = await engine.tag(plain(text));
    expect(again.entities).toEqual(entities);
    expect(again.tokens).toBe(0);
  });

  it('uses at most 350 MB of memory', async () => {
    const engine = own(create({ modelPaths: { 'token-classification': modelPath } }));
    await engine.tag(plain(text));
    await until(() => engine.status.memoryBytes !== undefined);
    // The memory of this process includes the test runner.
    const limit = engine.status.model && create === engines[1]?.create ? 350e6 : 1000e6;
    expect(engine.status.memoryBytes).toBeLessThan(limit);
  });

  it('finds the same entities on the WebAssembly runtime', async () => {
    const native = await own(
      create({ modelPaths: { 'token-classification': modelPath }, runtime: 'node' }),
    ).tag(plain(text));
    const web = await own(create({ modelPaths: { 'token-classification': modelPath }, runtime: 'web' })).tag(
      plain(text),
    );
    const spans = (entities: typeof native.entities) =>
      entities.map(({ start, end, type }) => [start, end, type]);
    expect(native.entities.length).toBeGreaterThan(4);
    expect(spans(web.entities)).toEqual(spans(native.entities));
    for (const [index, { probability }] of web.entities.entries()) {
      // 8-bit kernels round differently.
      expect(Math.abs(probability - (native.entities[index]?.probability ?? Number.NaN))).toBeLessThan(0.05);
    }
  });
});
