import * as vscode from 'vscode';
import { ownFolderName as folderName } from '../../core/curation/ownFolder';
import { BioBertError, errorCodes } from '../../core/errors';
import { writeFailureOf } from '../../runtime/files/errorCode';
import { Disposable } from '../dispose';
import { documentOfFile, fileOfDocument } from '../documents/paperUri';
import { accessTo, beside, removeLeftovers, replaceFile } from './fileAccess';

/**
 * A plain file in the workspace, in the folder for the user's own work, so that it can be merged and put under version
 * control. People may edit, merge and delete it while VS Code is running.
 */
export class WorkspaceFile extends Disposable {
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  /** Fires when the file was written or deleted, also by this extension. */
  readonly onDidChange = this.changed.event;
  private isTidy = false;

  constructor(private readonly name: string) {
    super();
    const watcher = this._register(vscode.workspace.createFileSystemWatcher(`**/${folderName}/${name}`));
    const notify = (): void => {
      this.changed.fire();
    };
    this._register(watcher.onDidCreate(notify));
    this._register(watcher.onDidChange(notify));
    this._register(watcher.onDidDelete(notify));
  }

  get uri(): vscode.Uri | undefined {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    return folder && vscode.Uri.joinPath(folder.uri, folderName, this.name);
  }

  /** The path for messages. */
  get label(): string {
    return `${folderName}/${this.name}`;
  }

  /**
   * @returns undefined if there is no file.
   * @throws {BioBertError} DOCUMENT_UNREADABLE if the file exists but cannot be read, or if the whole folder has gone, for
   * example a network drive. It must not be treated as missing, because the next write would then overwrite it.
   */
  async read(): Promise<string | undefined> {
    const { uri } = this;
    if (!uri) return undefined;
    try {
      const text = await accessTo(uri).read(uri);
      if (text === undefined) await checkFolder(uri);
      return text;
    } catch (cause) {
      throw new BioBertError(
        errorCodes.DOCUMENT_UNREADABLE,
        vscode.l10n.t('The file {0} cannot be read.', this.label),
        vscode.l10n.t('Check that you may read the folder.'),
        { cause },
      );
    }
  }

  /** Reads the copy that was made before the last change. @returns undefined if it is missing or unreadable. */
  async readCopy(): Promise<string | undefined> {
    const { uri } = this;
    try {
      return uri && (await accessTo(uri).read(beside(uri, '.bak')));
    } catch {
      return undefined;
    }
  }

  /**
   * Runs `work` while no other window of this machine writes the file.
   *
   * @throws {BioBertError} ARGUMENT_INVALID without a folder, FILE_BUSY, OUTPUT_UNWRITABLE, and the errors of `work`.
   */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    const uri = this.existingUri();
    const busy = () =>
      new BioBertError(
        errorCodes.FILE_BUSY,
        vscode.l10n.t('Another window is writing {0}.', this.label),
        vscode.l10n.t('Try again. If no other window is open, delete {0}.', `${this.label}.lock`),
      );
    return this.checked(async () => {
      await checkFolder(uri);
      return accessTo(uri).exclusively(uri, busy, async () => {
        // Leftovers only take space. A folder that cannot be listed does not prevent the work.
        if (!this.isTidy) await removeLeftovers(uri).catch(() => undefined);
        this.isTidy = true;
        return work();
      });
    });
  }

  /**
   * Replaces the file as a whole; `previous` becomes the last good copy.
   *
   * @param previous The content that `text` was made from; undefined if there was no file.
   * @returns false if another program changed the file meanwhile.
   * @throws {BioBertError} as {@link exclusively}.
   */
  replace(text: string, previous: string | undefined): Promise<boolean> {
    const uri = this.existingUri();
    return this.checked(() => replaceFile(accessTo(uri), uri, text, previous));
  }

  /** Renames the file to `NAME.unreadable-TIME`, so that a person can still repair it. */
  setAside(): Promise<void> {
    const uri = this.existingUri();
    const time = new Date().toISOString().replace(/[:.]/gu, '-');
    return this.checked(() => accessTo(uri).move(uri, beside(uri, `.unreadable-${time}`)));
  }

  /** @throws {BioBertError} OUTPUT_UNWRITABLE always. Called instead of {@link replace} while the file is unreadable. */
  refuse(keptEntries: number): never {
    throw new BioBertError(
      errorCodes.OUTPUT_UNWRITABLE,
      keptEntries > 0
        ? vscode.l10n.t('Cannot read {0}; {1} entries are kept in memory.', this.label, keptEntries)
        : vscode.l10n.t('Cannot read {0}: this extension did not write it.', this.label),
      keptEntries > 0
        ? vscode.l10n.t('Restore the entries, or repair the file (it may contain an unfinished merge).')
        : vscode.l10n.t('Repair the file (it may contain an unfinished merge), or move it elsewhere.'),
    );
  }

  private existingUri(): vscode.Uri {
    if (this.uri) return this.uri;
    throw new BioBertError(
      errorCodes.ARGUMENT_INVALID,
      vscode.l10n.t('No folder is open.'),
      vscode.l10n.t('Open the folder that holds your documents.'),
    );
  }

  private async checked<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (cause) {
      if (cause instanceof BioBertError) throw cause;
      throw new BioBertError(errorCodes.OUTPUT_UNWRITABLE, ...this.reasonOf(cause), { cause });
    }
  }

  private reasonOf(cause: unknown): readonly [message: string, nextStep: string] {
    switch (writeFailureOf(cause)) {
      case 'full':
        return [
          vscode.l10n.t('The disk is full: {0} cannot be written.', this.label),
          vscode.l10n.t('Free some space and try again. The file is unchanged.'),
        ];
      case 'forbidden':
        return [
          vscode.l10n.t('You may not write to {0}.', this.label),
          vscode.l10n.t('Check the permissions of the file and its folder. The file is unchanged.'),
        ];
      case 'other':
        return [
          vscode.l10n.t('The file {0} cannot be written.', this.label),
          vscode.l10n.t('Check that you may write to the folder.'),
        ];
    }
  }
}

/** @throws if the workspace folder has gone. Writing would create an empty one in its place. */
async function checkFolder(uri: vscode.Uri): Promise<void> {
  await vscode.workspace.fs.stat(vscode.Uri.joinPath(uri, '..', '..'));
}

/**
 * Returns the path relative to the first workspace folder, with forward slashes: it holds the user's own work. Any other
 * document is named by its URI, because two folders may have documents of one relative path.
 */
export function documentPath(name: string): string {
  // A paper is named as its file, which other programs know.
  const uri = fileOfDocument(vscode.Uri.parse(name));
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (folder?.index === 0) return vscode.workspace.asRelativePath(uri, false);
  return uri.scheme === vscode.Uri.parse(name).scheme ? name : uri.toString();
}

/** Inverse of {@link documentPath}. */
export function documentUri(path: string): vscode.Uri {
  if (/^[a-z][a-z\d+.-]+:/i.test(path)) return documentOfFile(vscode.Uri.parse(path));
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  return documentOfFile(folder ? vscode.Uri.joinPath(folder.uri, path) : vscode.Uri.file(path));
}

/**
 * Tells whether a document lies in a workspace folder. It does not access the document: on Windows, even reading the
 * state of a file on a network share sends the user's credentials to the server that the path names.
 */
export function isInWorkspace(uri: vscode.Uri): boolean {
  // VS Code compares the beginnings of paths, and does not resolve `..` in a parsed URI or behind a backslash.
  const hasParentStep = /(?:^|[\\/])\.\.(?:[\\/]|$)/u.test(uri.path);
  return !hasParentStep && vscode.workspace.getWorkspaceFolder(fileOfDocument(uri)) !== undefined;
}
