import type { Batch, Model } from '../../src/core/types';
import { parseDocument } from '../../src/core/documents/parse';
import { createTagger, type TagResult } from '../../src/core/entities/pipeline';
import { type LoadedModel, loadModel } from '../../src/runtime/engine/loadTagger';
import { nullLogger } from '../../src/runtime/log';
import { threadCount } from '../../src/runtime/onnx/platform';

export interface BenchContext {
  readonly modelPath: string;
  readonly onnxPath: string;
  readonly childPath: string;
  readonly root: string;
  readonly model: LoadedModel;
  readonly threads: number;
  /** Odd, at least 5. */
  readonly rounds: number;
  readonly isQuick: boolean;
  /** 10,000 abstracts instead of 1,000. */
  readonly isLong: boolean;
  /** Number of abstracts in the folder that is indexed. */
  readonly abstracts: number;
  /** Plain fp32 export of the same model. */
  readonly fp32Path: string | undefined;
}

export async function openModel(modelPath: string, threads: number): Promise<LoadedModel> {
  return loadModel(modelPath, { threads: threadCount(threads), runtime: 'node', log: nullLogger });
}

/** Text → spans with nothing remembered. */
export async function tagUncached(
  model: LoadedModel,
  text: string,
  run: Model['run'] = (batch) => model.run(batch),
): Promise<TagResult> {
  const { segments } = parseDocument(text, 'plain');
  return createTagger({ ...model, model: { run } }).tag(text, segments);
}

/** The batches that a text becomes. */
export async function batchesOf(model: LoadedModel, text: string): Promise<Batch[]> {
  const batches: Batch[] = [];
  await tagUncached(model, text, (batch) => {
    batches.push(batch);
    return model.run(batch);
  });
  return batches;
}
