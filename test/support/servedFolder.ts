/** The model of a folder as an inference server would give it: only numbers come and go. */
import * as path from 'node:path';
import { nullLogger } from '../../src/runtime/log';
import { openSession } from '../../src/runtime/onnx/session';
import type { Served } from './fakeInferenceServer';

/** @param names Inputs and outputs of its graph. */
export async function servedFolder(
  folder: string,
  names: { readonly inputs: readonly string[]; readonly outputs: readonly string[] },
): Promise<Served> {
  const shape = {
    inputs: names.inputs,
    requiredInputs: [],
    requiredOutputs: names.outputs,
    nextStep: '',
    numbersOf: () => 0,
  };
  const session = await openSession(path.join(folder, 'model.onnx'), shape, {
    threads: 1,
    log: nullLogger,
  });
  return {
    inputs: session.inputNames.map((name) => ({ name, datatype: 'INT64' })),
    outputs: session.outputNames.map((name) => ({ name, datatype: 'FP32' })),
    infer: async (sent, outputs) => {
      const feeds = Object.fromEntries(
        sent.map(({ name, data, shape: dims }) => [name, { data: BigInt64Array.from(data, BigInt), dims }]),
      );
      const found = await session.run(feeds, outputs);
      return outputs.map((name) => ({
        name,
        datatype: 'FP32',
        shape: found[name]?.dims,
        data: [...(found[name]?.data ?? [])],
      }));
    },
  };
}
