import type { AskedQuestion } from '../../core/questions/askedQuestion';
import type { TextPassage } from '../../core/types';
import type { DocumentVersion } from '../annotations/editLog';

/** A passage with its document. */
export interface SourcePassage {
  readonly document: string;
  readonly version: DocumentVersion;
  readonly passage: TextPassage;
  /** Line of each sentence of the passage, counted from 1. */
  readonly sentenceLines: readonly number[];
}

export interface PassageSearchResult {
  /** The passages to read, best first. */
  readonly passages: readonly SourcePassage[];
  /** Number of papers that were searched. */
  readonly papers: number;
  /** Number of drafts, notes and other documents that were searched. */
  readonly otherDocuments: number;
  /** Number of passages that were searched. */
  readonly searched: number;
}

/** Retrieves the passages to read for a question. */
export interface PassageSource {
  /** @param limit Maximum number of passages to return. */
  find(question: AskedQuestion, limit: number, signal: AbortSignal): Promise<PassageSearchResult>;
  /**
   * Does work in the background that makes the next question faster. It is called after {@link find}, when the answer
   * is shown. Absent if there is no such work.
   */
  readonly prepareNextQuestion?: (signal: AbortSignal) => Promise<void>;
}
