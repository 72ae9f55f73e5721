/**
 * Builds the ONNX graph of BERT (Devlin et al. 2019) and DistilBERT (Sanh et al. 2019) for the parameters of a
 * checkpoint.
 */
import type { Head } from '../core/checkpointHead';
import type { Activation, Architecture } from './architecture';
import { GraphBuilder, type GraphValue } from './onnxGraph';
import { labelCountOf, type Parameter, parameterOf, type Parameters } from './parameters';
import {
  int8MatrixWeight,
  int8TableWeight,
  concatenatedWeight,
  type MatrixSize,
  matrixWeight,
  rawWeight,
  type WeightRecipe,
} from './weights';

export type Precision = 'fp32' | 'int8';

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
  private readonly recipes: WeightRecipe[] = [];
  /** Quantised values by the name of their input: one 8-bit copy is used by all products with it. */
  private readonly quantised = new Map<string, readonly [numbers: string, scale: string, zero: string]>();

  constructor(private readonly options: PlanOptions) {}

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
      recipes: this.recipes,
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
    const table = this.rawParameter(name, [positions, hidden]);
    const shape = builder.node('Shape', ['input_ids'], { start: 1, end: 2 });
    const rows = builder.node('Slice', [table, builder.integers([0]), shape, builder.integers([0])]);
    return builder.node('Unsqueeze', [rows, builder.integers([0])]);
  }

  private lookUp(name: string, rows: number, ids: string): string {
    const { builder } = this;
    const { hidden } = this.options.architecture;
    const weight = `${name}.weight`;
    if (this.options.precision === 'fp32') {
      return builder.node('Gather', [this.rawParameter(weight, [rows, hidden]), ids]);
    }
    const source = this.parameter(weight, [rows, hidden]);
    this.recipes.push(int8TableWeight(weight, source, [rows, hidden]));
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
    const projected = this.linear(attended, `${name}.attention.output.dense`, { in: hidden, out: hidden });
    const middle = this.normalise(
      this.builder.node('Add', [projected, input]),
      `${name}.attention.output.LayerNorm`,
    );
    const wide = this.activate(
      this.linear(middle, `${name}.intermediate.dense`, { in: hidden, out: intermediate }),
      activation,
    );
    const narrow = this.linearHybrid(wide, `${name}.output.dense`, { in: intermediate, out: hidden });
    return this.normalise(this.builder.node('Add', [narrow, middle]), `${name}.output.LayerNorm`);
  }

  /** Scaled dot-product attention with several heads (Vaswani et al. 2017, section 3.2). */
  private attention(input: string, mask: string, name: string): string {
    const { hidden, heads } = this.options.architecture;
    const { builder } = this;
    const width = hidden / heads;
    const headShape = builder.integers([0, 0, heads, width]);
    const [query = '', key = '', value = ''] = this.queryKeyValue(input, name).map((all) =>
      builder.node('Reshape', [all, headShape]),
    );
    const rows = (part: string) => builder.node('Transpose', [part], { perm: [0, 2, 1, 3] });
    const columns = builder.node('Transpose', [key], { perm: [0, 2, 3, 1] });
    const products = builder.node('MatMul', [rows(query), columns]);
    const scaled = builder.node('Div', [products, builder.scalar(Math.sqrt(width))]);
    const weights = builder.node('Softmax', [builder.node('Add', [scaled, mask])], { axis: -1 });
    const mixed = rows(builder.node('MatMul', [weights, rows(value)]));
    return builder.node('Reshape', [mixed, builder.integers([0, 0, hidden])]);
  }

  private queryKeyValue(input: string, name: string): readonly string[] {
    const { hidden } = this.options.architecture;
    const size = { in: hidden, out: hidden };
    const names = ['query', 'key', 'value'].map((part) => `${name}.${part}`);
    if (this.options.precision === 'fp32') return names.map((part) => this.linear(input, part, size));
    // In 8 bits, one product computes all three: their input is quantised only once, and the kernel works on longer
    // rows.
    const weights = names.map((part) => this.matrix(`${part}.weight`, size));
    const biases = names.map((part) => this.parameter(`${part}.bias`, [hidden]));
    this.recipes.push(int8MatrixWeight(`${name}.weight`, weights, size, 63));
    this.recipes.push(concatenatedWeight(`${name}.bias`, biases, [3 * hidden]));
    return this.builder.split(this.int8Product(input, name), 3, -1);
  }

  /** A linear layer, `input · weight + bias`. In 8 bits, input and weight are quantised. */
  private linear(input: string, name: string, size: MatrixSize): string {
    if (this.options.precision === 'fp32') return this.linearFp32(input, name, size);
    this.recipes.push(int8MatrixWeight(`${name}.weight`, [this.matrix(`${name}.weight`, size)], size, 63));
    this.rawParameter(`${name}.bias`, [size.out]);
    return this.int8Product(input, name);
  }

  /** A linear layer in 32 bits. */
  private linearFp32(input: string, name: string, size: MatrixSize): string {
    const weight = `${name}.weight`;
    this.recipes.push(matrixWeight(weight, this.matrix(weight, size), size));
    const product = this.builder.node('MatMul', [input, weight]);
    return this.builder.node('Add', [product, this.rawParameter(`${name}.bias`, [size.out])]);
  }

  /**
   * A linear layer whose input has outliers, like the output of GELU. One scale for the whole tensor would represent
   * such an input badly (Dettmers et al. 2022, section 4), so the weights are stored in 8 bits but multiplied in 32.
   */
  private linearHybrid(input: string, name: string, size: MatrixSize): string {
    if (this.options.precision === 'fp32') return this.linearFp32(input, name, size);
    const { builder } = this;
    const weight = `${name}.weight`;
    this.recipes.push(int8MatrixWeight(weight, [this.matrix(weight, size)], size, 127));
    // These inputs are constant, so the runtime computes the product once when it opens the file.
    const numbers = builder.node('Cast', [weight], { to: 1 });
    const floats = builder.node('Mul', [numbers, `${weight}_scale`]);
    return builder.node('Add', [
      builder.node('MatMul', [input, floats]),
      this.rawParameter(`${name}.bias`, [size.out]),
    ]);
  }

  /** A product in 8 bits. The nodes and their order follow the pattern that onnxruntime fuses. */
  private int8Product(input: string, name: string): string {
    const { builder } = this;
    const [numbers, scale, zero] = this.quantise(input);
    const product = builder.node('MatMulInteger', [numbers, `${name}.weight`, zero]);
    const floats = builder.node('Cast', [product], { to: 1 });
    const scales = builder.node('Mul', [scale, `${name}.weight_scale`]);
    return builder.node('Add', [builder.node('Mul', [floats, scales]), `${name}.bias`]);
  }

  private quantise(input: string): readonly [numbers: string, scale: string, zero: string] {
    const existing = this.quantised.get(input);
    if (existing) return existing;
    const names = [`${input}_numbers`, `${input}_scale`, `${input}_zero`] as const;
    this.builder.nodes.push({ type: 'DynamicQuantizeLinear', inputs: [input], outputs: names });
    this.quantised.set(input, names);
    return names;
  }

  private normalise(input: string, name: string): string {
    const { hidden, epsilon } = this.options.architecture;
    const scale = this.rawParameter(`${name}.weight`, [hidden]);
    const offset = this.rawParameter(`${name}.bias`, [hidden]);
    const attributes = { axis: -1, epsilon: { float: epsilon } };
    return this.builder.node('LayerNormalization', [input, scale, offset], attributes);
  }

  private activate(input: string, activation: Activation): string {
    const { builder } = this;
    if (activation === 'relu') return builder.node('Relu', [input]);
    const inner = activation === 'gelu' ? this.erf(input) : this.tanh(input);
    const half = builder.node('Mul', [input, builder.node('Add', [inner, builder.scalar(1)])]);
    return builder.node('Mul', [half, builder.scalar(0.5)]);
  }

  private erf(input: string): string {
    const { builder } = this;
    return builder.node('Erf', [builder.node('Div', [input, builder.scalar(Math.SQRT2)])]);
  }

  /** The inner part of the tanh approximation of GELU: `tanh(√(2/π) · (x + 0.044715 · x³))`. */
  private tanh(input: string): string {
    const { builder } = this;
    const cube = builder.node('Pow', [input, builder.scalar(3)]);
    const sum = builder.node('Add', [input, builder.node('Mul', [cube, builder.scalar(0.044715)])]);
    return builder.node('Tanh', [builder.node('Mul', [sum, builder.scalar(Math.sqrt(2 / Math.PI))])]);
  }

  private head(state: string): GraphValue[] {
    const tokens = ['batch', 'sequence'];
    const { hidden } = this.options.architecture;
    switch (this.options.head) {
      case 'token-classification': {
        const size = { in: hidden, out: this.labels };
        return [this.output(this.linearFp32(state, 'classifier', size), 'logits', [...tokens, size.out])];
      }
      case 'question-answering':
        return this.spans(this.linearFp32(state, 'qa_outputs', { in: hidden, out: 2 }), tokens);
      case 'sequence-classification': {
        const size = { in: hidden, out: this.labels };
        return [
          this.output(this.linearFp32(this.pooled(state), 'classifier', size), 'logits', ['batch', size.out]),
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
    const clsState = builder.node('Gather', [state, this.clsIndex()], { axis: 1 });
    const size = { in: hidden, out: hidden };
    return family === 'bert'
      ? builder.node('Tanh', [this.linearFp32(clsState, 'pooler.dense', size)])
      : builder.node('Relu', [this.linearFp32(clsState, 'pre_classifier', size)]);
  }

  private clsIndex(): string {
    const { builder } = this;
    return builder.node('Squeeze', [builder.integers([0]), builder.integers([0])]);
  }

  private output(value: string, name: string, shape: readonly (number | string)[]): GraphValue {
    this.builder.node('Identity', [value], {}, name);
    return { name, element: 'float', shape };
  }

  private rawParameter(name: string, shape: readonly number[]): string {
    this.recipes.push(rawWeight(name, this.parameter(name, shape), shape));
    return name;
  }

  private matrix(name: string, size: MatrixSize): Parameter {
    return this.parameter(name, [size.out, size.in]);
  }

  private parameter(name: string, shape: readonly number[]): Parameter {
    return parameterOf(this.options.parameters, name, shape);
  }
}
