/**
 * A model folder of a few kilobytes that relates mentions by their first word pieces alone: aspirin and tamoxifen inhibit
 * BRCA1, every chemical treats asthma. What it finds is known beforehand, and it loads in milliseconds.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { OnnxGraph } from './onnxWriter';
import { bertInputs, writeTinyFolder } from './tinyFolder';
import { noiseNodes } from './tinyTagger';

const markers = ['Gene', 'Disease', 'Chemical'].flatMap((type) => [`[${type}]`, `[/${type}]`]);

/** Inhibitor, activator, treats. */
type Scores = readonly [number, number, number];

const asSubject: Readonly<Record<string, Scores>> = {
  aspirin: [6, 0, 6],
  tamoxifen: [6, 0, 6],
};
const asObject: Readonly<Record<string, Scores>> = { brca1: [6, 0, 0], tp53: [0, 2, 0], asthma: [0, 0, 6] };

const vocabulary = [
  ...['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'],
  ...markers,
  ...['.', ',', 'not', 'may', 'carriers', 'of', 'took', 'and', 'inhibits'],
  ...['brca1', 'tp53', 'breast', 'cancer', 'asthma', 'tamoxifen', 'aspirin'],
];

export interface TinyRelationsOptions {
  /** As in tinyTagger. */
  readonly slowness?: number;
  /** Logits of each pair; absent: one for each label. */
  readonly logitsPerPair?: number;
  /** Score of TP53 as the object of all relations. Default: as above. */
  readonly tp53?: number;
  /** Changes to `biobert.json`. */
  readonly manifest?: Readonly<Record<string, unknown>>;
}

/** Writes the folder. @returns its path. */
export function writeTinyRelations(folder: string, options: TinyRelationsOptions = {}): string {
  const config = { model_type: 'bert', vocab_size: vocabulary.length, max_position_embeddings: 64 };
  const files = writeTinyFolder(folder, { config, vocabulary, graph: relationGraph(options) });
  const manifest = { ...manifestOf(files), ...options.manifest };
  fs.writeFileSync(path.join(folder, 'biobert.json'), JSON.stringify(manifest));
  return folder;
}

function manifestOf(files: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const named = (subject: string, object: string, label: string) => ({ subject, object, label, type: label });
  return {
    formatVersion: 1,
    name: 'Tiny relations',
    version: '1.0.0',
    task: 'relation-extraction',
    license: 'MIT',
    tokenTypes: 'shape',
    maxTokens: 64,
    markers: Object.fromEntries(
      ['Gene', 'Disease', 'Chemical'].map((type) => [
        type,
        { open: vocabulary.indexOf(`[${type}]`), close: vocabulary.indexOf(`[/${type}]`) },
      ]),
    ),
    maskId: vocabulary.indexOf('[MASK]'),
    heads: [
      {
        name: 'chemical-gene',
        scope: 'sentence',
        labels: ['inhibitor', 'activator'],
        pairs: [['Chemical', 'Gene']],
        relations: [named('Chemical', 'Gene', 'inhibitor'), named('Chemical', 'Gene', 'activator')],
        threshold: 0.5,
      },
      {
        name: 'chemical-disease',
        scope: 'document',
        labels: ['treats'],
        pairs: [['Chemical', 'Disease']],
        relations: [named('Chemical', 'Disease', 'treats')],
        threshold: 0.5,
      },
    ],
    calibration: {},
    files,
    measured: [],
  };
}

/** pair_logits = subjects[piece after the subject's marker] + objects[piece after the object's] − 6. */
function relationGraph({ slowness = 0, logitsPerPair = 3, tp53 }: TinyRelationsOptions): OnnxGraph {
  const objects: typeof asObject = {
    ...asObject,
    ...(tp53 !== undefined && { tp53: [tp53, tp53, tp53] as const }),
  };
  const noise = slowness > 0 ? noiseNodes(slowness) : [];
  return {
    nodes: [
      { type: 'Shape', inputs: ['input_ids'], outputs: ['shape'] },
      { type: 'Gather', inputs: ['shape', 'one'], outputs: ['length'] },
      { type: 'Reshape', inputs: ['input_ids', 'flatShape'], outputs: ['flat'] },
      { type: 'Gather', inputs: ['pairs', 'zeroth'], outputs: ['row'], attributes: { axis: 1 } },
      { type: 'Mul', inputs: ['row', 'length'], outputs: ['rowStart'] },
      ...['subject', 'object'].flatMap((side, i) => [
        {
          type: 'Gather',
          inputs: ['pairs', i === 0 ? 'first' : 'second'],
          outputs: [`${side}Place`],
          attributes: { axis: 1 },
        },
        { type: 'Add', inputs: ['rowStart', `${side}Place`], outputs: [`${side}Marker`] },
        { type: 'Add', inputs: [`${side}Marker`, 'one'], outputs: [`${side}At`] },
        { type: 'Gather', inputs: ['flat', `${side}At`], outputs: [`${side}Id`] },
        { type: 'Gather', inputs: [`${side}s`, `${side}Id`], outputs: [`${side}Scores`] },
      ]),
      { type: 'Add', inputs: ['subjectScores', 'objectScores'], outputs: ['both'] },
      { type: 'Add', inputs: ['both', 'bias'], outputs: [noise.length > 0 ? 'quick' : 'pair_logits'] },
      ...noise.map((node) => ({
        ...node,
        outputs: node.outputs.map((name) => (name === 'sum' ? 'pair_logits' : name)),
      })),
    ],
    initializers: [
      { name: 'one', dims: [1], data: BigInt64Array.of(1n) },
      { name: 'flatShape', dims: [1], data: BigInt64Array.of(-1n) },
      { name: 'zeroth', dims: [], data: BigInt64Array.of(0n) },
      { name: 'first', dims: [], data: BigInt64Array.of(1n) },
      { name: 'second', dims: [], data: BigInt64Array.of(2n) },
      { name: 'subjects', dims: [vocabulary.length, logitsPerPair], data: tableOf(asSubject, logitsPerPair) },
      { name: 'objects', dims: [vocabulary.length, logitsPerPair], data: tableOf(objects, logitsPerPair) },
      { name: 'bias', dims: [1], data: Float32Array.of(-6) },
      { name: 'zero', dims: [1], data: Float32Array.of(0) },
    ],
    inputs: [...bertInputs, { name: 'pairs', type: 'int64', dims: ['pairs', 3] }],
    outputs: [{ name: 'pair_logits', type: 'float', dims: ['pairs', logitsPerPair] }],
  };
}

function tableOf(scores: Readonly<Record<string, Scores>>, width: number): Float32Array {
  return Float32Array.from(
    vocabulary.flatMap((piece) => Array.from({ length: width }, (_, i) => scores[piece]?.[i] ?? 0)),
  );
}
