import { createHash } from 'node:crypto';
import { type FileHandle, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GraphPlan } from '../../convert/bertGraph';
import { type WeightPlace, writeGraph } from '../../convert/onnxGraph';
import { BioBertError, errorCodes, throwIfCancelled } from '../../core/errors';
import { errorCode } from '../files/errorCode';
import type { Checkpoint } from './checkpoint';

export const graphFile = 'model.onnx';
export const dataFile = 'model.onnx.data';

/** At such offsets, onnxruntime can map a weight into memory instead of copying it: the largest page size of any system. */
const alignment = 65_536;

/** onnxruntime copies smaller weights in any case. */
const alignedFrom = 1 << 20;

export interface WriteOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((share: number) => void) | undefined;
}

/**
 * Writes the weights one at a time, as they are read, and then the graph.
 * @returns the names of the files.
 * @throws {BioBertError} CHECKPOINT_DAMAGED, OUTPUT_UNWRITABLE.
 */
export async function writeModel(
  checkpoint: Checkpoint,
  plan: GraphPlan,
  folder: string,
  options: WriteOptions,
): Promise<readonly string[]> {
  const path = join(folder, dataFile);
  const data = await open(path, 'wx');
  try {
    const { places, sha256 } = await writeWeights(checkpoint, plan, data, options);
    const graph = writeGraph({
      ...plan,
      weights: places,
      dataFile,
      // With this entry, the hash of model.onnx identifies the weights too.
      metadata: { 'weights.sha256': sha256 },
    });
    await writeFile(join(folder, graphFile), graph);
  } catch (error) {
    throw isDiskError(error) ? unwritable(path, error) : error;
  } finally {
    await data.close();
  }
  return [graphFile, dataFile];
}

async function writeWeights(
  checkpoint: Checkpoint,
  { recipes }: GraphPlan,
  data: FileHandle,
  { signal, onProgress }: WriteOptions,
): Promise<{ places: WeightPlace[]; sha256: string }> {
  const places: WeightPlace[] = [];
  const hash = createHash('sha256');
  let offset = 0;
  const write = async (bytes: Uint8Array) => {
    hash.update(bytes);
    for (let at = 0; at < bytes.length;) {
      at += (await data.write(bytes, at, bytes.length - at, offset + at)).bytesWritten;
    }
    offset += bytes.length;
  };
  for (const [done, recipe] of recipes.entries()) {
    throwIfCancelled(signal);
    onProgress?.(done / recipes.length);
    const floats: Float32Array[] = [];
    for (const { tensor } of recipe.sources) floats.push(await checkpoint.read(tensor));
    for (const [place, bytes] of recipe.build(floats).entries()) {
      const weight = recipe.weights[place];
      if (!weight) continue;
      if (bytes.length >= alignedFrom) await write(new Uint8Array(paddingTo(offset)));
      places.push({ ...weight, offset, bytes: bytes.length });
      await write(bytes);
    }
  }
  onProgress?.(1);
  return { places, sha256: hash.digest('hex') };
}

function paddingTo(offset: number): number {
  return (alignment - (offset % alignment)) % alignment;
}

function isDiskError(error: unknown): boolean {
  return !(error instanceof BioBertError) && /^E[A-Z]+$/u.test(errorCode(error) ?? '');
}

function unwritable(path: string, cause: unknown): BioBertError {
  return new BioBertError(
    errorCodes.OUTPUT_UNWRITABLE,
    `The model cannot be written to ${path}.`,
    'Check the space on the disk and the rights of the folder, or name another one.',
    { cause },
  );
}
