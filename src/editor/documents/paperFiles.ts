import * as vscode from 'vscode';
import { pageStarts } from '../../core/documents/paper';
import { BioBertError } from '../../core/errors';
import { damagedPaper, paperTooLarge } from '../../runtime/papers/errors';
import { paperContent } from '../../runtime/papers/paperKind';
import { PaperReader } from '../../runtime/papers/paperReader';
import { Disposable } from '../dispose';
import { logFailure, type Logger } from '../log';
import { fileOfDocument, paperScheme } from './paperUri';

/** Larger files are not read; most of such a PDF is pictures. */
const maxFileBytes = 256 * (1 << 20);
/** The texts that are kept, so that a click does not extract a text again: some two hundred papers. */
const maxCachedCharacters = 20_000_000;

interface CachedText {
  readonly stamp: string;
  readonly text: Promise<string>;
  length: number;
}

/**
 * Shows the text of PDF, Word and Excel files as read-only documents, see {@link paperScheme}. As a file system, it
 * serves the editor and everything in the extension that reads files.
 */
export class PaperFiles extends Disposable implements vscode.FileSystemProvider {
  private readonly changed = this._register(new vscode.EventEmitter<vscode.FileChangeEvent[]>());
  readonly onDidChangeFile = this.changed.event;
  private readonly reader: PaperReader;
  /** Texts by document, the one that was read last at the end. */
  private readonly texts = new Map<string, CachedText>();

  /** @param workerPath Path of the worker's script. */
  constructor(
    workerPath: string,
    private readonly log: Logger,
  ) {
    super();
    this.reader = new PaperReader({ workerPath });
    this._register({
      dispose: () => logFailure(this.reader.dispose(), log, 'stopping the reader of papers'),
    });
    const options = { isReadonly: true, isCaseSensitive: true };
    this._register(vscode.workspace.registerFileSystemProvider(paperScheme, this, options));
  }

  async stat(document: vscode.Uri): Promise<vscode.FileStat> {
    const { ctime, mtime, size } = await vscode.workspace.fs.stat(fileOfDocument(document));
    // The size of the text is not known before it is extracted; it is a small part of the file.
    const textSize = Math.ceil(size / 16);
    return {
      type: vscode.FileType.File,
      permissions: vscode.FilePermission.Readonly,
      ctime,
      mtime,
      size: textSize,
    };
  }

  /** The text in UTF-8, with a byte order mark: the user may have set another encoding for files. */
  async readFile(document: vscode.Uri): Promise<Uint8Array> {
    try {
      return new TextEncoder().encode(`\uFEFF${await this.textOf(document)}`);
    } catch (error) {
      if (error instanceof BioBertError) throw vscode.FileSystemError.Unavailable(error.userMessage);
      throw error;
    }
  }

  /**
   * The text of a document.
   * @throws {BioBertError} if it cannot be extracted. {@link CancelledError} after the signal aborts.
   */
  async textOf(document: vscode.Uri, signal?: AbortSignal): Promise<string> {
    const file = fileOfDocument(document);
    const { mtime, size } = await vscode.workspace.fs.stat(file);
    if (size > maxFileBytes) throw paperTooLarge('It is larger than 256 MB.');
    const name = document.toString();
    const stamp = `${mtime} ${size}`;
    const known = this.texts.get(name);
    const cached = known?.stamp === stamp ? known : { stamp, text: this.extract(file, signal), length: 0 };
    this.texts.delete(name);
    this.texts.set(name, cached);
    try {
      const text = await cached.text;
      cached.length = text.length;
      this.forgetOldest();
      return text;
    } catch (error) {
      if (this.texts.get(name) === cached) this.texts.delete(name);
      throw error;
    }
  }

  watch(document: vscode.Uri): vscode.Disposable {
    const file = fileOfDocument(document);
    const folder = vscode.Uri.joinPath(file, '..');
    const name = file.path.slice(file.path.lastIndexOf('/') + 1).replace(/[*?{}[\]]/g, '?');
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, name));
    const fire = (type: vscode.FileChangeType) => () => this.changed.fire([{ type, uri: document }]);
    return vscode.Disposable.from(
      watcher,
      watcher.onDidCreate(fire(vscode.FileChangeType.Created)),
      watcher.onDidChange(fire(vscode.FileChangeType.Changed)),
      watcher.onDidDelete(fire(vscode.FileChangeType.Deleted)),
    );
  }

  readDirectory(): never {
    throw vscode.FileSystemError.Unavailable();
  }

  createDirectory(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  writeFile(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  delete(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  rename(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  private async extract(file: vscode.Uri, signal?: AbortSignal): Promise<string> {
    const bytes = await vscode.workspace.fs.readFile(file);
    const content = paperContent(bytes);
    if (content?.refusal) throw content.refusal;
    if (!content) throw damagedPaper(/\.pdf$/i.test(file.path) ? 'PDF' : 'Office document');
    const { text, textlessPages = [] } = await this.reader.extract(bytes, content.kind, signal);
    if (textlessPages.length > 0) {
      const all = pageStarts(text).length;
      this.log.info(`${file.path}: ${textlessPages.length} of ${all} pages have no text and were not read.`);
    }
    return text;
  }

  private forgetOldest(): void {
    let characters = 0;
    for (const [name, { length }] of [...this.texts].reverse()) {
      characters += length;
      if (characters > maxCachedCharacters) this.texts.delete(name);
    }
  }
}

/** The error that {@link PaperFiles.readFile} threw; VS Code passes on only its message. */
export function paperError(cause: unknown): BioBertError | undefined {
  const message = cause instanceof Error ? cause.message : '';
  const [, what, nextStep, code] = /^(.{1,500}?[.!?]) (.{1,500}) \((BB\d{3})\)/su.exec(message) ?? [];
  if (what === undefined || nextStep === undefined || code === undefined) return undefined;
  return new BioBertError(code as BioBertError['code'], what, nextStep, { cause });
}
