import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { Rpc } from '../../../protocol/rpc';
import type { ReviewFolder } from '../../../runtime/review/reviewFolder';
import { Disposable } from '../../dispose';
import { typeName } from '../../entities/typeLooks';
import { createPanelOnce } from '../../keptTabs';
import { logFailure } from '../../log';
import { problemNotice } from '../../notices';
import { type ReviewParts, screeningViewType } from '../../reviewAccess';
import { webviewPage } from '../../webviewPage';
import { webviewPort } from '../../webviewPort';
import { requiredFolder, type ReviewSession } from '../reviewSession';
import { FullTexts } from './fullTexts';
import { RecordNames } from './recordNames';
import { RecordRanker, type RankingClient } from './recordRanker';
import { ScreeningModel, type ScreeningModelParts } from './screeningModel';
import { ScreeningSession } from './screeningSession';

export interface ScreeningPanelParts {
  readonly parts: ReviewParts;
  readonly session: ReviewSession;
  /** Creates the client of the worker that ranks records. */
  readonly createRanking: () => RankingClient;
}

/**
 * The screening view in the editor area. VS Code destroys its page when it is hidden and creates a new one when it is
 * shown; each page gets its whole state from the extension host.
 */
export class ScreeningPanel extends Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private model: ScreeningModel | undefined;
  private page: ScreeningSession | undefined;

  constructor(private readonly parts: ScreeningPanelParts) {
    super();
    this._register({
      dispose: () => {
        this.panel?.dispose();
      },
    });
    const refresh = (): void => logFailure(this.refresh(), parts.parts.log, 'refreshing the screening view');
    this._register(parts.session.onDidChange(refresh));
  }

  /** Opens the view, or shows the one that is open. @throws {BioBertError} if the open folder has no review. */
  async show(): Promise<void> {
    const review = await this.parts.session.open();
    if (this.panel) {
      this.panel.reveal();
      return;
    }
    const kind = { viewType: screeningViewType, title: titleOf(review) };
    this.fill(createPanelOnce(kind, this.parts.parts.log), review);
  }

  /** Takes over a view that VS Code kept over a reload of the window; closes it if it cannot be filled. */
  async restore(panel: vscode.WebviewPanel): Promise<void> {
    const review = await this.parts.session.find().catch((error: unknown) => {
      void vscode.window.showErrorMessage(problemNotice(error).message);
    });
    if (!review || this.panel) panel.dispose();
    else this.fill(panel, review);
  }

  private fill(panel: vscode.WebviewPanel, review: ReviewFolder): void {
    const dist = vscode.Uri.joinPath(this.parts.parts.context.extensionUri, 'dist');
    const folders = ['screening', 'panel'].map((name) => vscode.Uri.joinPath(dist, name));
    panel.webview.options = { enableScripts: true, localResourceRoots: folders };
    this.panel = panel;
    this.model = new ScreeningModel(review, this.modelParts());
    this.startPage(panel);
    panel.onDidChangeViewState(() => {
      if (!panel.visible) this.endPage();
      else if (!this.page) this.startPage(panel);
    });
    panel.onDidDispose(() => this.close());
    panel.webview.html = pageOf(panel.webview, dist, titleOf(review));
  }

  private modelParts(): ScreeningModelParts {
    const { parts, session, createRanking } = this.parts;
    const { engine, settings, milestones, log } = parts;
    const folder = requiredFolder();
    return {
      reviewer: () => session.reviewer,
      ranker: new RecordRanker(createRanking, log),
      names: new RecordNames({
        engine,
        isShown: (type) => settings.isShown(type, folder),
        minProbability: () => settings.minProbability(folder),
        typeName,
      }),
      onWritten: () => {
        milestones.reach('screen');
        session.notify();
      },
    };
  }

  private startPage(panel: vscode.WebviewPanel): void {
    this.endPage();
    const { model } = this;
    if (!model) return;
    const { log, context } = this.parts.parts;
    const port = webviewPort(panel);
    const rpc = new Rpc(port, (problem) => log.warn(`Screening: ${problem}.`));
    const fullTexts = new FullTexts(context.workspaceState);
    this.page = new ScreeningSession(rpc, { model, fullTexts, log });
    this.page.register(port);
  }

  private endPage(): void {
    this.page?.dispose();
    this.page = undefined;
  }

  private close(): void {
    this.endPage();
    this.model?.dispose();
    this.model = undefined;
    this.panel = undefined;
  }

  private async refresh(): Promise<void> {
    const review = await this.parts.session.find();
    if (review) this.model?.refresh(review);
    else this.panel?.dispose();
  }
}

function titleOf({ state }: ReviewFolder): string {
  return state.settings.title || vscode.l10n.t('Screening');
}

function pageOf(webview: vscode.Webview, dist: vscode.Uri, title: string): string {
  const uri = (name: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(dist, 'screening', name)).toString();
  return webviewPage({
    script: uri('screening.js'),
    style: uri('screening.css'),
    source: webview.cspSource,
    nonce: randomBytes(16).toString('base64url'),
    language: vscode.env.language,
    title,
    root: 'screening',
  });
}
