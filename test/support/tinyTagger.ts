/**
 * A model folder of a few kilobytes whose tagger looks each word piece up in a table: what it finds is known
 * beforehand, it loads in milliseconds, and it can be made slow or wrong in any way a test needs.
 */
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { OnnxGraph, OnnxNode } from './onnxWriter';
import { bertInputs, tokens, writeTinyFolder } from './tinyFolder';

const labels = ['O', 'B-Gene', 'I-Gene', 'B-Disease', 'I-Disease', 'B-Chemical', 'I-Chemical'] as const;
const speciesLabels = ['B-Species', 'I-Species'] as const;

type Label = (typeof labels)[number] | (typeof speciesLabels)[number];
type Scores = Partial<Record<Label, number>>;

const outside: Scores = { O: 8 };

/** The scores of each token. Every other word is `[UNK]` and outside. */
const pieces: Readonly<Record<string, Scores>> = {
  '[PAD]': outside,
  '[UNK]': outside,
  '[CLS]': outside,
  '[SEP]': outside,
  '[MASK]': outside,
  '.': outside,
  ',': outside,
  '(': outside,
  ')': outside,
  carriers: outside,
  of: outside,
  took: outside,
  and: outside,
  brca1: { 'B-Gene': 8 },
  tp53: { 'B-Gene': 8 },
  /** Some three in four sure. */
  cd4: { 'B-Gene': 1.1 },
  breast: { 'B-Disease': 8 },
  cancer: { 'I-Disease': 8, 'B-Disease': 4 },
  asthma: { 'B-Disease': 8 },
  tamoxifen: { 'B-Chemical': 8 },
  aspirin: { 'B-Chemical': 8 },
  mice: { 'B-Species': 8 },
  '##s': outside,
};

export interface TinyTaggerOptions {
  /** Side of a matrix product added to each batch, to make it take time: 1,000 takes some 50 ms. */
  readonly slowness?: number;
  /** Rows of the embedding; absent: one for each word piece. */
  readonly embeddingRows?: number;
  /** Logits of each token; absent: one for each label. */
  readonly logitsPerToken?: number;
  /** Score of TP53 as a gene, which makes a model broken if it is not finite. Default 8. */
  readonly tp53?: number;
  /** A fourth type, which knows `mice`. */
  readonly species?: boolean;
  /** False makes a folder without `biobert.json`, like a published checkpoint. */
  readonly manifest?: boolean;
}

/** Writes the folder. @returns its path. */
export function writeTinyTagger(folder: string, options: TinyTaggerOptions = {}): string {
  const vocabulary = Object.keys(pieces);
  const config = {
    architectures: ['BertForTokenClassification'],
    model_type: 'bert',
    id2label: Object.fromEntries(labelsOf(options).map((label, index) => [index, label])),
    vocab_size: vocabulary.length,
    max_position_embeddings: 64,
    type_vocab_size: 4,
  };
  writeTinyFolder(folder, { config, vocabulary, graph: taggerGraph(options) });
  if (options.manifest !== false) writeManifest(folder);
  return folder;
}

/** Writes `biobert.json` for the files as they are now. */
export function writeManifest(folder: string, changes: Readonly<Record<string, unknown>> = {}): void {
  const files = Object.fromEntries(
    ['config.json', 'model.onnx', 'tokenizer_config.json', 'vocab.txt'].map((name) => {
      const content = fs.readFileSync(path.join(folder, name));
      const sha256 = createHash('sha256').update(content).digest('hex');
      return [name, { bytes: content.length, sha256 }];
    }),
  );
  const manifest = {
    formatVersion: 1,
    name: 'Tiny tagger',
    version: '1.0.0',
    task: 'token-classification',
    license: 'MIT',
    tokenTypes: 'shape',
    packing: 'sentence',
    maxTokens: 64,
    decoding: 'per-type',
    calibration: {},
    files,
    measured: [{ type: 'Gene', set: 'none', precision: 50, recall: 50, f1: 50 }],
    ...changes,
  };
  fs.writeFileSync(path.join(folder, 'biobert.json'), JSON.stringify(manifest));
}

/** logits = (table[input_ids] + shapes[token_type_ids] + 0 · noise) · attention_mask */
function taggerGraph(options: TinyTaggerOptions): OnnxGraph {
  const { slowness = 0, embeddingRows, logitsPerToken = labelsOf(options).length } = options;
  const names = labelsOf(options);
  const known = { ...pieces, ...(options.tp53 !== undefined && { tp53: { 'B-Gene': options.tp53 } }) };
  const rows = Object.values<Scores>(known).slice(0, embeddingRows);
  const table = rows.flatMap((scores) =>
    Array.from({ length: logitsPerToken }, (_, i) => scoreOf(scores, names[i])),
  );
  const noise = slowness > 0 ? noiseNodes(slowness) : [];
  return {
    nodes: [
      { type: 'Gather', inputs: ['table', 'input_ids'], outputs: ['byPiece'] },
      { type: 'Gather', inputs: ['shapes', 'token_type_ids'], outputs: ['byShape'] },
      { type: 'Add', inputs: ['byPiece', 'byShape'], outputs: [noise.length > 0 ? 'quick' : 'sum'] },
      ...noise,
      { type: 'Cast', inputs: ['attention_mask'], outputs: ['mask'], attributes: { to: 1 } },
      { type: 'Unsqueeze', inputs: ['mask', 'lastAxis'], outputs: ['column'] },
      { type: 'Mul', inputs: ['sum', 'column'], outputs: ['logits'] },
    ],
    initializers: [
      { name: 'table', dims: [rows.length, logitsPerToken], data: Float32Array.from(table) },
      { name: 'shapes', dims: [4, logitsPerToken], data: new Float32Array(4 * logitsPerToken) },
      { name: 'lastAxis', dims: [1], data: BigInt64Array.of(2n) },
      { name: 'zero', dims: [1], data: Float32Array.of(0) },
    ],
    inputs: bertInputs,
    outputs: [{ name: 'logits', type: 'float', dims: [...tokens, logitsPerToken] }],
  };
}

/** Random numbers are not folded into a constant, so that the product is computed at each run. */
export function noiseNodes(side: number): OnnxNode[] {
  return [
    { type: 'RandomUniform', inputs: [], outputs: ['random'], attributes: { shape: [side, side] } },
    { type: 'MatMul', inputs: ['random', 'random'], outputs: ['product'] },
    { type: 'ReduceMean', inputs: ['product'], outputs: ['mean'], attributes: { keepdims: 0 } },
    { type: 'Mul', inputs: ['mean', 'zero'], outputs: ['nothing'] },
    { type: 'Add', inputs: ['quick', 'nothing'], outputs: ['sum'] },
  ];
}

function labelsOf({ species = false }: TinyTaggerOptions): readonly Label[] {
  return species ? [...labels, ...speciesLabels] : labels;
}

function scoreOf(scores: Scores, label: Label | undefined): number {
  return label === undefined ? 0 : (scores[label] ?? 0);
}
