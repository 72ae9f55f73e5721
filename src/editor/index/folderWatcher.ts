import * as vscode from 'vscode';
import { Disposable } from '../dispose';

/** A save or a checkout changes several files at once; the callback waits until they are written. */
const settleMs = 2000;

export interface FolderWatcherParts {
  readonly isDocument: (uri: vscode.Uri) => boolean;
  /** Called at once for each document that was created, changed or deleted. */
  readonly onReport: (uri: vscode.Uri) => void;
  /** Called some time after the last report. */
  readonly onSettled: () => void;
}

/** Reports changes of the documents in the workspace folders. */
export class FolderWatcher extends Disposable {
  private watcher: vscode.FileSystemWatcher | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly parts: FolderWatcherParts) {
    super();
    this._register({ dispose: () => clearTimeout(this.timer) });
  }

  /** Has no effect if the watcher is running. */
  start(): void {
    if (this.watcher) return;
    this.watcher = this._register(vscode.workspace.createFileSystemWatcher('**/*'));
    const handle = (uri: vscode.Uri): void => {
      if (!this.parts.isDocument(uri)) return;
      this.parts.onReport(uri);
      this.schedule();
    };
    this._register(this.watcher.onDidCreate(handle));
    this._register(this.watcher.onDidChange(handle));
    this._register(this.watcher.onDidDelete(handle));
  }

  stop(): void {
    clearTimeout(this.timer);
    this.watcher?.dispose();
    this.watcher = undefined;
  }

  private schedule(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.parts.onSettled(), settleMs);
  }
}
