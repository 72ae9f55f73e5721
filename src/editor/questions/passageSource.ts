import type { TextPassage } from '../../core/types';
import type { Moment } from '../annotations/editLog';

/** A passage with the document that it is from. */
export interface SourcePassage {
  readonly document: string;
  readonly moment: Moment;
  readonly passage: TextPassage;
  /** Line of each sentence of the passage, counted from 1. */
  readonly sentenceLines: readonly number[];
}

export interface FoundPassages {
  /** Best first. */
  readonly passages: readonly SourcePassage[];
  /** Documents and passages that were searched. */
  readonly documents: number;
  readonly searched: number;
}

/** Where passages to read for a question come from. */
export interface PassageSource {
  /** @param limit The most passages that are read for one question. */
  find(question: string, limit: number, signal: AbortSignal): Promise<FoundPassages>;
}
