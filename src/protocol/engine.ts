/**
 * The contract of an engine, whichever process it runs in. `runtime/engine/engine.ts` answers in this process and
 * `runtime/process/childEngine.ts` passes the same requests to a forked one; the contract tests run the same cases on both.
 * Progress and results are those of the stages in `core`, with the model and the covered range added.
 */
import type { Unread } from '../core/documents/coverage';
import type { Simplification } from '../core/documents/simplified';
import type { FoundConcept } from '../core/linking/findConcepts';
import type { TaggerResult, TaggerProgress } from '../core/entities/pipeline';
import type { ReadProgress, ReadRequest, ReadResult } from '../core/questions/reader';
import type { RelateResult, RelateProgress } from '../core/relations/relate';
import type {
  DocumentFormat,
  PublicationPlace,
  Entity,
  EntityType,
  Measured,
  RelationType,
  Span,
  TextPassage,
  UserTerm,
} from '../core/types';
import type { RequestOptions } from './rpc';
import type { ModelTask } from './tasks';

/** The abilities of a question model beyond finding spans. Imported models often lack some of them. */
export interface QuestionAbilities {
  /** Whether it decides yes-no questions. */
  readonly verdicts: boolean;
  /** Whether it makes embeddings, which a search by meaning needs. */
  readonly embeddings: boolean;
  /** Whether it can tell that a passage does not answer the question. */
  readonly noAnswer: boolean;
}

/** Identifies the model behind a result, for hovers, exports and reports. */
export interface ModelInfo {
  readonly name: string;
  readonly version: string;
  readonly task: ModelTask;
  readonly types: readonly EntityType[];
  readonly measured: readonly Measured[];
  readonly license: string;
  /** SHA-256 of `model.onnx`, in hexadecimal. */
  readonly hash: string;
  /** SHA-256 of the files beside `model.onnx` that decide the result: manifest, labels, tokenizer, graph of embeddings. */
  readonly configHash: string;
  /** `open-inference`: a server that the user has set up runs the model. */
  readonly runtime: 'onnxruntime-node' | 'onnxruntime-web' | 'open-inference';
  /** Undefined for models of other tasks. */
  readonly questions?: QuestionAbilities | undefined;
}

/** `interactive` (a hover) overtakes `background` (a folder) between two batches. */
export type Priority = 'interactive' | 'background';

/** A request about the text of a document. */
interface DocumentRequest {
  /** Identifies the document in the caches: a URI, or a file name on the command line. */
  readonly document: string;
  /** The whole text. The engine keeps earlier parses and inferences and repeats only what changed. */
  readonly text: string;
  readonly format: DocumentFormat;
  /** Default: `background`. */
  readonly priority?: Priority;
}

export interface TagRequest extends DocumentRequest {
  /** Only segments that touch this range of the document are tagged. Default: all segments. */
  readonly range?: Span;
  /** Only these types are returned. Default: all types of the model. */
  readonly types?: readonly EntityType[];
  /** Less probable entities are left out. Default: `defaultMinProbability` of the pipeline. */
  readonly minProbability?: number;
  /**
   * Whether a name is treated alike in the whole document: one type, and either all or no occurrences are tagged.
   * Default: true.
   */
  readonly consistency?: boolean;
  /** Whether mentions are linked to concepts of the terminology, if there is one. Default: true. */
  readonly link?: boolean;
  /** Terms of the user. They are marked wherever they stand, and linked. Default: none. */
  readonly terms?: readonly UserTerm[];
}

/** The terminology behind the links of a result. */
export interface TerminologyInfo {
  readonly name: string;
  readonly version: string;
}

/** The part of a result that tells how the document was read. */
export interface ReadingReport {
  /** Parts that were read without some of their markup. Default: none. */
  readonly simplified?: readonly Simplification[] | undefined;
  /** Shares of the document that were not read. Undefined for a request about a range of it. */
  readonly unread?: readonly Unread[] | undefined;
}

/** The part of a result that names the covered range and the model. */
interface ResultSource extends ReadingReport {
  /** The range of the document that the result replaces: the requested range, widened to whole segments. */
  readonly covered: Span;
  readonly model: ModelInfo;
  /** Undefined if there is no terminology, or mentions were not to be linked: then no mention has concepts. */
  readonly terminology?: TerminologyInfo | undefined;
}

export interface TagResult extends TaggerResult, ResultSource {
  /** The publication that holds the requested range, if the document has several. Undefined without a range. */
  readonly paper?: Span | undefined;
}

export interface RelationsRequest extends DocumentRequest {
  /** Only segments that touch this range are read. Default: all segments. */
  readonly range?: Span;
  /**
   * The mentions to relate, in document order, for example entities that a user has curated or the gold mentions of a
   * corpus. They keep the concepts that they have. Default: the engine tags the text first.
   */
  readonly entities?: readonly Entity[];
  /** If the engine tags the text, only mentions of these types are related. Default: all types of the tagger. */
  readonly entityTypes?: readonly EntityType[];
  /** Only relations of these types are returned. Default: all types of the model. */
  readonly types?: readonly RelationType[];
  /** Less probable relations are left out. Default: the threshold of each head. */
  readonly minProbability?: number;
  /** As in {@link TagRequest}, for a text that the engine tags first. */
  readonly link?: boolean;
  /** As in {@link TagRequest}, for a text that the engine tags first. */
  readonly terms?: readonly UserTerm[];
}

export interface RelationsResult extends RelateResult, ResultSource {}

export interface PassagesRequest extends DocumentRequest {
  /** Whether an embedding is computed for each passage, which needs the question model. Default: false. */
  readonly embed?: boolean;
}

export interface PassagesResult extends ReadingReport {
  /** In document order. */
  readonly passages: readonly TextPassage[];
  /** The publications in the document, in its order; they cover it. Default: the whole document is one. */
  readonly publications?: readonly PublicationPlace[] | undefined;
  /** One unit vector for each passage. Undefined if not requested, or if the model has no embeddings. */
  readonly embeddings?: readonly Float32Array[];
}

export interface EmbedRequest {
  readonly texts: readonly string[];
  /** Default: `background`. */
  readonly priority?: Priority;
}

/** A question and the passages to read for it: plain prose, best first. */
export interface AnswerRequest extends Omit<ReadRequest, 'explain'> {
  /** Default: `interactive`. */
  readonly priority?: Priority;
}

export interface AnswerResult extends ReadResult {
  readonly model: ModelInfo;
}

/** Looks up concepts by name, for a choice between concepts or to find all names of what a question asks about. */
export interface ConceptsRequest {
  readonly text: string;
  /**
   * `name`: the text is one name; concepts with this name come first, then those whose names begin with it. `mentions`:
   * concepts that are named somewhere in the text, in its order.
   */
  readonly match: 'name' | 'mentions';
  /** Only concepts of this type are returned. Default: all types. */
  readonly type?: EntityType;
  /** Maximum number of concepts. Default: 20. */
  readonly limit?: number;
  /** Default: `interactive`. */
  readonly priority?: Priority;
}

/** A concept with its names. */
export type ConceptEntry = FoundConcept;

export interface ConceptsResult {
  /** Undefined if there is no terminology; then nothing is found. */
  readonly terminology: TerminologyInfo | undefined;
  readonly concepts: readonly ConceptEntry[];
}

/** One method of an engine: its request, its result, and the progress that it reports. */
interface Call<Request, Result, Progress = never> {
  readonly request: Request;
  readonly result: Result;
  readonly progress: Progress;
}

/**
 * The requests of an engine by method. {@link EngineMethods} derives the methods from this table; so do the handlers of
 * both engines and of the process between them.
 *
 * All throw {@link CancelledError} after their signal aborts, and {@link BioBertError} otherwise: MODEL_NOT_FOUND without a
 * folder for the task, MODEL_TASK_MISMATCH for the folder of another task.
 */
export interface EngineCalls {
  /** Tags a text, or a range of it. With `consistency` progress is provisional: the result replaces it. */
  readonly tag: Call<TagRequest, TagResult, TaggerProgress>;
  /** Relates the mentions of a text. */
  readonly relations: Call<RelationsRequest, RelationsResult, RelateProgress>;
  /** Splits a document into passages, with embeddings if `embed` is true. */
  readonly passages: Call<PassagesRequest, PassagesResult>;
  /** One unit vector for each text; cosine similarity is their inner product. @throws MODEL_WITHOUT_EMBEDDING */
  readonly embed: Call<EmbedRequest, readonly Float32Array[]>;
  /** Answers a question. @throws QUESTION_EMPTY, QUESTION_TOO_LONG, PASSAGES_EMPTY */
  readonly answer: Call<AnswerRequest, AnswerResult, ReadProgress>;
  /** Looks up concepts of the terminology. It needs no model. */
  readonly concepts: Call<ConceptsRequest, ConceptsResult>;
}

export type EngineMethod = keyof EngineCalls;
export type EngineRequest<M extends EngineMethod> = EngineCalls[M]['request'];
export type EngineResult<M extends EngineMethod> = EngineCalls[M]['result'];
export type CallOptions<M extends EngineMethod> = RequestOptions<EngineCalls[M]['progress']>;

/** The methods of an engine that are requests to a model. */
export type EngineMethods = {
  readonly [M in EngineMethod]: (
    request: EngineRequest<M>,
    options?: CallOptions<M>,
  ) => Promise<EngineResult<M>>;
};

export type RelationEngine = Pick<EngineMethods, 'relations'>;
export type QuestionEngine = Pick<EngineMethods, 'passages' | 'embed' | 'answer'>;
export type ConceptEngine = Pick<EngineMethods, 'concepts'>;

export type EngineState = 'idle' | 'loading' | 'ready' | 'working' | 'failed';

export interface EngineStatus {
  readonly state: EngineState;
  /** Resident memory of the process that holds the models, in bytes. Undefined while no such process runs. */
  readonly memoryBytes?: number;
  /** The tagger if it is loaded, otherwise the model that was loaded last. */
  readonly model?: ModelInfo;
  /** Present if the native runtime crashed and WebAssembly, which is slower, takes its place for now. */
  readonly isFallback?: true;
  /** The reason for the state `failed`, as shown to the user. */
  readonly error?: string;
}

export interface Engine extends Pick<EngineMethods, 'tag'> {
  readonly status: EngineStatus;
  /** @returns a function that stops listening. */
  onDidChangeStatus(listener: (status: EngineStatus) => void): () => void;
  /**
   * Loads the model of a task unless it is loaded. Default: the tagger.
   * @throws {BioBertError} if the folder or the runtime cannot be used.
   */
  load(signal?: AbortSignal, task?: ModelTask): Promise<ModelInfo>;
  /** Drops the caches of a document that was closed. */
  forget(document: string): void;
  /** Frees the memory. Running requests are cancelled; the next request loads the models again. */
  unload(): Promise<void>;
  /** Like {@link unload}, but permanent: running and later requests are rejected with ENGINE_DISPOSED. */
  dispose(): Promise<void>;
}

/** The engine of the product, with every request. */
export interface BioBertEngine extends Engine, EngineMethods {}
