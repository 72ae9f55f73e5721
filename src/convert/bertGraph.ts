/**
 * Builds the ONNX graph of BERT (Devlin et al. 2019) and DistilBERT (Sanh et al. 2019) for the parameters of a
 * checkpoint.
 */
import type { Head } from '../core/checkpointHead';
import type { Activation, Architecture } from './architecture';
import { GraphBuilder, type GraphValue } from './onnxGraph';
import { LinearLayers, type Precision } from './linearLayers';
import { labelCountOf, type Parameters } from './parameters';
import { PlannedWeights } from './plannedWeights';
import { int8TableWeight, type WeightRecipe } from './weights';

/** A graph whose weights have not been written yet. */
export interface GraphPlan {
  readonly builder: GraphBuilder;
  readonly recipes: readonly WeightRecipe[];
  readonly inputs: readonly GraphValue[];
  readonly outputs: readonly GraphValue[];
  /** Number of labels of the head; 0 if it has none. */
  readonly labels: number;
}

export interface PlanOptions {
  readonly architecture: Architecture;
  readonly parameters: Parameters;
  readonly head: Head;
  readonly precision: Precision;
}

/**
 * Plans the graph of a checkpoint: its nodes, and the recipes by which its weights are computed from the parameters.
 *
 * @throws {BioBertError} CHECKPOINT_* if a parameter is missing or has another shape.
 */
export function planGraph(options: PlanOptions): GraphPlan {
  return new GraphPlanner(options).plan();
}

/**
 * The value that the attention mask adds to the score of padding, the same as in BERT. Its exponential is 0 in 32
 * bits.
 */
const paddingScore = -10_000;

class GraphPlanner {
  private readonly builder = new GraphBuilder();
  private readonly weights: PlannedWeights;
  private readonly layers: LinearLayers;

  constructor(private readonly options: PlanOptions) {
    this.weights = new PlannedWeights(options.parameters);
    this.layers = new LinearLayers(this.builder, this.weights, options.precision);
  }

  plan(): GraphPlan {
    const { architecture, head } = this.options;
    let state = this.embeddings();
    const mask = this.attentionMask();
    for (let layer = 0; layer < architecture.layers; layer += 1) {
      state = this.layer(state, mask, `encoder.layer.${layer}`);
    }
    const tokens = ['batch', 'sequence'];
    const names = ['input_ids', 'attention_mask', ...(architecture.tokenTypes > 0 ? ['token_type_ids'] : [])];
    return {
      builder: this.builder,
      recipes: this.weights.recipes,
      inputs: names.map((name) => ({ name, element: 'int64', shape: tokens })),
      outputs: this.head(state),
      labels: head === 'token-classification' || head === 'sequence-classification' ? this.labels : 0,
    };
  }

  private get labels(): number {
    return labelCountOf(this.options.parameters, this.options.architecture);
  }

  /** The sum of all embeddings, `[batch, sequence, hidden]`. */
  private embeddings(): string {
    const { vocabularySize, positions, tokenTypes } = this.options.architecture;
    const { builder } = this;
    const words = this.lookUp('embeddings.word_embeddings', vocabularySize, 'input_ids');
    const positionRows = this.positionRows(positions);
    let sum = words;
    if (tokenTypes > 0) {
      const types = this.lookUp('embeddings.token_type_embeddings', tokenTypes, 'token_type_ids');
      sum = builder.node('Add', [words, types]);
    }
    return this.normalise(builder.node('Add', [sum, positionRows]), 'embeddings.LayerNorm');
  }

  /** The first rows of the position table, `[1, sequence, hidden]`. */
  private positionRows(positions: number): string {
    const { builder } = this;
    const { hidden } = this.options.architecture;
    const name = 'embeddings.position_embeddings.weight';
    const table = this.weights.raw(name, [positions, hidden]);
    const shape = builder.node('Shape', ['input_ids'], { start: 1, end: 2 });
    const rows = builder.node('Slice', [table, builder.integers([0]), shape, builder.integers([0])]);
    return builder.node('Unsqueeze', [rows, builder.integers([0])]);
  }

  private lookUp(name: string, rows: number, ids: string): string {
    const { builder } = this;
    const { hidden } = this.options.architecture;
    const weight = `${name}.weight`;
    if (this.options.precision === 'fp32') {
      return builder.node('Gather', [this.weights.raw(weight, [rows, hidden]), ids]);
    }
    const source = this.weights.parameter(weight, [rows, hidden]);
    this.weights.add(int8TableWeight(weight, source, [rows, hidden]));
    const numbers = builder.node('Cast', [builder.node('Gather', [weight, ids])], { to: 1 });
    return builder.node('Mul', [numbers, builder.node('Gather', [`${weight}_scale`, ids])]);
  }

  /** The attention mask, `[batch, 1, 1, sequence]`: 0 for tokens and {@link paddingScore} for padding. */
  private attentionMask(): string {
    const { builder } = this;
    const wide = builder.node('Unsqueeze', ['attention_mask', builder.integers([1, 2])]);
    const padding = builder.node('Sub', [builder.scalar(1), builder.node('Cast', [wide], { to: 1 })]);
    return builder.node('Mul', [padding, builder.scalar(paddingScore)]);
  }

  private layer(input: string, mask: string, name: string): string {
    const { hidden, intermediate, activation } = this.options.architecture;
    const attended = this.attention(input, mask, `${name}.attention.self`);
    const projected = this.layers.linear(attended, `${name}.attention.output.dense`, {
      in: hidden,
      out: hidden,
    });
    const middle = this.normalise(
      this.builder.node('Add', [projected, input]),
      `${name}.attention.output.LayerNorm`,
    );
    const wide = activate(
      this.builder,
      this.layers.linear(middle, `${name}.intermediate.dense`, { in: hidden, out: intermediate }),
      activation,
    );
    const narrow = this.layers.linearHybrid(wide, `${name}.output.dense`, { in: intermediate, out: hidden });
    return this.normalise(this.builder.node('Add', [narrow, middle]), `${name}.output.LayerNorm`);
  }

  /** Scaled dot-product attention with several heads (Vaswani et al. 2017, section 3.2). */
  private attention(input: string, mask: string, name: string): string {
    const { hidden, heads } = this.options.architecture;
    const { builder } = this;
    const width = hidden / heads;
    const headShape = builder.integers([0, 0, heads, width]);
    const [query = '', key = '', value = ''] = this.layers
      .queryKeyValue(input, name, hidden)
      .map((all) => builder.node('Reshape', [all, headShape]));
    const rows = (part: string) => builder.node('Transpose', [part], { perm: [0, 2, 1, 3] });
    const columns = builder.node('Transpose', [key], { perm: [0, 2, 3, 1] });
    const products = builder.node('MatMul', [rows(query), columns]);
    const scaled = builder.node('Div', [products, builder.scalar(Math.sqrt(width))]);
    const weights = builder.node('Softmax', [builder.node('Add', [scaled, mask])], { axis: -1 });
    const mixed = rows(builder.node('MatMul', [weights, rows(value)]));
    return builder.node('Reshape', [mixed, builder.integers([0, 0, hidden])]);
  }

  private normalise(input: string, name: string): string {
    const { hidden, epsilon } = this.options.architecture;
    const scale = this.weights.raw(`${name}.weight`, [hidden]);
    const offset = this.weights.raw(`${name}.bias`, [hidden]);
    const attributes = { axis: -1, epsilon: { float: epsilon } };
    return this.builder.node('LayerNormalization', [input, scale, offset], attributes);
  }

  private head(state: string): GraphValue[] {
    const tokens = ['batch', 'sequence'];
    const { hidden } = this.options.architecture;
    switch (this.options.head) {
      case 'token-classification': {
        const size = { in: hidden, out: this.labels };
        return [
          this.output(this.layers.linearFp32(state, 'classifier', size), 'logits', [...tokens, size.out]),
        ];
      }
      case 'question-answering':
        return this.spans(this.layers.linearFp32(state, 'qa_outputs', { in: hidden, out: 2 }), tokens);
      case 'sequence-classification': {
        const size = { in: hidden, out: this.labels };
        return [
          this.output(this.layers.linearFp32(this.pooled(state), 'classifier', size), 'logits', [
            'batch',
            size.out,
          ]),
        ];
      }
      case 'encoder':
        return this.encoder(state);
    }
  }

  private spans(logits: string, tokens: readonly string[]): GraphValue[] {
    const names = ['start_logits', 'end_logits'];
    return this.builder.split(logits, 2, -1).map((part, place) => {
      const flat = this.builder.node('Squeeze', [part, this.builder.integers([-1])]);
      return this.output(flat, names[place] ?? '', tokens);
    });
  }

  private encoder(state: string): GraphValue[] {
    const { hidden } = this.options.architecture;
    const shape = ['batch', 'sequence', hidden];
    const outputs = [this.output(state, 'last_hidden_state', shape)];
    if (!this.options.parameters.has('pooler.dense.weight')) return outputs;
    return [...outputs, this.output(this.pooled(state), 'pooler_output', ['batch', hidden])];
  }

  /** The state at [CLS] after one more layer, `[batch, hidden]`. */
  private pooled(state: string): string {
    const { hidden, family } = this.options.architecture;
    const { builder } = this;
    const clsIndex = builder.node('Squeeze', [builder.integers([0]), builder.integers([0])]);
    const clsState = builder.node('Gather', [state, clsIndex], { axis: 1 });
    const size = { in: hidden, out: hidden };
    return family === 'bert'
      ? builder.node('Tanh', [this.layers.linearFp32(clsState, 'pooler.dense', size)])
      : builder.node('Relu', [this.layers.linearFp32(clsState, 'pre_classifier', size)]);
  }

  private output(value: string, name: string, shape: readonly (number | string)[]): GraphValue {
    this.builder.node('Identity', [value], {}, name);
    return { name, element: 'float', shape };
  }
}

/** The activation function between the two linear layers of a feed-forward block. */
function activate(builder: GraphBuilder, input: string, activation: Activation): string {
  if (activation === 'relu') return builder.node('Relu', [input]);
  const inner = activation === 'gelu' ? erf(builder, input) : tanh(builder, input);
  const half = builder.node('Mul', [input, builder.node('Add', [inner, builder.scalar(1)])]);
  return builder.node('Mul', [half, builder.scalar(0.5)]);
}

function erf(builder: GraphBuilder, input: string): string {
  return builder.node('Erf', [builder.node('Div', [input, builder.scalar(Math.SQRT2)])]);
}

/** The inner part of the tanh approximation of GELU: `tanh(√(2/π) · (x + 0.044715 · x³))`. */
function tanh(builder: GraphBuilder, input: string): string {
  const cube = builder.node('Pow', [input, builder.scalar(3)]);
  const sum = builder.node('Add', [input, builder.node('Mul', [cube, builder.scalar(0.044715)])]);
  return builder.node('Tanh', [builder.node('Mul', [sum, builder.scalar(Math.sqrt(2 / Math.PI))])]);
}
