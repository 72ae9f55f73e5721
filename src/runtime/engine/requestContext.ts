import type { QuestionConfig, QuestionModel } from '../../core/questions/questionModel';
import type { RelationConfig } from '../../core/relations/config';
import type { RelationModel } from '../../core/relations/score';
import type { Tokenizer } from '../../core/tokens/encode';
import type { Model, TaggerConfig } from '../../core/types';
import type { ModelInfo } from '../../protocol/engine';
import type { ModelTask } from '../../protocol/tasks';
import type { DocumentCache } from './documentCache';
import type { Caches } from './requestCaches';
import type { TermFinders } from './termFinders';
import type { LoadedTerminology } from './terminologySlot';

/** A loaded model of any task that has passed its test run. */
export interface Loaded<Config = unknown> {
  readonly info: ModelInfo;
  readonly config: Config;
  readonly tokenizer: Tokenizer;
  readonly maxTokensPerBatch?: number | undefined;
  release(): Promise<void>;
}

export type LoadedTagger = Model & Loaded<TaggerConfig>;
export type LoadedRelations = RelationModel & Loaded<RelationConfig>;
export type LoadedQuestions = QuestionModel & Loaded<QuestionConfig>;

/** The loaded model of each task. */
export interface LoadedModels {
  readonly 'token-classification': LoadedTagger;
  readonly 'relation-extraction': LoadedRelations;
  readonly 'question-answering': LoadedQuestions;
}

/** The parts of an engine that a running request uses. */
export interface RequestContext {
  readonly documents: DocumentCache;
  readonly caches: Caches;
  /** Maximum length of a text, in UTF-16 code units. Longer texts are refused. */
  readonly maxCharacters: number;
  /** Aborts when the caller cancels or the engine unloads. */
  readonly signal: AbortSignal;
  /** Whether the engine has a model for a task, loaded or not. */
  readonly has: (task: ModelTask) => boolean;
  /** Loads the model of a task if it is not loaded yet. */
  readonly load: <T extends ModelTask>(task: T) => Promise<LoadedModels[T]>;
  /** Loads the terminology if it is not loaded yet. The result is undefined if the engine has no terminology. */
  readonly terminology: () => Promise<LoadedTerminology | undefined>;
  readonly termFinders: TermFinders;
  /** Waits for the request's turn. It is awaited between two batches so that more urgent requests run first. */
  readonly turn: () => Promise<void>;
}
