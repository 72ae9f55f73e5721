import type * as vscode from 'vscode';
import type { DocumentFormat, PublicationPlace, TextPassage } from '../../core/types';

export interface PaperPassage {
  readonly passage: TextPassage;
  /** Line of each sentence, counted from 1. */
  readonly sentenceLines: readonly number[];
}

/** A publication in a document, with its text. */
export interface Paper {
  readonly uri: vscode.Uri;
  readonly format: DocumentFormat;
  readonly publication: PublicationPlace;
  readonly passages: readonly PaperPassage[];
}
