import type { Batch, Model } from '../../src/core/types';
import { parseDocument } from '../../src/core/documents/parse';
import { createTagger, type TaggerResult } from '../../src/core/entities/pipeline';
import { loadTagger } from '../../src/runtime/engine/entities';
import type { LoadedTagger } from '../../src/runtime/engine/requestContext';
import type { ModelTask } from '../../src/protocol/tasks';
import { nullLogger } from '../../src/runtime/log';
import { threadCount } from '../../src/runtime/onnx/platform';

export interface BenchContext {
  /** The folder of each task's model. */
  readonly modelPaths: Readonly<Record<ModelTask, string>>;
  readonly onnxPath: string;
  readonly childPath: string;
  readonly root: string;
  readonly model: LoadedTagger;
  readonly threads: number;
  /** Odd, at least 5. */
  readonly rounds: number;
  readonly isQuick: boolean;
  /** 10,000 abstracts instead of 1,000, and the parts that take minutes each. */
  readonly isLong: boolean;
  /** Number of abstracts in the folder that is indexed. */
  readonly abstracts: number;
  /** Number of records in the large file of records. */
  readonly records: number;
  /** Size of the large article, in millions of bytes. */
  readonly jatsMB: number;
  /** Plain fp32 export of the same model. */
  readonly fp32Path: string | undefined;
}

export async function openModel(modelPath: string, threads: number): Promise<LoadedTagger> {
  return loadTagger(modelPath, { threads: threadCount(threads), runtime: 'node', log: nullLogger });
}

/** Text → spans with nothing remembered. */
export async function tagUncached(
  model: LoadedTagger,
  text: string,
  run: Model['run'] = (batch) => model.run(batch),
): Promise<TaggerResult> {
  const { segments } = parseDocument(text, 'plain');
  return createTagger({ ...model, model: { run } }).tag(text, segments);
}

/** The batches that a text becomes. */
export async function batchesOf(model: LoadedTagger, text: string): Promise<Batch[]> {
  const batches: Batch[] = [];
  await tagUncached(model, text, (batch) => {
    batches.push(batch);
    return model.run(batch);
  });
  return batches;
}
