import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Relation } from '../../core/types';
import { Rpc } from '../../protocol/rpc';
import { Disposable } from '../dispose';
import type { Logger } from '../log';
import { webviewPage } from '../webviewPage';
import { webviewPort } from '../webviewPort';
import type { GraphPanel } from './graphPanel';
import type { PanelModel } from './panelModel';
import { PanelSession } from './panelSession';
import type { SharedFilter } from './sharedFilter';

export const panelViewId = 'biobert.panel';

export interface PanelViewParts {
  /** Returns the model; called when the panel is first shown. */
  readonly model: () => PanelModel;
  /** Returns the relations found so far in a document, given `uri.toString()`. */
  readonly relationsOf: (document: string) => readonly Relation[];
  /** The graph in an editor. */
  readonly graph: GraphPanel;
  readonly filter: SharedFilter;
  readonly extensionUri: vscode.Uri;
  readonly log: Logger;
}

/**
 * The view of the side panel. VS Code destroys the page when the panel is hidden and creates a new one when it is
 * shown; each page gets its whole state from the extension host.
 */
export class PanelView extends Disposable implements vscode.WebviewViewProvider {
  private session: PanelSession | undefined;
  /** A question to send to the page as soon as it is ready. */
  private pendingQuestion: string | undefined;

  readonly relationsOf: PanelViewParts['relationsOf'];

  constructor(private readonly parts: PanelViewParts) {
    super();
    this.relationsOf = parts.relationsOf;
    this._register(vscode.window.registerWebviewViewProvider(panelViewId, this));
    this._register({ dispose: () => this.session?.dispose() });
  }

  /** Opens the graph of relations in an editor, or shows the one that is open. */
  openGraph(): void {
    this.parts.graph.show();
  }

  async exportEvidence(format?: unknown): Promise<void> {
    const { evidence } = this.parts.model();
    await evidence.load();
    await evidence.export(format);
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    const folder = vscode.Uri.joinPath(this.parts.extensionUri, 'dist', 'panel');
    view.webview.options = { enableScripts: true, localResourceRoots: [folder] };
    this.startSession(view);
    view.onDidChangeVisibility(() => {
      if (view.visible) this.startSession(view);
      else this.endSession();
    });
    view.onDidDispose(() => this.endSession());
    view.webview.html = this.html(view.webview, folder);
  }

  /** Shows the panel and asks a question; an empty question moves the focus to the input box. */
  async ask(question: string): Promise<void> {
    this.pendingQuestion = question;
    await vscode.commands.executeCommand(`${panelViewId}.focus`);
    this.sendPendingQuestion();
  }

  private startSession(view: vscode.WebviewView): void {
    this.endSession();
    const port = webviewPort(view);
    const rpc = new Rpc(port, (problem) => this.parts.log.warn(`Panel: ${problem}.`));
    const { model, filter, graph } = this.parts;
    this.session = new PanelSession({
      ...{ rpc, model: model(), filter, isGraph: false },
      openGraph: () => graph.show(),
      onReady: () => this.sendPendingQuestion(),
    });
    this.session.register(port);
  }

  private endSession(): void {
    this.session?.dispose();
    this.session = undefined;
  }

  private sendPendingQuestion(): void {
    if (this.pendingQuestion === undefined || !this.session?.isReady) return;
    this.session.ask(this.pendingQuestion);
    this.pendingQuestion = undefined;
  }

  private html(webview: vscode.Webview, folder: vscode.Uri): string {
    const uri = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString();
    return webviewPage({
      script: uri('panel.js'),
      style: uri('panel.css'),
      graphScript: uri('graph.js'),
      source: webview.cspSource,
      nonce: randomBytes(16).toString('base64url'),
      language: vscode.env.language,
      title: vscode.l10n.t('Ask and Relations'),
      root: 'panel',
    });
  }
}
