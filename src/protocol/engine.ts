/**
 * What may be asked of an engine, whichever process it runs in. `runtime/engine.ts` answers in this process,
 * `runtime/childEngine.ts` passes the same requests to a forked one; the contract tests hold both to the same cases.
 */
import type { Abbreviation, DocumentFormat, Entity, EntityType, Measured, Span } from '../core/types';

/** Says which model answered, for hovers, exports and reports. */
export interface ModelInfo {
  readonly name: string;
  readonly version: string;
  readonly task: 'token-classification';
  readonly types: readonly EntityType[];
  readonly measured: readonly Measured[];
  readonly license: string;
  /** sha256 of `model.onnx`, hexadecimal. */
  readonly hash: string;
  readonly runtime: 'onnxruntime-node' | 'onnxruntime-web';
}

export interface TagRequest {
  /** Names the document for the parse cache: a URI, or a file name at a terminal. */
  readonly document: string;
  /** The whole text. The engine keeps what it parsed and inferred before and repeats only what changed. */
  readonly text: string;
  readonly format: DocumentFormat;
  /** Only segments that touch this range of the document are tagged. Absent: all. */
  readonly range?: Span;
  /** Only these types are returned. Absent: all that the model knows. */
  readonly types?: readonly EntityType[];
  /** Entities under it are left out. Default `defaultMinProbability` of the pipeline. */
  readonly minProbability?: number;
  /** `interactive` (a hover) overtakes `background` (a folder) between two batches. Default `background`. */
  readonly priority?: 'interactive' | 'background';
}

export interface TagProgress {
  /** Characters of prose tagged so far, and in all. */
  readonly done: number;
  readonly total: number;
  /** Found since the last report, in document order. */
  readonly entities: readonly Entity[];
}

export interface TagResult {
  /** In document order. */
  readonly entities: readonly Entity[];
  /** Introduced in the segments that were asked for. */
  readonly abbreviations: readonly Abbreviation[];
  /**
   * The stretch of the document that this result speaks for: the asked range widened to whole segments.
   * An earlier result inside it is replaced.
   */
  readonly covered: Span;
  readonly sentences: number;
  /** Sentences that were answered from the cache. */
  readonly cached: number;
  readonly tokens: number;
  readonly model: ModelInfo;
}

export interface TagOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: TagProgress) => void;
}

export type EngineState = 'idle' | 'loading' | 'ready' | 'working' | 'failed';

export interface EngineStatus {
  readonly state: EngineState;
  /** Resident memory of the process that holds the model, in bytes. Absent while none runs. */
  readonly memoryBytes?: number;
  readonly model?: ModelInfo;
  /** Why the state is `failed`, as shown to the user. */
  readonly error?: string;
}

export interface Engine {
  readonly status: EngineStatus;
  /** @returns a function that stops listening. */
  onDidChangeStatus(listener: (status: EngineStatus) => void): () => void;
  /** Loads the model if it is not. @throws {BioBertError} when the folder or the runtime is unfit. */
  load(signal?: AbortSignal): Promise<ModelInfo>;
  /** Tags a text, or a range of it. @throws {CancelledError} after `signal` aborts, {@link BioBertError} otherwise. */
  tag(request: TagRequest, options?: TagOptions): Promise<TagResult>;
  /** Forgets what it knows of a document (it was closed). */
  forget(document: string): void;
  /** Gives the memory back: what is under way is cancelled, the next request loads again. */
  unload(): Promise<void>;
  /** As {@link unload}, for good: what is under way or comes later is rejected with ENGINE_DISPOSED. */
  dispose(): Promise<void>;
}
