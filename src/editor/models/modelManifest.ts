/** The few fields of a model folder that the editor reads and writes; the loader checks them all. */
import { readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { headOf } from '../../core/checkpointHead';
import { BioBertError, errorCodes } from '../../core/errors';
import { isRecord, isString } from '../../protocol/guards';
import { isModelTask, type ModelTask, taskOfHead } from '../../protocol/tasks';

/** What a folder that can be loaded says of itself. */
export interface FolderFacts {
  readonly name: string;
  /** Absent: none of ours. */
  readonly task: ModelTask | undefined;
  /** In the order of the logits. */
  readonly labels: readonly string[];
  /** `biobert.json`; empty without one. */
  readonly manifest: Readonly<Record<string, unknown>>;
}

/** @returns `undefined` for a folder that holds no model that the engine loads as it is. */
export async function factsOf(folder: string): Promise<FolderFacts | undefined> {
  if (!(await hasGraph(folder))) return undefined;
  const manifest = await readJson(join(folder, 'biobert.json'));
  const config = await readJson(join(folder, 'config.json'));
  const names = isRecord(config['id2label']) ? config['id2label'] : {};
  return {
    name: isString(manifest['name']) ? manifest['name'] : basename(folder),
    task: isModelTask(manifest['task']) ? manifest['task'] : taskOf(config),
    labels: Object.keys(names).map((_, index) => {
      const label = names[String(index)];
      return isString(label) ? label : `LABEL_${index}`;
    }),
    manifest,
  };
}

/** What exporters call the graph, as the loader looks for it. */
const graphs = ['model.onnx', 'onnx/model.onnx', 'model_quantized.onnx', 'onnx/model_quantized.onnx'];

async function hasGraph(folder: string): Promise<boolean> {
  for (const name of graphs) if (await stat(join(folder, name)).catch(() => undefined)) return true;
  return false;
}

function taskOf(config: Readonly<Record<string, unknown>>): ModelTask | undefined {
  try {
    const head = headOf(config);
    return head && taskOfHead(head);
  } catch {
    // Of an architecture that has no name here.
    return undefined;
  }
}

async function readJson(path: string): Promise<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(await readFile(path, 'utf8'));
    return isRecord(json) ? json : {};
  } catch {
    return {};
  }
}

/**
 * Writes what the reader has said of a model into its `biobert.json`, where the loader looks for it.
 * @throws {BioBertError} OUTPUT_UNWRITABLE
 */
export async function saveTraining(
  folder: string,
  task: ModelTask,
  training: Readonly<Record<string, unknown>>,
): Promise<void> {
  const path = join(folder, 'biobert.json');
  const own = { formatVersion: 1, name: basename(folder), version: '', task, files: {} };
  const manifest = { ...own, ...(await readJson(path)), ...training };
  try {
    await writeFile(path, `${JSON.stringify(manifest, null, 2)}\n`);
  } catch (error) {
    throw new BioBertError(
      errorCodes.OUTPUT_UNWRITABLE,
      `What the model was trained on cannot be written to ${path}.`,
      'Give yourself the right to write there, or choose a copy of the folder.',
      { cause: error },
    );
  }
}
