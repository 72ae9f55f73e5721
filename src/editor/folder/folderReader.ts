/** The index of the workspace folders as commands use it. */
import type * as vscode from 'vscode';
import type { BioBertError } from '../../core/errors';
import type { ModelInfo } from '../../protocol/engine';
import type { IndexStats } from '../../protocol/indexMessages';
import type { PanelWork } from '../../protocol/panel';

export interface IndexState {
  stats: IndexStats;
  /** False after a run that was stopped or failed, until the next run has finished. */
  isUpToDate: boolean;
  /** The model that finds the relations; undefined before the first run in this window. */
  relationsModel: ModelInfo | undefined;
  /** Number of documents that the user leaves out, as the last run found them. */
  leftOut: number;
}

/** A document that cannot be read. */
export interface SkippedDocument {
  readonly uri: vscode.Uri;
  readonly error: BioBertError;
}

/** The result of a run. */
export interface IndexOutcome {
  /** Number of documents that have been read to their end, in this run or before. */
  readonly documents: number;
  /** Number of documents that the models had read before. */
  readonly unchanged: number;
  /** Number of documents that were read only in part, or not at all. */
  readonly unread: number;
  readonly skipped: readonly SkippedDocument[];
  readonly isCancelled: boolean;
  /** The reason why the run ended early; undefined if it did not, or if it was cancelled. */
  readonly error: Error | undefined;
}

export interface FolderReader {
  /** True if the index was created, in this window or earlier. */
  readonly exists: boolean;
  readonly state: Readonly<IndexState>;
  /** Undefined while nothing is running. */
  readonly work: PanelWork | undefined;
  /** Fires when statistics, work or notice changed. */
  readonly onDidChange: vscode.Event<void>;
  /** Indexes what has changed since the last run, or waits for the run in progress. */
  read(): Promise<IndexOutcome>;
  /** Cancels the run in progress. Documents that were finished stay in the index. */
  stop(): void;
  /** Deletes the index; the documents are not touched. */
  remove(): Promise<void>;
}
