import * as vscode from 'vscode';
import { Disposable } from '../dispose';

/** A save or a checkout changes several files at once; the callback waits until they are written. */
const settleMs = 2000;

const documentName = new RegExp(
  String.raw`\.(txt|text|md|markdown|tex|ltx|bib|xml|nxml|nbib|medline|ris|qmd|rmd)$`,
  'i',
);

/** Calls back some time after documents in the workspace folders were created, changed or deleted. */
export class FolderWatcher extends Disposable {
  private watcher: vscode.FileSystemWatcher | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly onChange: () => void) {
    super();
    this._register({ dispose: () => clearTimeout(this.timer) });
  }

  /** Has no effect if the watcher is running. */
  start(): void {
    if (this.watcher) return;
    this.watcher = this._register(vscode.workspace.createFileSystemWatcher('**/*'));
    const handle = (uri: vscode.Uri): void => {
      if (documentName.test(uri.path)) this.schedule();
    };
    this._register(this.watcher.onDidCreate(handle));
    this._register(this.watcher.onDidChange(handle));
    this._register(this.watcher.onDidDelete(handle));
  }

  stop(): void {
    this.watcher?.dispose();
    this.watcher = undefined;
  }

  private schedule(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.onChange(), settleMs);
  }
}
