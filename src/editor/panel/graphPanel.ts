import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { Rpc } from '../../protocol/rpc';
import { Disposable } from '../dispose';
import { createPanelOnce } from '../keptTabs';
import type { Logger } from '../log';
import { webviewPage } from '../webviewPage';
import { webviewPort } from '../webviewPort';
import type { PanelModel } from './panelModel';
import { PanelSession } from './panelSession';
import type { SharedFilter } from './sharedFilter';

/** The type of the view, by which VS Code knows it after a reload of the window. */
export const graphViewType = 'biobert.graph';

export interface GraphPanelParts {
  /** Returns the model of the side panel; called when the graph is first shown. */
  readonly model: () => PanelModel;
  readonly filter: SharedFilter;
  readonly extensionUri: vscode.Uri;
  readonly log: Logger;
}

/**
 * The graph of relations in the editor area, with the scope and the filter of the side panel. VS Code destroys its page
 * when it is hidden and creates a new one when it is shown; each page gets its whole state from the extension host.
 */
export class GraphPanel extends Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private session: PanelSession | undefined;

  constructor(private readonly parts: GraphPanelParts) {
    super();
    this._register({
      dispose: () => {
        this.panel?.dispose();
      },
    });
    this._register(
      vscode.window.registerWebviewPanelSerializer(graphViewType, {
        deserializeWebviewPanel: (panel) => {
          if (this.panel) panel.dispose();
          else this.fill(panel);
          return Promise.resolve();
        },
      }),
    );
  }

  /** Opens the graph, or shows the one that is open. */
  show(): void {
    if (this.panel) {
      this.panel.reveal();
      return;
    }
    const kind = { viewType: graphViewType, title: vscode.l10n.t('Graph of Relations') };
    this.fill(createPanelOnce(kind, this.parts.log));
  }

  private fill(panel: vscode.WebviewPanel): void {
    const dist = vscode.Uri.joinPath(this.parts.extensionUri, 'dist');
    const folders = ['graph', 'panel'].map((name) => vscode.Uri.joinPath(dist, name));
    panel.webview.options = { enableScripts: true, localResourceRoots: folders };
    this.panel = panel;
    this.startSession(panel);
    panel.onDidChangeViewState(() => {
      if (!panel.visible) this.endSession();
      else if (!this.session) this.startSession(panel);
    });
    panel.onDidDispose(() => {
      this.endSession();
      this.panel = undefined;
    });
    panel.webview.html = pageOf(panel.webview, dist, panel.title);
  }

  private startSession(panel: vscode.WebviewPanel): void {
    this.endSession();
    const { model, filter, log } = this.parts;
    const port = webviewPort(panel);
    const rpc = new Rpc(port, (problem) => log.warn(`Graph: ${problem}.`));
    this.session = new PanelSession({
      ...{ rpc, model: model(), filter, isGraph: true },
      openGraph: () => this.show(),
      onReady: () => undefined,
    });
    this.session.register(port);
  }

  private endSession(): void {
    this.session?.dispose();
    this.session = undefined;
  }
}

function pageOf(webview: vscode.Webview, dist: vscode.Uri, title: string): string {
  const uri = (name: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(dist, 'graph', name)).toString();
  return webviewPage({
    script: uri('graph.js'),
    style: uri('graph.css'),
    source: webview.cspSource,
    nonce: randomBytes(16).toString('base64url'),
    language: vscode.env.language,
    title,
    root: 'graph',
  });
}
