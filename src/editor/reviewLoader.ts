import * as vscode from 'vscode';
import { reviewCommandIds } from './commandIds';
import { citationCompletion } from './citationCompletion';
import { registerCommand } from './commands/registerCommand';
import { Disposable } from './dispose';
import { bundlePath, loadBundle } from './loadBundle';
import { logFailure, type Log } from './log';
import {
  type Review,
  type ReviewAccess,
  type ReviewBundle,
  type ReviewParts,
  screeningViewType,
} from './reviewAccess';

const settingsFile = '.biobert/review.json';

/**
 * Registers the commands of the review and loads its bundle when it is first used. The context key `biobert.hasReview`
 * tells whether the open folder has a review.
 */
export class ReviewLoader extends Disposable implements ReviewAccess {
  private review: Review | undefined;
  private found = false;
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.changed.event;
  readonly ready: Promise<void>;

  /** @param parts Called when the bundle is loaded. */
  constructor(
    private readonly parts: () => ReviewParts,
    log: Log,
  ) {
    super();
    for (const id of Object.values(reviewCommandIds)) {
      this._register(registerCommand(id, log, (...args) => this.load().run(id, args)));
    }
    this._register({ dispose: () => this.review?.dispose() });
    const watcher = this._register(vscode.workspace.createFileSystemWatcher(`**/${settingsFile}`));
    const update = (): void => logFailure(this.update(), log, 'looking for a review');
    this._register(watcher.onDidCreate(update));
    this._register(watcher.onDidDelete(update));
    this._register(vscode.workspace.onDidChangeWorkspaceFolders(update));
    this._register(citationCompletion(this));
    this._register(
      vscode.window.registerWebviewPanelSerializer(screeningViewType, {
        deserializeWebviewPanel: (panel) => this.load().restoreScreening(panel),
      }),
    );
    this.ready = this.update();
    logFailure(this.ready, log, 'looking for a review');
  }

  get exists(): boolean {
    return this.found;
  }

  load(): Review {
    if (!this.review) {
      const parts = this.parts();
      this.review = (loadBundle(bundlePath(parts.context, 'review')) as ReviewBundle).createReview(parts);
      this._register(this.review.onDidChange(() => this.changed.fire()));
    }
    return this.review;
  }

  private async update(): Promise<void> {
    const found = await hasReview();
    if (found === this.found) return;
    this.found = found;
    await vscode.commands.executeCommand('setContext', 'biobert.hasReview', found);
    this.changed.fire();
  }
}

async function hasReview(): Promise<boolean> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  // The files of a review are read by Node.
  if (folder?.uri.scheme !== 'file') return false;
  return vscode.workspace.fs.stat(vscode.Uri.joinPath(folder.uri, settingsFile)).then(
    () => true,
    () => false,
  );
}
