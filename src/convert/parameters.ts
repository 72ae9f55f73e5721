/** Gives the parameters of a checkpoint uniform names, whichever library wrote it. */
import type { Head } from '../core/checkpointHead';
import { ownValue } from '../core/ownValue';
import type { Architecture } from './architecture';
import { printable, shapeMismatch, unsupported } from './errors';
import type { StoredTensor } from './storedTensor';

/** A tensor and its memory layout. */
export interface Parameter {
  readonly tensor: StoredTensor;
  /** Layout of the matrix of a layer: PyTorch stores `[out, in]`, TensorFlow `[in, out]`. */
  readonly layout: 'out-in' | 'in-out';
  /** Name of another tensor of the checkpoint that has the same meaning. */
  readonly rival?: string | undefined;
}

/** Parameters by their names in Hugging Face's BERT, without the prefix `bert.`. */
export type Parameters = ReadonlyMap<string, Parameter>;

/** DistilBERT's names and the corresponding names of BERT, after `layer.N.`. */
const distilBertNames: Readonly<Record<string, string>> = {
  'attention.q_lin': 'attention.self.query',
  'attention.k_lin': 'attention.self.key',
  'attention.v_lin': 'attention.self.value',
  'attention.out_lin': 'attention.output.dense',
  sa_layer_norm: 'attention.output.LayerNorm',
  'ffn.lin1': 'intermediate.dense',
  'ffn.lin2': 'output.dense',
  output_layer_norm: 'output.LayerNorm',
};

/** Heads in the original release's scripts for question answering and classification, and in BioBERT's tagger. */
const tensorFlowHeads: Readonly<Record<string, string>> = {
  'cls/squad/output_weights': 'qa_outputs.weight',
  'cls/squad/output_bias': 'qa_outputs.bias',
  output_weights: 'classifier.weight',
  output_bias: 'classifier.bias',
};

export function parametersOf(tensors: readonly StoredTensor[], source: 'pytorch' | 'tensorflow'): Parameters {
  const parameters = new Map<string, Parameter>();
  for (const tensor of tensors) {
    const name = source === 'pytorch' ? fromPyTorch(tensor.name) : fromTensorFlow(tensor.name);
    const isKernel = source === 'tensorflow' && tensor.name.endsWith('/kernel');
    if (name === undefined) continue;
    const rival = parameters.get(name)?.tensor.name;
    parameters.set(name, { tensor, layout: isKernel ? 'in-out' : 'out-in', rival });
  }
  return parameters;
}

function fromPyTorch(name: string): string {
  return (
    name
      .replace(/^module\./u, '')
      .replace(/^(?:distil)?bert\./u, '')
      // Checkpoints of 2018 and 2019 use TensorFlow's names for the layer normalisations.
      .replace(/LayerNorm\.gamma$/u, 'LayerNorm.weight')
      .replace(/LayerNorm\.beta$/u, 'LayerNorm.bias')
      .replace(
        /^transformer\.layer\.(\d+)\.(.+)\.(weight|bias)$/u,
        (whole, layer: string, part: string, kind: string) => {
          const name = ownValue(distilBertNames, part);
          return name === undefined ? whole : `encoder.layer.${layer}.${name}.${kind}`;
        },
      )
  );
}

/** @returns undefined for variables of the optimiser. */
function fromTensorFlow(name: string): string | undefined {
  if (/\/adam_[mv]$|^global_step$/u.test(name)) return undefined;
  const head = ownValue(tensorFlowHeads, name);
  if (head !== undefined) return head;
  return name
    .replace(/^bert\//u, '')
    .replace(/\/layer_(\d+)\//u, '/layer/$1/')
    .replace(/\/(?:kernel|gamma)$/u, '/weight')
    .replace(/\/beta$/u, '/bias')
    .replace(/_embeddings$/u, '_embeddings/weight')
    .replaceAll('/', '.');
}

/**
 * Recognises the head by the tensors, if config.json does not name it.
 * @param assumed Decides between two possible heads: checkpoints of the original release do not show whether there is
 *   one label per token or one per text.
 * @throws {BioBertError} CHECKPOINT_UNSUPPORTED if the head cannot be recognised.
 */
export function headFrom(parameters: Parameters, assumed?: Head): Head {
  if (parameters.has('qa_outputs.weight')) return 'question-answering';
  if (!parameters.has('classifier.weight')) return 'encoder';
  if (parameters.has('pre_classifier.weight')) return 'sequence-classification';
  if (!parameters.has('pooler.dense.weight')) return 'token-classification';
  if (assumed === 'token-classification' || assumed === 'sequence-classification') return assumed;
  throw unsupported(
    'The checkpoint does not say whether its labels are of words or of whole texts.',
    'Say it with --task token-classification or --task sequence-classification.',
  );
}

/**
 * Returns a parameter that must have the given shape.
 * @throws {BioBertError} CHECKPOINT_UNSUPPORTED if it is missing or ambiguous, CHECKPOINT_SHAPE_MISMATCH
 */
export function parameterOf(parameters: Parameters, name: string, shape: readonly number[]): Parameter {
  const parameter = parameters.get(name);
  if (!parameter) {
    throw unsupported(
      `The checkpoint has no tensor "${name}".`,
      'Choose a complete checkpoint of BERT or DistilBERT, and its own config.json.',
    );
  }
  if (parameter.rival !== undefined) {
    throw unsupported(
      `The checkpoint has two tensors "${name}": ${printable(parameter.rival)} and ${printable(parameter.tensor.name)}.`,
      'Save the checkpoint with one of the two models in it.',
    );
  }
  const expected = parameter.layout === 'in-out' ? [...shape].reverse() : shape;
  const actual = parameter.tensor.shape;
  if (actual.length !== expected.length || actual.some((size, axis) => size !== expected[axis])) {
    throw shapeMismatch(parameter.tensor.name, actual, `[${expected.join(', ')}]`);
  }
  return parameter;
}

/**
 * The number of labels, that is of rows of the head's matrix.
 * @throws {BioBertError} CHECKPOINT_SHAPE_MISMATCH
 */
export function labelCountOf(parameters: Parameters, { hidden }: Architecture): number {
  const tensor = parameters.get('classifier.weight')?.tensor;
  const [labels = 0, width] = tensor?.shape ?? [];
  if (tensor?.shape.length === 2 && width === hidden && labels >= 1 && labels <= 10_000) return labels;
  throw shapeMismatch('classifier.weight', tensor?.shape ?? [], `[labels, ${hidden}]`);
}
