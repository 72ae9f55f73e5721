import type { ModelInfo } from '../protocol/engine';

/** Whole numbers that go in; made 32-bit where the model asks for that. `data` is row-major. */
export interface InputTensor {
  readonly data: BigInt64Array;
  readonly dims: readonly number[];
}

/** Scores that come out; `data` is row-major. */
export interface OutputTensor {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

/** What a task asks of a graph. */
export interface GraphShape {
  /** What the task can feed. A graph that asks for more is refused. */
  readonly inputs: readonly string[];
  /** Those of them without which the graph is none for the task. */
  readonly requiredInputs: readonly string[];
  readonly requiredOutputs: readonly string[];
  /** What to do about a graph of another shape. */
  readonly nextStep: string;
}

export interface Session {
  readonly runtime: ModelInfo['runtime'];
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /** Padded tokens that it likes to be asked for at a time. Absent: what suits a task on this machine. */
  readonly maxTokensPerBatch?: number;
  /**
   * @param inputs By name; those that the graph does not have are passed over.
   * @param outputs Names; only what leads to them is computed.
   * @throws {BioBertError} RUNTIME_FAILED, OUT_OF_MEMORY, MODEL_SHAPE_MISMATCH where an output holds no 32-bit floats.
   */
  run<Name extends string>(
    inputs: Readonly<Record<string, InputTensor>>,
    outputs: readonly Name[],
  ): Promise<Readonly<Record<Name, OutputTensor>>>;
  release(): Promise<void>;
}
