/**
 * A sequence classifier of a few kilobytes, as others fine-tune a BERT on masked or marked sentences: it relates a pair
 * where the row holds the pieces of its marks and `inhibits` or `causes`, and nothing else.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { OnnxGraph } from './onnxWriter';
import { bertInputs, writeTinyFolder } from './tinyFolder';
import { noiseNodes } from './tinyTagger';

const vocabulary = [
  ...['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]', '[E1]', '[/E1]', '[E2]', '[/E2]'],
  ...['@', '$', 'gene', 'chemical', 'disease', '.', ',', 'and', 'not', 'carriers', 'of', 'took'],
  ...['inhibits', 'causes', 'aspirin', 'tamoxifen', 'brca1', 'tp53', 'asthma', 'breast', 'cancer'],
];

/** None, inhibits, causes: summed over the row. */
const scores: Readonly<Record<string, readonly number[]>> = {
  '[CLS]': [12, 0, 0],
  // Marks, of which a masked row has four and a marked one two: without any, the verbs do not reach the 12 of none.
  $: [0, 3, 3],
  '[E1]': [0, 3, 0],
  '[E2]': [0, 3, 0],
  inhibits: [0, 12, 0],
  causes: [0, 0, 12],
  // A pair that is not masked away is not the pair that is asked about.
  brca1: [6, 0, 0],
  asthma: [6, 0, 0],
};

export interface TinyClassifierOptions {
  readonly slowness?: number;
  /** Columns of the logits; absent: one for each label. */
  readonly width?: number;
  readonly labels?: readonly string[];
  /** Added to `biobert.json`; `false`: there is none. */
  readonly manifest?: Readonly<Record<string, unknown>> | false;
}

/** Writes the folder. @returns its path. */
export function writeTinyClassifier(folder: string, options: TinyClassifierOptions = {}): string {
  const { labels = ['LABEL_0', 'LABEL_1', 'LABEL_2'], manifest = {} } = options;
  const config = {
    architectures: ['BertForSequenceClassification'],
    model_type: 'bert',
    vocab_size: vocabulary.length,
    max_position_embeddings: 64,
    type_vocab_size: 2,
    id2label: Object.fromEntries(labels.map((label, index) => [index, label])),
  };
  const files = writeTinyFolder(folder, { config, vocabulary, graph: classifierGraph(options) });
  if (manifest === false) return folder;
  const written = {
    formatVersion: 1,
    name: 'Tiny classifier',
    version: '1',
    task: 'relation-extraction',
    mentions: { Chemical: '@CHEMICAL$', Gene: '@GENE$' },
    labels: { LABEL_0: 'none', LABEL_1: 'inhibitor', LABEL_2: 'cause' },
    files,
    ...manifest,
  };
  fs.writeFileSync(path.join(folder, 'biobert.json'), JSON.stringify(written));
  return folder;
}

function classifierGraph({ slowness = 0, width = 3 }: TinyClassifierOptions): OnnxGraph {
  const noise = slowness > 0 ? noiseNodes(slowness) : [];
  const table = vocabulary.flatMap((piece) =>
    Array.from({ length: width }, (_, label) => scores[piece]?.[label] ?? 0),
  );
  return {
    nodes: [
      { type: 'Gather', inputs: ['scores', 'input_ids'], outputs: ['byPiece'] },
      { type: 'Cast', inputs: ['attention_mask'], outputs: ['mask'], attributes: { to: 1 } },
      { type: 'Unsqueeze', inputs: ['mask', 'lastAxis'], outputs: ['column'] },
      { type: 'Mul', inputs: ['byPiece', 'column'], outputs: ['masked'] },
      {
        type: 'ReduceSum',
        inputs: ['masked', 'rowAxis'],
        outputs: [noise.length > 0 ? 'quick' : 'logits'],
        attributes: { keepdims: 0 },
      },
      ...noise.map((node) => ({
        ...node,
        outputs: node.outputs.map((name) => (name === 'sum' ? 'logits' : name)),
      })),
    ],
    initializers: [
      { name: 'scores', dims: [vocabulary.length, width], data: Float32Array.from(table) },
      { name: 'lastAxis', dims: [1], data: BigInt64Array.of(2n) },
      { name: 'rowAxis', dims: [1], data: BigInt64Array.of(1n) },
      { name: 'zero', dims: [1], data: Float32Array.of(0) },
    ],
    inputs: bertInputs,
    outputs: [{ name: 'logits', type: 'float', dims: ['batch', width] }],
  };
}
