import * as vscode from 'vscode';
import { Disposable } from '../dispose';
import { isReadable } from './documents';
import type { Settings } from '../settings';

/**
 * The document that is read, and those that are open. The focus may be in the panel: then it is the document that had
 * it last, as long as a tab shows it.
 */
export class Reading extends Disposable {
  private last: vscode.TextDocument | undefined;
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  /** Another document is read, or one was opened or closed. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly settings: Settings) {
    super();
    this.last = this.readable(vscode.window.activeTextEditor?.document);
    this._register(
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        const document = this.readable(editor?.document);
        if (!document || document === this.last) return;
        this.last = document;
        this.changed.fire();
      }),
    );
    this._register(
      vscode.workspace.onDidCloseTextDocument((document) => {
        if (document === this.last) this.last = undefined;
        this.changed.fire();
      }),
    );
    this._register(vscode.window.tabGroups.onDidChangeTabs(() => this.changed.fire()));
  }

  get document(): vscode.TextDocument | undefined {
    return this.last && !this.last.isClosed ? this.last : undefined;
  }

  /** In the order of their paths. */
  get open(): readonly vscode.TextDocument[] {
    const shown = new Set(
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .flatMap(({ input }) => (input instanceof vscode.TabInputText ? [input.uri.toString()] : [])),
    );
    return vscode.workspace.textDocuments
      .filter((document) => shown.has(document.uri.toString()) && this.readable(document))
      .sort((a, b) => (a.uri.path < b.uri.path ? -1 : 1));
  }

  private readable(document: vscode.TextDocument | undefined): vscode.TextDocument | undefined {
    return document && isReadable(document, this.settings.languages) ? document : undefined;
  }
}
