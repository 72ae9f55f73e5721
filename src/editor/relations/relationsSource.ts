import type * as vscode from 'vscode';
import type { ModelInfo } from '../../protocol/engine';
import type { PanelNotice, PanelWork } from '../../protocol/panel';
import type { RelationList } from './relationList';

/** Where the panel's relations come from: open documents, or the indexed folder. */
export interface RelationsSource {
  readonly list: RelationList;
  /** Work, notice or summary are others. */
  readonly onDidChange: vscode.Event<void>;
  readonly work: PanelWork | undefined;
  readonly notice: PanelNotice | undefined;
  /** What is listed, in words. */
  readonly summary: string;
  /** That found it; undefined before anything was. */
  readonly model: ModelInfo | undefined;
  /** Nobody looks any more. */
  unfollow(): void;
  /** The reader asks for relations. */
  find(): void;
  stop(): void;
}
