import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Relation } from '../../core/types';
import { Rpc } from '../../protocol/rpc';
import { Disposable } from '../dispose';
import type { Logger } from '../log';
import { panelHtml } from './panelHtml';
import { PanelSession, type PanelModel } from './panelSession';
import { webviewPort } from './webviewPort';

export const panelViewId = 'biobert.panel';

export interface PanelViewParts {
  /** Made when the panel is first shown. */
  readonly model: () => PanelModel;
  /** Found so far, by the document's URI. */
  readonly relationsOf: (document: string) => readonly Relation[];
  readonly extensionUri: vscode.Uri;
  readonly log: Logger;
}

/**
 * The side panel's frame. Its page lives while it is on show: hiding ends it, showing makes another, which gets all
 * that it needs from the host.
 */
export class PanelView extends Disposable implements vscode.WebviewViewProvider {
  private session: PanelSession | undefined;
  /** Asked before the page was there. */
  private waiting: string | undefined;

  readonly relationsOf: PanelViewParts['relationsOf'];

  constructor(private readonly parts: PanelViewParts) {
    super();
    this.relationsOf = parts.relationsOf;
    this._register(vscode.window.registerWebviewViewProvider(panelViewId, this));
    this._register({ dispose: () => this.session?.dispose() });
  }

  async removeIndex(): Promise<void> {
    await this.parts.model().index.remove();
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    const folder = vscode.Uri.joinPath(this.parts.extensionUri, 'dist', 'panel');
    view.webview.options = { enableScripts: true, localResourceRoots: [folder] };
    this.begin(view);
    view.onDidChangeVisibility(() => {
      if (view.visible) this.begin(view);
      else this.end();
    });
    view.onDidDispose(() => this.end());
    view.webview.html = this.html(view.webview, folder);
  }

  /** Shows the panel and asks there; an empty question puts the caret into the box. */
  async ask(question: string): Promise<void> {
    this.waiting = question;
    await vscode.commands.executeCommand(`${panelViewId}.focus`);
    this.passOn();
  }

  private begin(view: vscode.WebviewView): void {
    this.end();
    const port = webviewPort(view);
    const rpc = new Rpc(port, (problem) => this.parts.log.warn(`Panel: ${problem}.`));
    this.session = new PanelSession(rpc, this.parts.model(), () => this.passOn());
    this.session.own(port);
  }

  private end(): void {
    this.session?.dispose();
    this.session = undefined;
  }

  private passOn(): void {
    if (this.waiting === undefined || !this.session?.isReady) return;
    this.session.ask(this.waiting);
    this.waiting = undefined;
  }

  private html(webview: vscode.Webview, folder: vscode.Uri): string {
    const uri = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString();
    return panelHtml({
      script: uri('panel.js'),
      style: uri('panel.css'),
      graphScript: uri('graph.js'),
      source: webview.cspSource,
      nonce: randomBytes(16).toString('base64url'),
      language: vscode.env.language,
      title: vscode.l10n.t('Relations and Questions'),
    });
  }
}
