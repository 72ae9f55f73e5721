import * as vscode from 'vscode';
import type { ModelInfo } from '../../protocol/engine';
import type { AnnotationStore } from '../annotations/annotationStore';
import { Disposable } from '../dispose';
import { documentOfFile } from '../documents/paperUri';
import { openDocument } from '../documents/readDocument';
import { textHash } from '../../runtime/folder/contentKey';
import type { TaggedDocument } from '../../runtime/folder/record';

/** The stored result for a document of a tagged folder. */
export interface TaggedFile extends TaggedDocument {
  readonly uri: vscode.Uri;
  /** Hash of the tagged text. An open document may have changed since. */
  readonly textHash: string;
  readonly textLength: number;
  readonly model: ModelInfo;
}

/**
 * The results for documents of tagged folders. A document that is opened unchanged gets its marks from here, without
 * the model. The result of a file is removed when the file changes or is deleted.
 */
export class TaggedFiles extends Disposable {
  private readonly files = new Map<string, TaggedFile>();
  private readonly changed = this._register(new vscode.EventEmitter<vscode.Uri>());
  readonly onDidChange = this.changed.event;
  private watcher: vscode.FileSystemWatcher | undefined;
  /** Adds the results that the index of the folder has. Called when all results are first asked for. */
  private restore: (() => Promise<void>) | undefined;
  private restoring: Promise<void> | undefined;

  constructor(private readonly store: AnnotationStore) {
    super();
    this._register(vscode.workspace.onDidOpenTextDocument((document) => this.annotate(document)));
  }

  get(uri: vscode.Uri): TaggedFile | undefined {
    return this.files.get(uri.toString());
  }

  /** The publications that a document names. Undefined if they are not known, or if the document has been edited since. */
  publicationsOf(uri: vscode.Uri): TaggedFile['publications'] {
    const file = this.get(uri);
    if (!file?.publications?.length) return undefined;
    return openDocument(uri)?.isDirty === true ? undefined : file.publications;
  }

  /** The results so far; those of the index follow. */
  all(): Iterable<TaggedFile> {
    void this.restoreAll();
    return this.files.values();
  }

  /** False while the results of the index are being added. */
  get isComplete(): boolean {
    void this.restoreAll();
    return this.restoring === undefined;
  }

  /**
   * @param restore Adds the results that the index of the folder has. Reading them from a large folder takes a while, so
   *   it waits until somebody asks for the whole folder.
   */
  restoreWith(restore: () => Promise<void>): void {
    this.restore = restore;
  }

  /** Adds the results of the index, once in a window. It never fails. */
  restoreAll(): Promise<void> {
    const { restore } = this;
    if (restore) {
      this.restore = undefined;
      // `restore` logs its failures.
      const end = (): void => void (this.restoring = undefined);
      this.restoring = restore().then(end, end);
    }
    return this.restoring ?? Promise.resolve();
  }

  get size(): number {
    return this.files.size;
  }

  add(file: TaggedFile): void {
    this.watch();
    this.files.set(file.uri.toString(), file);
    const name = file.uri.toString();
    const open = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === name);
    if (open) this.annotate(open);
    this.changed.fire(file.uri);
  }

  forget(uri: vscode.Uri): void {
    if (this.files.delete(uri.toString())) this.changed.fire(uri);
  }

  clear(): void {
    for (const { uri } of [...this.files.values()]) this.forget(uri);
  }

  /** Copies the result to the annotations of the document if its text is unchanged and it has not been tagged yet. */
  private annotate(document: vscode.TextDocument): void {
    const file = this.get(document.uri);
    if (!file || this.store.get(document)) return;
    const text = document.getText();
    if (text.length !== file.textLength || textHash(text) !== file.textHash) return;
    const { entities, abbreviations, model, terminology } = file;
    const pending = this.store.expectResult(document);
    const covered = { start: 0, end: text.length };
    const counts = { sentences: 0, cached: 0, tokens: 0 };
    pending.accept({ entities, abbreviations, covered, ...counts, model, terminology });
    pending.dispose();
  }

  /** Starts to watch files when the first result is added. */
  private watch(): void {
    if (this.watcher) return;
    this.watcher = this._register(vscode.workspace.createFileSystemWatcher('**/*', true));
    this._register(this.watcher.onDidChange((uri) => this.forget(documentOfFile(uri))));
    this._register(this.watcher.onDidDelete((uri) => this.forget(documentOfFile(uri))));
  }
}
