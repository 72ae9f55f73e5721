import * as vscode from 'vscode';
import { entityAt } from '../annotations/find';
import { toOffset } from '../convert';
import { Disposable } from '../dispose';
import { logFailure, type Logger } from '../log';
import type { Settings } from '../settings';
import type { EntitySource } from './source';

const updateMs = 100;

/** What when-clauses of the manifest may ask; tells the editor only what changed. */
export class ContextKeys extends Disposable {
  private readonly told = new Map<string, string>();
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
    const shown = JSON.stringify(value);
    if (this.told.get(key) === shown) return;
    this.told.set(key, shown);
    logFailure(vscode.commands.executeCommand('setContext', key, value), this.log, `setting ${key}`);
  }

  /** Mentions change at each key and with each batch of results. */
  private updateSoon(): void {
    this.timer ??= setTimeout(() => this.update(), updateMs);
  }

  private update(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const editor = vscode.window.activeTextEditor;
    // While an output channel has the focus, the document beside it is still the one that is read.
    if (editor?.document.uri.scheme === 'output') return;
    const entities = (editor && this.source.get(editor.document.uri)?.entities) ?? [];
    const caret = editor && toOffset(editor.document, editor.selection.active);
    this.set('biobert.hasEntities', entities.length > 0);
    this.set('biobert.caretInEntity', caret !== undefined && entityAt(entities, caret) !== undefined);
    this.set('biobert.hasFolderEntities', this.source.size > 1);
    this.set('biobert.languages', this.settings.languages);
  }
}
