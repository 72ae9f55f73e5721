import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Precision } from '../../src/convert/linearLayers';
import { convertCheckpoint } from '../../src/runtime/checkpoints/convert';
import { nullLogger } from '../../src/runtime/log';
import { openSession, type RuntimeName } from '../../src/runtime/onnx/session';
import { disposables, engines, plain, root } from './engines';

const { own, folder } = disposables();

/**
 * A checkpoint that PyTorch, safetensors and TensorFlow saved, with the logits of PyTorch for two rows. Written by
 * models/training/checks/conversion.py.
 */
const fixture = path.join(root, 'test/fixtures/checkpoints/tagger');
const expected = JSON.parse(fs.readFileSync(path.join(fixture, 'expected.json'), 'utf8')) as {
  readonly ids: readonly (readonly number[])[];
  readonly mask: readonly (readonly number[])[];
  readonly logits: readonly (readonly (readonly number[])[])[];
};
const labels = ['O', 'B-Gene', 'I-Gene', 'B-Disease', 'I-Disease'];
const sources = ['model.safetensors', 'pytorch_model.bin', 'legacy.bin', 'transposed.bin', 'original.tar.gz'];

async function converted(source: string, precision: Precision = 'fp32'): Promise<string> {
  const output = path.join(folder(), 'model');
  await convertCheckpoint({
    source: path.join(fixture, source),
    output,
    precision,
    labels,
    head: 'token-classification',
  });
  return output;
}

/** Returns the largest difference from the logits of PyTorch, padding left out, and their largest value. */
async function compare(model: string, runtime: RuntimeName) {
  const shape = { inputs: ['input_ids', 'attention_mask', 'token_type_ids'], requiredInputs: [] };
  const session = await openSession(
    path.join(model, 'model.onnx'),
    { ...shape, requiredOutputs: ['logits'], nextStep: '', numbersOf: () => 0 },
    { threads: 1, runtime, log: nullLogger },
  );
  const [size, length] = [expected.ids.length, expected.ids[0]?.length ?? 0];
  const tensor = (rows: readonly (readonly number[])[]) => ({
    data: BigInt64Array.from(rows.flat(), BigInt),
    dims: [size, length],
  });
  const { logits } = await session.run(
    {
      input_ids: tensor(expected.ids),
      attention_mask: tensor(expected.mask),
      token_type_ids: tensor(expected.ids.map((row) => row.map(() => 0))),
    },
    ['logits'],
  );
  await session.release();
  expect(logits.dims).toEqual([size, length, labels.length]);
  const mask = expected.mask.flat();
  let [difference, largest] = [0, 0];
  expected.logits.flat(2).forEach((value, place) => {
    if (mask[Math.floor(place / labels.length)] === 0) return;
    difference = Math.max(difference, Math.abs((logits.data[place] ?? NaN) - value));
    largest = Math.max(largest, Math.abs(value));
  });
  return { difference, largest };
}

describe('a converted checkpoint', () => {
  it.each(sources)('gives the same logits as PyTorch: %s', async (source) => {
    const { difference, largest } = await compare(await converted(source), 'node');
    expect(largest).toBeGreaterThan(0.5);
    expect(difference).toBeLessThan(1e-4);
  });

  it('gives the same logits on WebAssembly', async () => {
    expect((await compare(await converted('model.safetensors'), 'web')).difference).toBeLessThan(1e-4);
  });

  it.each(['node', 'web'] as const)(
    'gives similar logits in 8 bits, with the runtime %s',
    async (runtime) => {
      const { difference, largest } = await compare(await converted('model.safetensors', 'int8'), runtime);
      expect(difference).toBeGreaterThan(0);
      expect(difference).toBeLessThan(0.1 * largest);
    },
  );
});

describe.each(engines)('$name', ({ create }) => {
  it('tags with a checkpoint of the original release', async () => {
    const engine = own(
      create({ modelPaths: { 'token-classification': await converted('original.tar.gz') } }),
    );
    const { model } = await engine.tag({ ...plain('BRCA1 carriers with breast cancer.'), minProbability: 0 });
    expect(model.types).toEqual(['Gene', 'Disease']);
  });
});
