import { afterEach, describe, expect, it } from 'vitest';
import { createEngine } from '../../src/runtime/engine';
import { nullLogger } from '../../src/runtime/log';
import { openSession } from '../../src/runtime/session';
import { type FakeServer, startFakeServer } from '../tools/fakeInferenceServer';
import { writeTinyTagger } from '../tools/tinyTagger';
import { disposables, plain } from './engines';
import * as path from 'node:path';

const { own, folder } = disposables();
const inputs = ['input_ids', 'attention_mask', 'token_type_ids'];

let server: FakeServer | undefined;
afterEach(() => server?.close());

/** Serves the model of a folder as others would: only numbers come and go. */
async function serveFolder(model: string): Promise<FakeServer> {
  const shape = { inputs, requiredInputs: [], requiredOutputs: ['logits'], nextStep: '' };
  const options = { threads: 1, log: nullLogger };
  const session = await openSession(path.join(model, 'model.onnx'), shape, options);
  return startFakeServer(path.basename(model), {
    inputs: session.inputNames.map((name) => ({ name, datatype: 'INT64' })),
    outputs: [{ name: 'logits', datatype: 'FP32' }],
    infer: async (sent) => {
      const feeds = Object.fromEntries(
        sent.map(({ name, data, shape: dims }) => [name, { data: BigInt64Array.from(data, BigInt), dims }]),
      );
      const { logits } = await session.run(feeds, ['logits']);
      return [{ name: 'logits', datatype: 'FP32', shape: logits.dims, data: [...logits.data] }];
    },
  });
}

describe('an engine whose model runs at a server', () => {
  it('finds what the one in this process finds', async () => {
    const modelPath = writeTinyTagger(path.join(folder(), 'tagger'));
    server = await serveFolder(modelPath);
    const here = own(createEngine({ modelPath }));
    const there = own(createEngine({ modelPath, server: { url: server.url } }));
    const request = plain('BRCA1 carriers of breast cancer took tamoxifen. Asthma and CD4.');
    const [near, far] = [await here.tag(request), await there.tag(request)];
    expect(near.entities.length).toBeGreaterThan(3);
    expect(far.entities).toEqual(near.entities);
    expect(far.model).toEqual({ ...near.model, runtime: 'open-inference' });
  });
});
