import { supportedArchitectures } from '../core/checkpointHead';
import { unsupported } from './errors';

/** What must be known of a BERT to rebuild its graph (Devlin et al. 2019, section 3). */
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
  /** Of the layer normalisations. */
  readonly epsilon: number;
  readonly activation: Activation;
}

/** `gelu-tanh`: by the tanh approximation (Hendrycks and Gimpel 2016, equation in section 2). */
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
 * @param config `config.json` of Hugging Face, or `bert_config.json` of the original release.
 * @throws {BioBertError} CHECKPOINT_UNSUPPORTED saying what is supported.
 */
export function readArchitecture(config: Config): Architecture {
  const type = own(config, 'model_type') ?? (own(config, 'hidden_size') === undefined ? undefined : 'bert');
  if (type !== 'bert' && type !== 'distilbert') {
    throw refused(`The checkpoint is of the architecture ${JSON.stringify(type ?? 'unknown')}.`);
  }
  checkVariant(config);
  const architecture = type === 'bert' ? readBert(config) : readDistilBert(config);
  if (architecture.hidden % architecture.heads !== 0) {
    throw refused('The width in config.json is no multiple of the number of attention heads.');
  }
  return architecture;
}

function readBert(config: Config): Architecture {
  return {
    family: 'bert',
    hidden: size(config, 'hidden_size', 8192),
    layers: size(config, 'num_hidden_layers', 128),
    heads: size(config, 'num_attention_heads', 256),
    intermediate: size(config, 'intermediate_size', 65_536),
    vocabularySize: size(config, 'vocab_size', 1_000_000),
    positions: size(config, 'max_position_embeddings', 65_536),
    tokenTypes: size(config, 'type_vocab_size', 1024),
    epsilon: epsilonOf(config),
    activation: activationOf(config, 'hidden_act'),
  };
}

function readDistilBert(config: Config): Architecture {
  return {
    family: 'distilbert',
    hidden: size(config, 'dim', 8192),
    layers: size(config, 'n_layers', 128),
    heads: size(config, 'n_heads', 256),
    intermediate: size(config, 'hidden_dim', 65_536),
    vocabularySize: size(config, 'vocab_size', 1_000_000),
    positions: size(config, 'max_position_embeddings', 65_536),
    tokenTypes: 0,
    epsilon: 1e-12,
    activation: activationOf(config, 'activation'),
  };
}

/** Options that would change the graph in ways that are not built here. */
function checkVariant(config: Config): void {
  const positions = own(config, 'position_embedding_type');
  if (positions !== undefined && positions !== 'absolute') {
    throw refused(`The checkpoint has positions of the kind ${JSON.stringify(positions)}.`);
  }
  for (const name of ['is_decoder', 'add_cross_attention', 'is_encoder_decoder']) {
    if (own(config, name) === true) throw refused(`The checkpoint is a decoder ("${name}" in config.json).`);
  }
}

function size(config: Config, name: string, most: number): number {
  const value = own(config, name);
  if (Number.isSafeInteger(value) && (value as number) >= 1 && (value as number) <= most) {
    return value as number;
  }
  throw unsupported(
    `The field "${name}" of the checkpoint's config.json is missing or wrong.`,
    'Put the config.json that the checkpoint was trained with beside it.',
  );
}

function epsilonOf(config: Config): number {
  const value = own(config, 'layer_norm_eps');
  return typeof value === 'number' && value > 0 && value < 1 ? value : 1e-12;
}

function activationOf(config: Config, name: string): Activation {
  const value = own(config, name) ?? 'gelu';
  const activation = typeof value === 'string' ? own(activations, value) : undefined;
  if (activation === undefined) {
    throw refused(`The checkpoint has the activation function ${JSON.stringify(value)}.`);
  }
  return activation as Activation;
}

function own(object: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(object, name) ? (object[name] ?? undefined) : undefined;
}

function refused(what: string): Error {
  return unsupported(what, `Choose a checkpoint of ${supportedArchitectures}.`);
}
