/** Reads and writes the few fields of a model folder that the editor needs. The loader checks all fields. */
import { readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { headOf } from '../../core/checkpointHead';
import { BioBertError, errorCodes } from '../../core/errors';
import { isRecord, isString } from '../../protocol/guards';
import { isModelTask, type ModelTask, taskOfHead } from '../../protocol/tasks';

/** The properties of a model folder. */
export interface FolderFacts {
  readonly name: string;
  /** Undefined for a task that BioBERT does not have. */
  readonly task: ModelTask | undefined;
  /** Labels in the order of the logits. */
  readonly labels: readonly string[];
  /** The content of `biobert.json`. Empty if there is no such file. */
  readonly manifest: Readonly<Record<string, unknown>>;
}

/** @returns `undefined` for a folder without a model that the engine can load without conversion. */
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

/** Paths at which exporters store the graph, in the order in which the loader tries them. */
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
    // The architecture is not supported.
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
 * Writes the user's answers about the training of a model into its `biobert.json`, from which the loader reads them.
 * @throws {BioBertError} OUTPUT_UNWRITABLE
 */
export async function saveTraining(
  folder: string,
  task: ModelTask,
  training: Readonly<Record<string, unknown>>,
): Promise<void> {
  const path = join(folder, 'biobert.json');
  const defaults = { formatVersion: 1, name: basename(folder), version: '', task, files: {} };
  const manifest = { ...defaults, ...(await readJson(path)), ...training };
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
