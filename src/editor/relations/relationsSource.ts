import type * as vscode from 'vscode';
import type { ModelInfo } from '../../protocol/engine';
import type { PanelNotice, PanelWork } from '../../protocol/panel';
import type { RelationList } from './relationList';

/** A source of relations for the panel: the open documents or the indexed folder. */
export interface RelationsSource {
  readonly list: RelationList;
  /** Fires when `work`, `notice` or `summary` changed. Changes of the list have their own event. */
  readonly onDidChange: vscode.Event<void>;
  readonly work: PanelWork | undefined;
  readonly notice: PanelNotice | undefined;
  /** Describes the list in words: documents, model, state. */
  readonly summary: string;
  /** The model that found the listed relations; undefined before the first result. */
  readonly model: ModelInfo | undefined;
  /** Stops updating the list. Called when the panel is hidden or another scope is chosen. */
  unfollow(): void;
  /** Finds relations. Called when the user asks for them. */
  find(): void;
  /** Cancels the current run. */
  stop(): void;
}
