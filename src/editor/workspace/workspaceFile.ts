import * as vscode from 'vscode';
import { BioBertError, errorCodes } from '../../core/errors';
import { Disposable } from '../dispose';

/** Folder for the user's own work: plain files in the workspace, so that they can be merged and put under version control. */
const folderName = '.biobert';

/** A plain file in the workspace, which people may edit, merge and delete while VS Code is running. */
export class WorkspaceFile extends Disposable {
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  /** Fires when the file was written or deleted, also by this extension. */
  readonly onDidChange = this.changed.event;

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

  /**
   * @returns undefined if there is no file.
   * @throws {BioBertError} DOCUMENT_UNREADABLE if the file exists but cannot be read. It must not be treated as missing,
   * because the next write would then overwrite it.
   */
  async read(): Promise<string | undefined> {
    const { uri } = this;
    if (!uri) return undefined;
    try {
      return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    } catch (cause) {
      if (cause instanceof vscode.FileSystemError && cause.code === 'FileNotFound') return undefined;
      throw new BioBertError(
        errorCodes.DOCUMENT_UNREADABLE,
        vscode.l10n.t('The file {0} cannot be read.', vscode.workspace.asRelativePath(uri)),
        vscode.l10n.t('Check that you may read the folder.'),
        { cause },
      );
    }
  }

  /** @throws {BioBertError} ARGUMENT_INVALID without a folder, OUTPUT_UNWRITABLE when it cannot be written. */
  async write(text: string): Promise<void> {
    const { uri } = this;
    if (!uri) {
      throw new BioBertError(
        errorCodes.ARGUMENT_INVALID,
        vscode.l10n.t('No folder is open.'),
        vscode.l10n.t('Open the folder that holds your documents.'),
      );
    }
    try {
      await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    } catch (cause) {
      throw new BioBertError(
        errorCodes.OUTPUT_UNWRITABLE,
        vscode.l10n.t('The file {0} cannot be written.', vscode.workspace.asRelativePath(uri)),
        vscode.l10n.t('Check that you may write to the folder.'),
        { cause },
      );
    }
  }

  /** @throws {BioBertError} always. Called instead of {@link write} if the file must not be overwritten. */
  refuse(): never {
    throw new BioBertError(
      errorCodes.OUTPUT_UNWRITABLE,
      vscode.l10n.t('Cannot read {0}: this extension did not write it.', `${folderName}/${this.name}`),
      vscode.l10n.t('Repair the file (it may contain an unfinished merge), or move it elsewhere.'),
    );
  }
}

/** Returns the path relative to the workspace folder, with forward slashes, or the URI of a document outside it. */
export function documentPath(name: string): string {
  const uri = vscode.Uri.parse(name);
  return vscode.workspace.getWorkspaceFolder(uri) ? vscode.workspace.asRelativePath(uri, false) : name;
}

/** Inverse of {@link documentPath}. */
export function documentUri(path: string): vscode.Uri {
  if (/^[a-z][a-z\d+.-]+:/i.test(path)) return vscode.Uri.parse(path);
  const folders = vscode.workspace.workspaceFolders ?? [];
  const [folder] = folders;
  return folder ? vscode.Uri.joinPath(folder.uri, path) : vscode.Uri.file(path);
}
