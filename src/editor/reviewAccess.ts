/**
 * The part of the review that the extension uses. The code of the review is a bundle of its own, which is loaded when the
 * review is first used: nobody who only reads should wait for it.
 */
import type * as vscode from 'vscode';
import type { CitedEvidence } from '../core/curation/citedEvidence';
import type { Evidence } from '../core/curation/evidenceFile';
import type { KeyedPublications } from '../core/records/publicationKeys';
import type { BibliographyAddition } from '../core/review/draftBibliography';
import type { Citation } from '../core/review/findCitations';
import type { DocumentFormat } from '../core/types';
import type { ReviewCommandId } from './commandIds';
import type { CommandParts } from './commands/parts';
import type { DisposableLike } from './dispose';
import type { Paper } from './questions/paper';

export type ReviewParts = CommandParts;

/** The type of the screening view, by which VS Code knows it after a reload of the window. */
export const screeningViewType = 'biobert.screening';

/** The review of the open folder. */
export interface Review extends DisposableLike {
  /** Fires after each change of the review. */
  readonly onDidChange: vscode.Event<void>;
  run(command: ReviewCommandId, args: readonly unknown[]): Promise<void>;
  /** Fills the screening view of an earlier window, and closes it if there is no review any more. */
  restoreScreening(panel: vscode.WebviewPanel): Promise<void>;
  /** The publications that are included so far. None without a review. */
  includedPublications(): Promise<KeyedPublications>;
  /** The names of the publications of all records, `Kaplan 2019, Title`, by the keys that `keysOfRecord` gives. */
  publicationNames(): Promise<ReadonlyMap<string, string>>;
  /**
   * The records that match what the user has typed of a key, a name or a title, the best first.
   *
   * @param typed Empty for any record.
   */
  citations(typed: string, limit: number): Promise<readonly Citation[]>;
  /** Returns what is to be inserted with the first citation of a draft, so that it names the bibliography. */
  bibliographyAddition(draft: vscode.TextDocument): Promise<BibliographyAddition | undefined>;
  /**
   * Gives evidence the citation keys of the review and author, year and title of its publications. Without a review they
   * come from the documents.
   */
  cite(evidence: readonly Evidence[]): Promise<CitedEvidence>;
  /**
   * Reads papers with their passages: those of documents, all publications of the folder, or those of the records that the
   * review includes so far.
   *
   * @throws {CancelledError} after the signal aborts.
   */
  papers(
    where: readonly vscode.Uri[] | 'folder' | 'included',
    signal: AbortSignal,
  ): Promise<readonly Paper[]>;
  /** Identifies the files from which the review was imported, on which {@link repeats} depends. Empty without a review. */
  sourcesKey(): Promise<string>;
  /** Whether a file of records says nothing that the files from which the review was imported do not say. */
  repeats(document: vscode.Uri, text: string, format: DocumentFormat): Promise<boolean>;
}

/** The review as the other parts of the extension see it, whether there is one or not. */
export interface ReviewAccess {
  /** Whether the open folder has a review; false until {@link ready}. */
  readonly exists: boolean;
  readonly ready: Promise<void>;
  /** Fires when a review begins or is gone, and after changes of one that was found. */
  readonly onDidChange: vscode.Event<void>;
  /** Loads the bundle of the review, also if the folder has no review. */
  load(): Review;
}

/** The exports of `dist/review.js`. */
export interface ReviewBundle {
  createReview(parts: ReviewParts): Review;
}
