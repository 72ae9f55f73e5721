import type { Evidence } from '../../core/curation/evidenceFile';
import type { RelevanceDecision } from '../../core/screening/ranker';
import type { ReviewRecord } from '../../core/review/reviewData';
import type { ReviewState } from '../../core/review/reviewState';
import type { DocumentFormat, Relation, TextPassage } from '../../core/types';
import type { AnswerResult, ConceptEntry, ModelInfo } from '../../protocol/engine';
import type { ModelTask } from '../../protocol/tasks';
import type { DocumentEntities } from '../folder/grouping';

/** How much of a folder is known. */
export interface FolderState {
  /** Number of documents in the folder. */
  readonly documents: number;
  /** Number of documents that the models have read. */
  readonly read: number;
  /** Documents that cannot be read, by their paths in the folder, with the reason. */
  readonly unreadable: readonly { readonly document: string; readonly reason: string }[];
}

/** A relation in a document of the folder, as the decisions of the user leave it. */
export interface FolderRelation {
  readonly document: string;
  readonly relation: Relation;
  /** The evidence without markup. */
  readonly sentence: string;
  /** Line in which the evidence starts, counted from 1. */
  readonly line: number;
  /** Whether a person accepted, changed or added it. */
  readonly isChecked: boolean;
}

/** A passage with its document. */
export interface FolderPassage {
  readonly document: string;
  readonly passage: TextPassage;
  /** Line of each sentence of the passage, counted from 1. */
  readonly sentenceLines: readonly number[];
}

/** The present text of a document. */
export interface FolderText {
  readonly text: string;
  readonly format: DocumentFormat;
  /** Whether the index is of this text. If not, its relations and passages may stand elsewhere by now. */
  readonly isIndexed: boolean;
}

export interface FolderAnswer {
  /** Undefined if the folder has no passages. */
  readonly result: AnswerResult | undefined;
  /** The passages that were read; the result names them by index. */
  readonly passages: readonly FolderPassage[];
  readonly papers: number;
  readonly otherDocuments: number;
}

/** The review of a folder. */
export interface FolderReview {
  readonly state: ReviewState;
  /** The name under which the decisions of the user are stored. */
  readonly reviewer: string;
  /**
   * Ids of the records without a decision, most relevant first.
   *
   * @returns undefined if they cannot be ranked.
   */
  readonly rank: (
    records: readonly ReviewRecord[],
    question: string,
    decisions: readonly RelevanceDecision[],
  ) => Promise<readonly string[] | undefined>;
}

/**
 * A folder of documents as the tools for assistants see it. The editor and the terminal each have one. Documents are
 * identified by their URIs.
 */
export interface FolderSource {
  /** Starts to read what is new or has changed, and waits a while for it. @returns how much is known then. */
  refresh(signal: AbortSignal): Promise<FolderState>;
  /** The documents of the folder, whether they were read or not. */
  documents(signal: AbortSignal): Promise<readonly string[]>;
  /**
   * The entities of the documents that were read, with the decisions of the user.
   *
   * @param only The documents that are asked for. Default: all.
   */
  entities(signal: AbortSignal, only?: ReadonlySet<string>): Promise<readonly DocumentEntities[]>;
  /** The relations of the documents that were read, with the decisions of the user, in any order. */
  relations(signal: AbortSignal): Promise<readonly FolderRelation[]>;
  /** The concepts that a text names. Without a terminology the list is empty. */
  concepts(text: string, signal: AbortSignal): Promise<readonly ConceptEntry[]>;
  ask(question: string, signal: AbortSignal): Promise<FolderAnswer>;
  /** The pinned sentences of the review. */
  evidence(signal: AbortSignal): Promise<readonly Evidence[]>;
  /** Undefined if the folder has no review. */
  review(signal: AbortSignal): Promise<FolderReview | undefined>;
  /** Undefined if the document cannot be read. */
  text(document: string, signal: AbortSignal): Promise<FolderText | undefined>;
  /** The prose of a text, without its markup. */
  prose(
    document: string,
    text: Pick<FolderText, 'text' | 'format'>,
    signal: AbortSignal,
  ): Promise<readonly TextPassage[]>;
  /** The model of a task. Undefined if none is installed. */
  model(task: ModelTask, signal: AbortSignal): Promise<ModelInfo | undefined>;
  /** The path of a document, relative to the folder, with forward slashes. */
  pathOf(document: string): string;
}
