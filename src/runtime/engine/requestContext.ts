import { createSpanCache, createTextCache } from '../../core/entities/spanCache';
import type { QuestionConfig, QuestionModel } from '../../core/questions/types';
import type { RelationConfig } from '../../core/relations/config';
import type { DecodedRelation } from '../../core/relations/decode';
import type { RelationModel } from '../../core/relations/score';
import type { Tokenizer } from '../../core/tokens/encode';
import type { Model, TaggerConfig } from '../../core/types';
import type { ModelInfo } from '../../protocol/engine';
import type { ModelTask } from '../../protocol/tasks';
import type { DocumentCache } from './documentCache';

/** A model of any task that has been run once. */
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

/** Earlier findings, by the task of the model that made them. They stay true for as long as that model is the same. */
export function createCaches() {
  return {
    'token-classification': createSpanCache(),
    'relation-extraction': createTextCache<DecodedRelation>(),
    'question-answering': createTextCache<Float32Array>(),
  };
}

/** What an engine gives to a request while it runs. */
export interface RequestContext {
  readonly documents: DocumentCache;
  readonly caches: ReturnType<typeof createCaches>;
  /** Longer texts are refused. UTF-16 code units. */
  readonly maxCharacters: number;
  /** Aborts when the caller cancels or the engine unloads. */
  readonly signal: AbortSignal;
  /** Loads the model of a task unless it is loaded. */
  readonly load: <T extends ModelTask>(task: T) => Promise<LoadedModels[T]>;
  /** Awaited between two batches, so that more urgent requests overtake this one. */
  readonly turn: () => Promise<void>;
}
