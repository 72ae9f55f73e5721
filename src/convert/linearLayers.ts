/** The linear layers of a graph, in 32 or in 8 bits, and the recipes of their weights. */
import type { GraphBuilder } from './onnxGraph';
import type { PlannedWeights } from './plannedWeights';
import { concatenatedWeight, int8MatrixWeight, type MatrixSize, matrixWeight } from './weights';

export type Precision = 'fp32' | 'int8';

/** Largest absolute values of 8-bit weights: of those multiplied in 8 bits, and of those multiplied in 32. */
const multipliedRange = 63;
const storedRange = 127;

export class LinearLayers {
  /** Quantised values by the name of their input: one 8-bit copy is used by all products with it. */
  private readonly quantised = new Map<string, readonly [numbers: string, scale: string, zero: string]>();

  constructor(
    private readonly builder: GraphBuilder,
    private readonly weights: PlannedWeights,
    private readonly precision: Precision,
  ) {}

  /** The queries, keys and values of an attention layer, three linear layers with the same input. */
  queryKeyValue(input: string, name: string, hidden: number): readonly string[] {
    const size = { in: hidden, out: hidden };
    const names = ['query', 'key', 'value'].map((part) => `${name}.${part}`);
    if (this.precision === 'fp32') return names.map((part) => this.linear(input, part, size));
    // In 8 bits, one product computes all three: their input is quantised only once, and the kernel works on longer
    // rows.
    const weights = names.map((part) => this.weights.matrix(`${part}.weight`, size));
    const biases = names.map((part) => this.weights.parameter(`${part}.bias`, [hidden]));
    this.weights.add(int8MatrixWeight(`${name}.weight`, weights, size, multipliedRange));
    this.weights.add(concatenatedWeight(`${name}.bias`, biases, [3 * hidden]));
    return this.builder.split(this.int8Product(input, name), 3, -1);
  }

  /** A linear layer, `input · weight + bias`. In 8 bits, input and weight are quantised. */
  linear(input: string, name: string, size: MatrixSize): string {
    if (this.precision === 'fp32') return this.linearFp32(input, name, size);
    this.weights.add(
      int8MatrixWeight(
        `${name}.weight`,
        [this.weights.matrix(`${name}.weight`, size)],
        size,
        multipliedRange,
      ),
    );
    this.weights.raw(`${name}.bias`, [size.out]);
    return this.int8Product(input, name);
  }

  /** A linear layer in 32 bits. */
  linearFp32(input: string, name: string, size: MatrixSize): string {
    const weight = `${name}.weight`;
    this.weights.add(matrixWeight(weight, this.weights.matrix(weight, size), size));
    const product = this.builder.node('MatMul', [input, weight]);
    return this.builder.node('Add', [product, this.weights.raw(`${name}.bias`, [size.out])]);
  }

  /**
   * A linear layer whose input has outliers, like the output of GELU. One scale for the whole tensor would represent
   * such an input badly (Dettmers et al. 2022, section 4), so the weights are stored in 8 bits but multiplied in 32.
   */
  linearHybrid(input: string, name: string, size: MatrixSize): string {
    if (this.precision === 'fp32') return this.linearFp32(input, name, size);
    const { builder } = this;
    const weight = `${name}.weight`;
    this.weights.add(int8MatrixWeight(weight, [this.weights.matrix(weight, size)], size, storedRange));
    // These inputs are constant, so the runtime computes the product once when it opens the file.
    const numbers = builder.node('Cast', [weight], { to: 1 });
    const floats = builder.node('Mul', [numbers, `${weight}_scale`]);
    return builder.node('Add', [
      builder.node('MatMul', [input, floats]),
      this.weights.raw(`${name}.bias`, [size.out]),
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
}
