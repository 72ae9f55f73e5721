/** Other libraries for comparison, each through its public API. */
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as os from 'node:os';
import * as path from 'node:path';
import type * as transformers from '@huggingface/transformers';
import type * as ort from 'onnxruntime-common';
import type { Batch } from '../../src/core/types';
import { writeOnnx } from '../support/onnxWriter';

const load = createRequire(__filename);

type Runtime = Pick<typeof ort, 'InferenceSession' | 'Tensor' | 'env'>;

function nativeRuntime(): Runtime {
  process.env['ORT_DISABLE_TELEMETRY'] = '1';
  const runtime = load('onnxruntime-node') as Runtime;
  runtime.env.logLevel = 'fatal';
  return runtime;
}

/** `session.run` and nothing around it. @returns an action that runs all batches once. */
export async function bareRuns(
  onnxPath: string,
  threads: number,
  batches: readonly Batch[],
): Promise<() => Promise<void>> {
  const { InferenceSession, Tensor } = nativeRuntime();
  const session = await InferenceSession.create(onnxPath, {
    intraOpNumThreads: threads,
    logSeverityLevel: 4,
  });
  const feeds = batches.map(({ size, length, inputIds, attentionMask, tokenTypeIds }) => {
    const tensors: Record<string, ort.Tensor> = {
      input_ids: new Tensor('int64', inputIds, [size, length]),
      attention_mask: new Tensor('int64', attentionMask, [size, length]),
      token_type_ids: new Tensor('int64', tokenTypeIds, [size, length]),
    };
    return Object.fromEntries(session.inputNames.map((name) => [name, tensors[name] as ort.Tensor]));
  });
  return async () => {
    for (const feed of feeds) await session.run(feed);
  };
}

export const matrixSide = 2048;

/** One product of two square matrices of {@link matrixSide}, on the same runtime and cores. */
export async function matrixProduct(threads: number): Promise<() => Promise<void>> {
  const { InferenceSession, Tensor } = nativeRuntime();
  const dims = [matrixSide, matrixSide];
  const values = () =>
    Float32Array.from({ length: matrixSide * matrixSide }, (_, i) => ((i * 7919) % 1000) / 1000 - 0.5);
  const model = writeOnnx({
    nodes: [{ type: 'MatMul', inputs: ['a', 'b'], outputs: ['c'] }],
    initializers: [{ name: 'b', dims, data: values() }],
    inputs: [{ name: 'a', type: 'float', dims }],
    outputs: [{ name: 'c', type: 'float', dims }],
  });
  const session = await InferenceSession.create(model, { intraOpNumThreads: threads, logSeverityLevel: 4 });
  const a = new Tensor('float32', values(), dims);
  return async () => {
    await session.run({ a });
  };
}

/** The `token-classification` pipeline of `@huggingface/transformers` on our ONNX file. */
export class TransformersTagger {
  private constructor(
    private readonly run: (texts: string | string[]) => Promise<unknown>,
    private readonly folder: string,
  ) {}

  /** @param onnxPath Put beside the tokenizer and configuration of `modelPath`, as the library wants its folders. */
  static async open(modelPath: string, onnxPath: string, threads: number): Promise<TransformersTagger> {
    const { env, pipeline } = load('@huggingface/transformers') as typeof transformers;
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-bench-'));
    fs.mkdirSync(path.join(folder, 'tagger/onnx'), { recursive: true });
    for (const name of [
      'config.json',
      'tokenizer.json',
      'tokenizer_config.json',
      'special_tokens_map.json',
    ]) {
      const source = path.join(modelPath, name);
      if (fs.existsSync(source)) fs.copyFileSync(source, path.join(folder, 'tagger', name));
    }
    fs.copyFileSync(onnxPath, path.join(folder, 'tagger/onnx/model.onnx'));
    env.localModelPath = folder;
    env.allowRemoteModels = false;
    const tagger = await pipeline('token-classification', 'tagger', {
      dtype: 'fp32', // Which file it opens: `model.onnx`, whatever is in it.
      device: 'cpu',
      session_options: { intraOpNumThreads: threads, logSeverityLevel: 4 },
    });
    return new TransformersTagger((texts) => tagger(texts), folder);
  }

  tag(texts: string | string[]): Promise<unknown> {
    return this.run(texts);
  }

  close(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}
