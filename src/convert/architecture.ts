import { supportedArchitectures } from '../core/checkpointHead';
import { ownValue } from '../core/ownValue';
import { unsupported } from './errors';

/** The properties of a BERT model that are needed to rebuild its graph (Devlin et al. 2019, section 3). */
export interface Architecture {
  readonly family: 'bert' | 'distilbert';
  readonly hidden: number;
  readonly layers: number;
  readonly heads: number;
  readonly intermediate: number;
  readonly vocabularySize: number;
  readonly positions: number;
  /** 0 for DistilBERT, which has no token types. */
  readonly tokenTypes: number;
  /** Epsilon of the layer normalisations. */
  readonly epsilon: number;
  readonly activation: Activation;
}

/**
 * Activation functions. `gelu-tanh` uses the tanh approximation (Hendrycks and Gimpel 2016, equation in section 2).
 */
export type Activation = 'gelu' | 'gelu-tanh' | 'relu';

const activations: Readonly<Record<string, Activation>> = {
  gelu: 'gelu',
  gelu_python: 'gelu',
  gelu_new: 'gelu-tanh',
  gelu_fast: 'gelu-tanh',
  gelu_pytorch_tanh: 'gelu-tanh',
  relu: 'relu',
};

type Config = Readonly<Record<string, unknown>>;

/**
 * Reads the architecture from the configuration of a checkpoint.
 *
 * @param config `config.json` of Hugging Face, or `bert_config.json` of the original release.
 * @throws {BioBertError} CHECKPOINT_UNSUPPORTED with the list of supported architectures.
 */
export function readArchitecture(config: Config): Architecture {
  const type =
    ownField(config, 'model_type') ?? (ownField(config, 'hidden_size') === undefined ? undefined : 'bert');
  if (type !== 'bert' && type !== 'distilbert') {
    throw unsupportedArchitecture(
      `The checkpoint is of the architecture ${JSON.stringify(type ?? 'unknown')}.`,
    );
  }
  checkVariant(config);
  const architecture = type === 'bert' ? readBert(config) : readDistilBert(config);
  if (architecture.hidden % architecture.heads !== 0) {
    throw unsupportedArchitecture(
      'The width in config.json is no multiple of the number of attention heads.',
    );
  }
  return architecture;
}

function readBert(config: Config): Architecture {
  return {
    family: 'bert',
    hidden: sizeField(config, 'hidden_size', 8192),
    layers: sizeField(config, 'num_hidden_layers', 128),
    heads: sizeField(config, 'num_attention_heads', 256),
    intermediate: sizeField(config, 'intermediate_size', 65_536),
    vocabularySize: sizeField(config, 'vocab_size', 1_000_000),
    positions: sizeField(config, 'max_position_embeddings', 65_536),
    tokenTypes: sizeField(config, 'type_vocab_size', 1024),
    epsilon: epsilonOf(config),
    activation: activationOf(config, 'hidden_act'),
  };
}

function readDistilBert(config: Config): Architecture {
  return {
    family: 'distilbert',
    hidden: sizeField(config, 'dim', 8192),
    layers: sizeField(config, 'n_layers', 128),
    heads: sizeField(config, 'n_heads', 256),
    intermediate: sizeField(config, 'hidden_dim', 65_536),
    vocabularySize: sizeField(config, 'vocab_size', 1_000_000),
    positions: sizeField(config, 'max_position_embeddings', 65_536),
    tokenTypes: 0,
    epsilon: 1e-12,
    activation: activationOf(config, 'activation'),
  };
}

/** Rejects checkpoints whose options change the graph in a way that the converter does not support. */
function checkVariant(config: Config): void {
  const positions = ownField(config, 'position_embedding_type');
  if (positions !== undefined && positions !== 'absolute') {
    throw unsupportedArchitecture(`The checkpoint has positions of the kind ${JSON.stringify(positions)}.`);
  }
  for (const name of ['is_decoder', 'add_cross_attention', 'is_encoder_decoder']) {
    if (ownField(config, name) === true)
      throw unsupportedArchitecture(`The checkpoint is a decoder ("${name}" in config.json).`);
  }
}

function sizeField(config: Config, name: string, max: number): number {
  const value = ownField(config, name);
  if (Number.isSafeInteger(value) && (value as number) >= 1 && (value as number) <= max) {
    return value as number;
  }
  throw unsupported(
    `The field "${name}" of the checkpoint's config.json is missing or wrong.`,
    'Put the config.json that the checkpoint was trained with beside it.',
  );
}

function epsilonOf(config: Config): number {
  const value = ownField(config, 'layer_norm_eps');
  return typeof value === 'number' && value > 0 && value < 1 ? value : 1e-12;
}

function activationOf(config: Config, name: string): Activation {
  const value = ownField(config, name) ?? 'gelu';
  const activation = typeof value === 'string' ? ownField(activations, value) : undefined;
  if (activation === undefined) {
    throw unsupportedArchitecture(`The checkpoint has the activation function ${JSON.stringify(value)}.`);
  }
  return activation as Activation;
}

function ownField(object: Readonly<Record<string, unknown>>, name: string): unknown {
  return ownValue(object, name) ?? undefined;
}

function unsupportedArchitecture(what: string): Error {
  return unsupported(what, `Choose a checkpoint of ${supportedArchitectures}.`);
}
