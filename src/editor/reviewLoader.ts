import { createRequire } from 'node:module';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { reviewCommandIds } from './commandIds';
import { registerCommand } from './commands/registerCommand';
import { Disposable } from './dispose';
import { logFailure } from './log';
import type { Review, ReviewBundle, ReviewParts } from './reviewAccess';

const settingsFile = '.biobert/review.json';

/**
 * Registers the commands of the review and loads its bundle when one of them is first used. The context key
 * `biobert.hasReview` tells whether the open folder has a review.
 */
export class ReviewLoader extends Disposable {
  private review: Review | undefined;

  constructor(private readonly parts: ReviewParts) {
    super();
    for (const id of Object.values(reviewCommandIds)) {
      this._register(registerCommand(id, parts.log, (...args) => this.load().run(id, args)));
    }
    this._register({ dispose: () => this.review?.dispose() });
    const watcher = this._register(vscode.workspace.createFileSystemWatcher(`**/${settingsFile}`));
    const update = (): void => logFailure(updateContext(), parts.log, 'looking for a review');
    this._register(watcher.onDidCreate(update));
    this._register(watcher.onDidDelete(update));
    this._register(vscode.workspace.onDidChangeWorkspaceFolders(update));
    update();
  }

  /** The review of the open folder if it has one. Its bundle is not loaded otherwise. */
  async find(): Promise<Review | undefined> {
    return (await hasReview()) ? this.load() : undefined;
  }

  private load(): Review {
    return (this.review ??= bundleOf(this.parts.context).createReview(this.parts));
  }
}

function bundleOf(context: vscode.ExtensionContext): ReviewBundle {
  const file = context.asAbsolutePath(path.join('dist', 'review.js'));
  return createRequire(file)(file) as ReviewBundle;
}

async function updateContext(): Promise<void> {
  await vscode.commands.executeCommand('setContext', 'biobert.hasReview', await hasReview());
}

async function hasReview(): Promise<boolean> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!folder) return false;
  return vscode.workspace.fs.stat(vscode.Uri.joinPath(folder.uri, settingsFile)).then(
    () => true,
    () => false,
  );
}
