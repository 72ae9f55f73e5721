/** Parts that the tiny models of all tasks share: the files of a Hugging Face folder, and the inputs of a BERT. */
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { type OnnxGraph, type OnnxValue, writeOnnx } from './onnxWriter';

/** `[batch, sequence]` */
export const tokens = ['batch', 'sequence'];

/** Int64, `[batch, sequence]` each. */
export const bertInputs: readonly OnnxValue[] = ['input_ids', 'attention_mask', 'token_type_ids'].map(
  (name) => ({ name, type: 'int64', dims: tokens }),
);

export interface TinyFolder {
  readonly config: Readonly<Record<string, unknown>>;
  readonly vocabulary: readonly string[];
  readonly graph: OnnxGraph;
  /** Further graphs by their paths. */
  readonly moreGraphs?: Readonly<Record<string, OnnxGraph>>;
}

/** Size and hash of each file, as `biobert.json` lists them. */
export type FileRecords = Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>;

/** Writes the folder without `biobert.json`. @returns what that is to say of the files. */
export function writeTinyFolder(
  folder: string,
  { config, vocabulary, graph, moreGraphs = {} }: TinyFolder,
): FileRecords {
  fs.mkdirSync(folder, { recursive: true });
  const contents: Readonly<Record<string, string | Buffer>> = {
    'config.json': JSON.stringify(config),
    'tokenizer_config.json': JSON.stringify({ do_lower_case: true }),
    'vocab.txt': `${vocabulary.join('\n')}\n`,
    'model.onnx': writeOnnx(graph),
    ...Object.fromEntries(Object.entries(moreGraphs).map(([name, each]) => [name, writeOnnx(each)])),
  };
  for (const [name, content] of Object.entries(contents)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), content);
  }
  return Object.fromEntries(
    Object.entries(contents).map(([name, content]) => [
      name,
      { bytes: Buffer.byteLength(content), sha256: createHash('sha256').update(content).digest('hex') },
    ]),
  );
}
