import * as vscode from 'vscode';
import { entityAt } from '../annotations/entityLookup';
import { toOffset } from '../convert';
import { Disposable } from '../dispose';
import { logFailure, type Logger } from '../log';
import type { Settings } from '../settings';
import type { EntitySource } from './entitySource';

const updateMs = 100;

/** Sets the context keys that `when` clauses in package.json use. Only changed values are sent to VS Code. */
export class ContextKeys extends Disposable {
  private readonly lastValues = new Map<string, string>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly source: EntitySource,
    private readonly settings: Settings,
    private readonly log: Logger,
  ) {
    super();
    this._register(source.onDidChange(() => this.updateSoon()));
    this._register({ dispose: () => clearTimeout(this.timer) });
    this._register(vscode.window.onDidChangeActiveTextEditor(() => this.update()));
    this._register(vscode.window.onDidChangeTextEditorSelection(() => this.update()));
    this._register(settings.onDidChange(() => this.update()));
    this.update();
  }

  set(key: string, value: boolean | readonly string[]): void {
    const serialized = JSON.stringify(value);
    if (this.lastValues.get(key) === serialized) return;
    this.lastValues.set(key, serialized);
    logFailure(vscode.commands.executeCommand('setContext', key, value), this.log, `setting ${key}`);
  }

  /** Delayed, because entities change at each key press and with each batch of results. */
  private updateSoon(): void {
    this.timer ??= setTimeout(() => this.update(), updateMs);
  }

  private update(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const editor = vscode.window.activeTextEditor;
    // An output channel is not a document: the keys of the previous document stay set.
    if (editor?.document.uri.scheme === 'output') return;
    const entities = (editor && this.source.get(editor.document.uri)?.entities) ?? [];
    const caret = editor && toOffset(editor.document, editor.selection.active);
    this.set('biobert.hasEntities', entities.length > 0);
    this.set('biobert.caretInEntity', caret !== undefined && entityAt(entities, caret) !== undefined);
    this.set('biobert.hasFolderEntities', this.source.size > 1);
    this.set('biobert.languages', this.settings.languages);
  }
}
