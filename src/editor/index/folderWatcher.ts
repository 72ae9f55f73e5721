import * as path from 'node:path';
import * as vscode from 'vscode';
import { isInOwnFolder } from '../../core/curation/ownFolder';
import { Disposable } from '../dispose';
import { documentOfFile } from '../documents/paperUri';
import { supportedExtensions } from '../documents/supportedFiles';

/** A save or a checkout changes several files at once; the callback waits until they are written. */
const settleMs = 2000;

/** Calls back some time after documents in the workspace folders were created, changed or deleted. */
export class FolderWatcher extends Disposable {
  /**
   * Names of documents that were written since their text was last read: the reader removes them. Their times and sizes
   * may be the same as before.
   */
  readonly written = new Set<string>();
  /** Extensions of documents, without their point. */
  private extensions: ReadonlySet<string> = new Set();
  private watcher: vscode.FileSystemWatcher | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly onChange: () => void) {
    super();
    this._register({ dispose: () => clearTimeout(this.timer) });
  }

  /** Watches the documents in the given languages. A watcher that is running goes on with these languages. */
  start(languages: readonly string[]): void {
    this.extensions = new Set(supportedExtensions(languages));
    if (this.watcher) return;
    this.watcher = this._register(vscode.workspace.createFileSystemWatcher('**/*'));
    const handle = (uri: vscode.Uri): void => {
      if (!this.isDocument(uri)) return;
      this.written.add(documentOfFile(uri).toString());
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

  private isDocument(uri: vscode.Uri): boolean {
    return (
      !isInOwnFolder(uri.path) && this.extensions.has(path.posix.extname(uri.path).slice(1).toLowerCase())
    );
  }

  private schedule(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.onChange(), settleMs);
  }
}
