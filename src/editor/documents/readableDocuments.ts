import * as vscode from 'vscode';
import { isOwnExport } from '../../core/curation/ownExports';
import type { PanelScope } from '../../protocol/panel';
import { Disposable } from '../dispose';
import { isReadable } from './documents';
import type { Settings } from '../settings';
import type { LeftOutFiles } from './leftOutFiles';
import { hasTab } from './tabs';

/** The scopes of the panel that consist of open documents. */
export type DocumentScope = Exclude<PanelScope, 'folder' | 'included'>;

/** The active document and all open documents in the user's languages. */
export class ReadableDocuments extends Disposable {
  private last: vscode.TextDocument | undefined;
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  /** Fires when another document becomes active, or one is opened or closed. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly settings: Settings,
    private readonly leftOut: Pick<LeftOutFiles, 'has' | 'onDidChange'>,
  ) {
    super();
    this._register(leftOut.onDidChange(() => this.changed.fire()));
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

  /** The document that had the focus last. It stays active while the focus is in the panel, until its last tab is closed. */
  get active(): vscode.TextDocument | undefined {
    return this.last && !this.last.isClosed && hasTab(this.last.uri) ? this.last : undefined;
  }

  /** The documents that are open in tabs and not left out by the user, in the order of their paths. */
  get open(): readonly vscode.TextDocument[] {
    const openUris = new Set(
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .flatMap(({ input }) => (input instanceof vscode.TabInputText ? [input.uri.toString()] : [])),
    );
    return vscode.workspace.textDocuments
      .filter(({ uri }) => openUris.has(uri.toString()) && !this.leftOut.has(uri))
      .filter((document) => this.readable(document) && !isOwnExport(beginningOf(document)))
      .sort((a, b) => (a.uri.path < b.uri.path ? -1 : 1));
  }

  inScope(scope: DocumentScope): readonly vscode.TextDocument[] {
    if (scope === 'open') return this.open;
    const { active } = this;
    return active ? [active] : [];
  }

  private readable(document: vscode.TextDocument | undefined): vscode.TextDocument | undefined {
    return document && isReadable(document, this.settings.languages) ? document : undefined;
  }
}

/** The first lines, by which a file that this program wrote is known. */
function beginningOf(document: vscode.TextDocument): string {
  return document.getText(new vscode.Range(0, 0, 2, 0));
}
