/**
 * What may be asked of an engine, whichever process it runs in. `runtime/engine.ts` answers in this process,
 * `runtime/childEngine.ts` passes the same requests to a forked one; the contract tests hold both to the same cases.
 */
import type {
  Abbreviation,
  DocumentFormat,
  Entity,
  EntityType,
  Measured,
  PassageAnswer,
  QuestionKind,
  Relation,
  RelationType,
  Span,
  TextPassage,
  Verdict,
} from '../core/types';
import type { ModelTask } from './tasks';

/** What a question model does beside naming spans; those of others often do less than ours. */
export interface QuestionAbilities {
  /** Answers with yes, no or maybe. */
  readonly verdicts: boolean;
  /** Searches by meaning. */
  readonly embeddings: boolean;
  /** Says that a passage does not answer. */
  readonly noAnswer: boolean;
}

/** Says which model answered, for hovers, exports and reports. */
export interface ModelInfo {
  readonly name: string;
  readonly version: string;
  readonly task: ModelTask;
  readonly types: readonly EntityType[];
  readonly measured: readonly Measured[];
  readonly license: string;
  /** sha256 of `model.onnx`, hexadecimal. */
  readonly hash: string;
  /** `open-inference`: a server of the user's runs the model. */
  readonly runtime: 'onnxruntime-node' | 'onnxruntime-web' | 'open-inference';
  /** Of question models. */
  readonly questions?: QuestionAbilities | undefined;
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
  /** Whether the decisions about a name agree in the whole document: one type, all repeats or none. Default true. */
  readonly consistency?: boolean;
  /** `interactive` (a hover) overtakes `background` (a folder) between two batches. Default `background`. */
  readonly priority?: 'interactive' | 'background';
}

export interface TagProgress {
  /** Characters of prose tagged so far, and in all. */
  readonly done: number;
  readonly total: number;
  /** Found since the last report, in document order. Provisional with `consistency`: the result replaces them. */
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
  /** The tagger once it is loaded; before, whichever model was loaded last. */
  readonly model?: ModelInfo;
  /** Why the state is `failed`, as shown to the user. */
  readonly error?: string;
}

export interface Engine {
  readonly status: EngineStatus;
  /** @returns a function that stops listening. */
  onDidChangeStatus(listener: (status: EngineStatus) => void): () => void;
  /**
   * Loads the model of a task, the tagger if none is named, unless it is there.
   * @throws {BioBertError} when the folder or the runtime is unfit.
   */
  load(signal?: AbortSignal, task?: ModelTask): Promise<ModelInfo>;
  /** Tags a text, or a range of it. @throws {CancelledError} after `signal` aborts, {@link BioBertError} otherwise. */
  tag(request: TagRequest, options?: TagOptions): Promise<TagResult>;
  /** Forgets what it knows of a document (it was closed). */
  forget(document: string): void;
  /** Gives the memory back: what is under way is cancelled, the next request loads again. */
  unload(): Promise<void>;
  /** As {@link unload}, for good: what is under way or comes later is rejected with ENGINE_DISPOSED. */
  dispose(): Promise<void>;
}

export interface RelationsRequest {
  /** Names the document for the caches, as in {@link TagRequest}. */
  readonly document: string;
  readonly text: string;
  readonly format: DocumentFormat;
  /** Only segments that touch this range. Absent: all. */
  readonly range?: Span;
  /**
   * The mentions to relate, in document order: what a user has curated, or a corpus's gold. Absent: the engine tags
   * the text first.
   */
  readonly entities?: readonly Entity[];
  /** Where the engine tags: only mentions of these types are related. Absent: all that the tagger knows. */
  readonly entityTypes?: readonly EntityType[];
  /** Only these relations are returned. Absent: all that the model knows. */
  readonly types?: readonly RelationType[];
  /** Relations under it are left out. */
  readonly minProbability?: number;
  readonly priority?: 'interactive' | 'background';
}

export interface RelationsProgress {
  readonly done: number;
  readonly total: number;
  /** Found since the last report, in document order. */
  readonly relations: readonly Relation[];
}

export interface RelationsResult {
  /** In document order of the evidence. */
  readonly relations: readonly Relation[];
  readonly covered: Span;
  /** Pairs of mentions that were scored. */
  readonly pairs: number;
  /** Pairs of sentences with very many mentions that a model which reads each pair by itself was not asked about. */
  readonly unasked?: number | undefined;
  readonly model: ModelInfo;
}

export interface RelationsOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: RelationsProgress) => void;
}

/** What may be asked about relations. @throws as {@link Engine.tag}; MODEL_TASK_MISMATCH where the folder does another task. */
export interface RelationEngine {
  relations(request: RelationsRequest, options?: RelationsOptions): Promise<RelationsResult>;
}

export interface PassagesRequest {
  readonly document: string;
  readonly text: string;
  readonly format: DocumentFormat;
  /** Whether each passage comes with its embedding (needs the question model). Default false. */
  readonly embed?: boolean;
  readonly priority?: 'interactive' | 'background';
}

export interface PassagesResult {
  /** In document order. */
  readonly passages: readonly TextPassage[];
  /** One unit vector a passage, when asked for and the model makes them. */
  readonly embeddings?: readonly Float32Array[];
}

export interface EmbedRequest {
  readonly texts: readonly string[];
  readonly priority?: 'interactive' | 'background';
}

export interface AnswerRequest {
  readonly question: string;
  /** What to read, best first: plain prose, as {@link TextPassage.text}. */
  readonly passages: readonly { readonly text: string }[];
  /** Absent: recognised from the question's words. */
  readonly kind?: QuestionKind;
  /** Default 5, for a list question 30. */
  readonly maxAnswers?: number;
  /** Answers under it are left out. Default 0.1, for a list question the threshold of the model. */
  readonly minProbability?: number;
  /** Default `interactive`. */
  readonly priority?: 'interactive' | 'background';
}

export interface AnswerProgress {
  /** Passages read so far, and in all. */
  readonly read: number;
  readonly total: number;
  /** The ranking as it stands. */
  readonly answers: readonly PassageAnswer[];
}

export interface AnswerResult {
  readonly kind: QuestionKind;
  /** Most probable first; empty where nothing answers, and beside a verdict. */
  readonly answers: readonly PassageAnswer[];
  /** Present for `yesno` where the model gives verdicts; from others such a question is answered as any other. */
  readonly verdict?: Verdict | undefined;
  /** Probability that none of the passages answers; beside a verdict that of maybe. Absent: the model cannot say. */
  readonly noAnswer?: number | undefined;
  readonly read: number;
  readonly model: ModelInfo;
}

export interface AnswerOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: AnswerProgress) => void;
}

/**
 * What may be asked with a question. @throws as {@link Engine.tag}; QUESTION_EMPTY, QUESTION_TOO_LONG, PASSAGES_EMPTY,
 * MODEL_TASK_MISMATCH where the folder does another task.
 */
export interface QuestionEngine {
  /** Cuts a document into passages; with `embed`, ready to be searched by meaning. */
  passages(request: PassagesRequest, options?: { readonly signal?: AbortSignal }): Promise<PassagesResult>;
  /** One unit vector a text; cosine similarity is their inner product. @throws MODEL_WITHOUT_EMBEDDING */
  embed(request: EmbedRequest, options?: { readonly signal?: AbortSignal }): Promise<readonly Float32Array[]>;
  answer(request: AnswerRequest, options?: AnswerOptions): Promise<AnswerResult>;
}

/** All that the engine of the product can be asked. */
export interface BioBertEngine extends Engine, RelationEngine, QuestionEngine {}
