import { addRow, innerProduct, type SparseRows, squaredNorm } from './sparseRows';

/** A row with its class, for training. */
export interface Example {
  readonly row: number;
  readonly isPositive: boolean;
  /** The constant C of this example: what a violation of its margin costs. Above 0. */
  readonly cost: number;
}

export interface SvmOptions {
  /**
   * Training ends when the largest and the smallest projected gradient of an epoch differ by less. Default: 0.0001, as
   * in LIBLINEAR.
   */
  readonly tolerance?: number | undefined;
  /** Default: 1,000. */
  readonly maxEpochs?: number | undefined;
  /** The seed of the order in which examples are visited, a 32-bit integer. Default: 1. */
  readonly seed?: number | undefined;
}

/**
 * A linear support vector machine with the squared hinge loss: minimises `|w|² / 2 + Σ cost · max(0, 1 - y (w · x))²`,
 * where each row has a constant feature of 1 for the bias. Dual coordinate descent (Hsieh et al. 2008, "A dual
 * coordinate descent method for large-scale linear SVM", algorithm 1), the method of LIBLINEAR and of scikit-learn's
 * `LinearSVC`.
 *
 * Training starts from the last solution: a new example changes few of the others, so that a few epochs are enough. The
 * same calls give the same numbers.
 */
export class LinearSvm {
  private readonly weights: Float64Array;
  private bias = 0;
  /** The dual variable of each row, 0 for rows that are no examples. */
  private readonly duals: Float64Array;
  private readonly norms: Float64Array;
  private trained: readonly Example[] = [];
  private readonly tolerance: number;
  private readonly maxEpochs: number;
  private state: number;

  constructor(
    private readonly rows: SparseRows,
    { tolerance = 1e-4, maxEpochs = 1000, seed = 1 }: SvmOptions = {},
  ) {
    this.weights = new Float64Array(rows.columnCount);
    this.duals = new Float64Array(rows.count);
    this.norms = Float64Array.from({ length: rows.count }, (_, row) => squaredNorm(rows, row) + 1);
    this.tolerance = tolerance;
    this.maxEpochs = maxEpochs;
    this.state = seed | 0;
  }

  /**
   * @param examples Each row at most once. Examples of earlier calls that are missing here are forgotten.
   * @returns the number of epochs.
   */
  train(examples: readonly Example[]): number {
    this.forgetOthers(examples);
    const order = Uint32Array.from(examples.keys());
    for (let epoch = 1; epoch <= this.maxEpochs; epoch++) {
      this.shuffle(order);
      if (this.runEpoch(examples, order) < this.tolerance) return epoch;
    }
    return this.maxEpochs;
  }

  /** The distance of a row that is no example from the boundary, in units of `1 / |w|`; above 0 for positive ones. */
  score(row: number): number {
    return innerProduct(this.rows, row, this.weights) + this.bias;
  }

  /** @returns the range of the projected gradients. */
  private runEpoch(examples: readonly Example[], order: Uint32Array): number {
    let largest = -Infinity;
    let smallest = Infinity;
    for (const index of order) {
      const example = examples[index];
      if (!example) continue;
      const gradient = this.visit(example);
      largest = Math.max(largest, gradient);
      smallest = Math.min(smallest, gradient);
    }
    return order.length === 0 ? 0 : largest - smallest;
  }

  /** Moves the dual variable of one example to its best value. @returns the projected gradient before. */
  private visit({ row, isPositive, cost }: Example): number {
    const label = isPositive ? 1 : -1;
    const dual = this.duals[row] ?? 0;
    const diagonal = 1 / (2 * cost);
    // The columns that are left out carry nothing but the weight that this example gave them.
    const own = dual * label * (this.rows.unshared[row] ?? 0);
    const gradient = label * (this.score(row) + own) - 1 + diagonal * dual;
    const projected = dual === 0 ? Math.min(gradient, 0) : gradient;
    if (projected !== 0) {
      const next = Math.max(dual - gradient / ((this.norms[row] ?? 1) + diagonal), 0);
      this.move(row, label, next - dual);
    }
    return projected;
  }

  private move(row: number, label: number, step: number): void {
    if (step === 0) return;
    this.duals[row] = (this.duals[row] ?? 0) + step;
    this.bias += step * label;
    addRow(this.rows, row, step * label, this.weights);
  }

  private forgetOthers(examples: readonly Example[]): void {
    const classes = new Map(examples.map(({ row, isPositive }) => [row, isPositive]));
    for (const { row, isPositive } of this.trained) {
      if (classes.get(row) !== isPositive) this.move(row, isPositive ? 1 : -1, -(this.duals[row] ?? 0));
    }
    this.trained = examples;
  }

  /** Fisher and Yates, with a xorshift generator (Marsaglia 2003). */
  private shuffle(order: Uint32Array): void {
    for (let last = order.length - 1; last > 0; last--) {
      const other = this.nextRandom() % (last + 1);
      const kept = order[last] ?? 0;
      order[last] = order[other] ?? 0;
      order[other] = kept;
    }
  }

  private nextRandom(): number {
    let state = this.state === 0 ? 1 : this.state;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.state = state;
    return state >>> 0;
  }
}
