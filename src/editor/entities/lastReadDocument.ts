import * as vscode from 'vscode';
import { Disposable } from '../dispose';
import { hasTab } from '../documents/tabs';

/** Tracks the document of the last active text editor. It stays the last one while the focus is in a panel or a page. */
export class LastReadDocument extends Disposable {
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.changed.event;
  private currentUri: vscode.Uri | undefined;

  constructor() {
    super();
    this._register(vscode.window.onDidChangeActiveTextEditor((editor) => this.follow(editor)));
    const { tabGroups } = vscode.window;
    const followActive = (): void => this.follow(vscode.window.activeTextEditor);
    this._register(tabGroups.onDidChangeTabs(({ closed }) => closed.length > 0 && followActive()));
    followActive();
  }

  get uri(): vscode.Uri | undefined {
    return this.currentUri;
  }

  /** The document; undefined after its last tab was closed. */
  get document(): vscode.TextDocument | undefined {
    const { currentUri } = this;
    if (!currentUri || !hasTab(currentUri)) return undefined;
    const name = currentUri.toString();
    return vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === name);
  }

  private follow(editor: vscode.TextEditor | undefined): void {
    // Output channels and debug consoles are text editors too, but not documents that a user reads.
    if (editor?.document.uri.scheme === 'output') return;
    const uri = editor?.document.uri ?? this.document?.uri;
    if (uri?.toString() === this.currentUri?.toString()) return;
    this.currentUri = uri;
    this.changed.fire();
  }
}
