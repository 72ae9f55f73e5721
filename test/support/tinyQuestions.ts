/**
 * A model folder of a few kilobytes that answers by single word pieces: BRCA1 answers every question, TP53 less surely;
 * `treats` supports a claim and `not` contradicts it. What it answers is known beforehand, and it loads in milliseconds.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { OnnxGraph, OnnxNode } from './onnxWriter';
import { bertInputs, tokens, writeTinyFolder } from './tinyFolder';
import { noiseNodes } from './tinyTagger';

/** Start and end alike; nothing else reaches the 0 of [CLS]. */
const answers: Readonly<Record<string, number>> = { '[CLS]': 0, brca1: 3, tp53: 1 };
const elsewhere = -4;

/** Supports, contradicts, silent, summed over the row. */
const stances: Readonly<Record<string, readonly number[]>> = {
  '[CLS]': [0, 0, 2],
  treats: [6, 0, 0],
  not: [0, 12, 0],
};

/** Summed over the row, then made a unit vector. */
const meanings: Readonly<Record<string, readonly number[]>> = {
  '[CLS]': [0, 0, 0.01],
  brca1: [1, 0, 0],
  tp53: [0.8, 0.2, 0],
  asthma: [0, 1, 0],
};

const vocabulary = [
  ...['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]', '.', ',', '?'],
  ...['which', 'gene', 'does', 'aspirin', 'treats', 'not', 'asthma', 'carriers', 'of', 'tp53', 'brca1'],
];

export interface TinyQuestionsOptions {
  /** As in tinyTagger. */
  readonly slowness?: number;
  /** Score of TP53 as an answer, and in embeddings. Default: as above. */
  readonly tp53?: number;
  /** Number of span logits of each token. Default: 2. */
  readonly spans?: number;
  /** Number of stance logits of each row. Default: 3. */
  readonly stances?: number;
  /**
   * Whether `model.onnx` gives the stances too and embeddings have a graph of their own, without token types. Default:
   * `model.onnx` gives the embeddings, and stances have a graph of their own.
   */
  readonly isJoint?: boolean;
  /** Changes to `biobert.json`. */
  readonly manifest?: Readonly<Record<string, unknown>>;
  /**
   * As others fine-tune a BERT on SQuAD: starts and ends alone, segments as token types. `exported`: without
   * `biobert.json`; `converted`: with the one that converting writes.
   */
  readonly foreign?: 'exported' | 'converted';
}

/** Writes the folder. @returns its path. */
export function writeTinyQuestions(folder: string, options: TinyQuestionsOptions = {}): string {
  const config = {
    model_type: 'bert',
    vocab_size: vocabulary.length,
    max_position_embeddings: 64,
    ...(options.foreign && { architectures: ['BertForQuestionAnswering'], type_vocab_size: 2 }),
  };
  const files = writeTinyFolder(folder, {
    config,
    vocabulary,
    graph: options.foreign ? squadGraph() : questionGraph(options),
    ...(!options.foreign && { moreGraphs: graphsBeside(options) }),
  });
  if (options.foreign === 'exported') return folder;
  const convertedFrom = { format: 'safetensors', files: ['model.safetensors'], precision: 'fp32' };
  const converted = {
    formatVersion: 1,
    name: 'Tiny',
    version: '1',
    task: 'question-answering',
    convertedFrom,
  };
  const manifest = options.foreign
    ? { ...converted, files, ...options.manifest }
    : ownManifest(files, options);
  fs.writeFileSync(path.join(folder, 'biobert.json'), JSON.stringify(manifest));
  return folder;
}

function graphsBeside(options: TinyQuestionsOptions): Readonly<Record<string, OnnxGraph>> {
  return options.isJoint === true
    ? { 'embedding/model.onnx': embeddingGraph(options) }
    : { 'stance/model.onnx': stanceGraph(options) };
}

/** The field `stance` of the manifest. */
export const tinyStance = {
  maxTokens: 48,
  contextTokens: 8,
  calibration: { scale: 1, offset: 0 },
  verdict: { difference: 2, bias: 0, stronger: 3, weaker: -2, settled: -3, perLogSentence: 0, margin: 0.8 },
};

function ownManifest(files: Readonly<Record<string, unknown>>, options: TinyQuestionsOptions) {
  return {
    formatVersion: 1,
    name: 'Tiny questions',
    version: '1.0.0',
    task: 'question-answering',
    license: 'MIT',
    tokenTypes: 'shape',
    maxTokens: 64,
    overlap: 8,
    maxQuestionTokens: 16,
    maxAnswerTokens: 4,
    calibration: { answer: { scale: 1, offset: 0 } },
    listThreshold: 0.5,
    stance: tinyStance,
    ...(options.isJoint === true && { embedding: {} }),
    files,
    measured: [],
    ...options.manifest,
  };
}

/** Added to the scores of tokens of the first segment, so that a row without segments answers nothing. */
const firstSegment = -20;

/** Starts and ends of SQuAD: a piece scores what it does above, in the second segment. */
function squadGraph(): OnnxGraph {
  const scores = vocabulary.map((piece) =>
    piece === '[CLS]' ? -firstSegment : (answers[piece] ?? elsewhere),
  );
  return {
    nodes: [
      { type: 'Gather', inputs: ['scores', 'input_ids'], outputs: ['byPiece'] },
      { type: 'Gather', inputs: ['segments', 'token_type_ids'], outputs: ['bySegment'] },
      ...['start_logits', 'end_logits'].map((output) => ({
        type: 'Add',
        inputs: ['byPiece', 'bySegment'],
        outputs: [output],
      })),
    ],
    initializers: [
      { name: 'scores', dims: [vocabulary.length], data: Float32Array.from(scores) },
      { name: 'segments', dims: [2], data: Float32Array.of(firstSegment, 0) },
    ],
    inputs: bertInputs,
    outputs: ['start_logits', 'end_logits'].map((name) => ({ name, type: 'float' as const, dims: tokens })),
  };
}

function questionGraph(options: TinyQuestionsOptions): OnnxGraph {
  const { slowness = 0, spans: columns = 2, isJoint = false } = options;
  const scoreOf = (piece: string) => givenScore(piece, options) ?? answers[piece] ?? elsewhere;
  const noise = slowness > 0 ? noiseNodes(slowness) : [];
  const spans = table(columns, (piece) => Array.from({ length: columns }, () => scoreOf(piece)));
  const more = isJoint ? stancePart(options) : embeddingPart(options);
  return {
    nodes: [
      { type: 'Gather', inputs: ['spans', 'input_ids'], outputs: ['byPiece'] },
      { type: 'Gather', inputs: ['shapes', 'token_type_ids'], outputs: ['byShape'] },
      { type: 'Add', inputs: ['byPiece', 'byShape'], outputs: [noise.length > 0 ? 'quick' : 'span_logits'] },
      ...noise.map((node) => ({
        ...node,
        outputs: node.outputs.map((name) => (name === 'sum' ? 'span_logits' : name)),
      })),
      ...more.nodes,
    ],
    initializers: [
      { name: 'spans', dims: [vocabulary.length, columns], data: spans },
      { name: 'shapes', dims: [4, columns], data: new Float32Array(4 * columns) },
      { name: 'zero', dims: [1], data: Float32Array.of(0) },
      ...more.initializers,
    ],
    inputs: bertInputs,
    outputs: [{ name: 'span_logits', type: 'float', dims: [...tokens, columns] }, ...more.outputs],
  };
}

function embeddingGraph(options: TinyQuestionsOptions): OnnxGraph {
  return { ...embeddingPart(options), inputs: bertInputs.slice(0, 2) };
}

function stanceGraph(options: TinyQuestionsOptions): OnnxGraph {
  const part = stancePart(options);
  // The types are an input that every row has, so that none of the three inputs goes unused.
  const unused: OnnxNode = { type: 'Mul', inputs: ['attention_mask', 'token_type_ids'], outputs: ['none'] };
  return { ...part, nodes: [unused, ...part.nodes], inputs: bertInputs };
}

/** A part of a graph that needs ids and mask. */
type GraphPart = Omit<OnnxGraph, 'inputs'>;

function embeddingPart(options: TinyQuestionsOptions): GraphPart {
  const meaningOf = (piece: string) => {
    const score = givenScore(piece, options);
    return score === undefined ? (meanings[piece] ?? []) : [score, score, score];
  };
  return {
    nodes: [
      ...maskColumn,
      ...summed('meanings', 'meaning'),
      { type: 'Mul', inputs: ['meaning', 'meaning'], outputs: ['squares'] },
      { type: 'ReduceSum', inputs: ['squares', 'rowAxis'], outputs: ['square'], attributes: { keepdims: 1 } },
      { type: 'Sqrt', inputs: ['square'], outputs: ['length'] },
      { type: 'Div', inputs: ['meaning', 'length'], outputs: ['embedding'] },
    ],
    initializers: [{ name: 'meanings', dims: [vocabulary.length, 3], data: table(3, meaningOf) }, ...axes],
    outputs: [{ name: 'embedding', type: 'float', dims: ['batch', 3] }],
  };
}

function stancePart({ stances: columns = 3 }: TinyQuestionsOptions): GraphPart {
  const scores = table(columns, (piece) => stances[piece] ?? []);
  return {
    nodes: [...maskColumn, ...summed('stances', 'stance_logits')],
    initializers: [{ name: 'stances', dims: [vocabulary.length, columns], data: scores }, ...axes],
    outputs: [{ name: 'stance_logits', type: 'float', dims: ['batch', columns] }],
  };
}

/** The score of TP53 if the options give one. */
function givenScore(piece: string, { tp53 }: TinyQuestionsOptions): number | undefined {
  return piece === 'tp53' ? tp53 : undefined;
}

const axes: OnnxGraph['initializers'] = [
  { name: 'lastAxis', dims: [1], data: BigInt64Array.of(2n) },
  { name: 'rowAxis', dims: [1], data: BigInt64Array.of(1n) },
];

/** The attention mask as a column: `[batch, sequence, 1]`. */
const maskColumn: readonly OnnxNode[] = [
  { type: 'Cast', inputs: ['attention_mask'], outputs: ['mask'], attributes: { to: 1 } },
  { type: 'Unsqueeze', inputs: ['mask', 'lastAxis'], outputs: ['column'] },
];

/** Σ over the row of table[piece], padding left out. */
function summed(name: string, output: string): OnnxNode[] {
  return [
    { type: 'Gather', inputs: [name, 'input_ids'], outputs: [`${name}ByPiece`] },
    { type: 'Mul', inputs: [`${name}ByPiece`, 'column'], outputs: [`${name}Masked`] },
    {
      type: 'ReduceSum',
      inputs: [`${name}Masked`, 'rowAxis'],
      outputs: [output],
      attributes: { keepdims: 0 },
    },
  ];
}

function table(width: number, scores: (piece: string) => readonly number[]): Float32Array {
  return Float32Array.from(
    vocabulary.flatMap((piece) => Array.from({ length: width }, (_, i) => scores(piece)[i] ?? 0)),
  );
}
