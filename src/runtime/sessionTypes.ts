import type { ModelInfo } from '../protocol/engine';

/** Integers for an input of the graph, converted to 32 bits if the graph needs that. `data` is row-major. */
export interface InputTensor {
  readonly data: BigInt64Array;
  readonly dims: readonly number[];
}

/** By name; inputs that the graph does not have are ignored. */
export type SessionInputs = Readonly<Record<string, InputTensor>>;

/** Scores from an output of the graph. `data` is row-major. */
export interface OutputTensor {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

/** Inputs and outputs that a task needs of a graph. */
export interface GraphTensors {
  /** Inputs that the task can provide. A graph with another input is refused. */
  readonly inputs: readonly string[];
  /** Inputs that the graph must have for this task. */
  readonly requiredInputs: readonly string[];
  readonly requiredOutputs: readonly string[];
  /** Advice for a graph of another shape, shown with the error. */
  readonly nextStep: string;
}

export interface GraphShape extends GraphTensors {
  /**
   * Maximum number of numbers that an output has for these inputs. A server that sends far more is refused.
   * @returns 0 for an output that the task does not use.
   */
  readonly numbersOf: (output: string, inputs: SessionInputs) => number;
}

export interface Session {
  readonly runtime: ModelInfo['runtime'];
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /** Preferred number of padded tokens in a batch. Default: the size that suits the task on this machine. */
  readonly maxTokensPerBatch?: number;
  /**
   * @param outputs Names; only nodes that lead to them are computed.
   * @throws {BioBertError} RUNTIME_FAILED, OUT_OF_MEMORY, MODEL_SHAPE_MISMATCH if an output holds no 32-bit floats,
   * MODEL_OUTPUT_INVALID.
   */
  run<Name extends string>(
    inputs: SessionInputs,
    outputs: readonly Name[],
  ): Promise<Readonly<Record<Name, OutputTensor>>>;
  release(): Promise<void>;
}
