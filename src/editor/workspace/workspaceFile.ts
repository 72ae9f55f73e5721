import * as vscode from 'vscode';
import { BioBertError, errorCodes } from '../../core/errors';
import { Disposable } from '../dispose';

/** Where the reader's own work is kept: plain files in the workspace, to be read, merged and versioned with it. */
const folderName = '.biobert';

/** A plain file of the workspace that people may edit, merge and delete while the editor runs. */
export class WorkspaceFile extends Disposable {
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  /** Somebody wrote or removed it: this extension, too. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly name: string) {
    super();
    const watcher = this._register(vscode.workspace.createFileSystemWatcher(`**/${folderName}/${name}`));
    const tell = (): void => {
      this.changed.fire();
    };
    this._register(watcher.onDidCreate(tell));
    this._register(watcher.onDidChange(tell));
    this._register(watcher.onDidDelete(tell));
  }

  get uri(): vscode.Uri | undefined {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    return folder && vscode.Uri.joinPath(folder.uri, folderName, this.name);
  }

  /**
   * @returns undefined where there is none.
   * @throws {BioBertError} DOCUMENT_UNREADABLE where there is one that cannot be read: it must not count as none.
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

  /** @throws {BioBertError} always: what stands there is not ours, and must not be written over. */
  refuse(): never {
    throw new BioBertError(
      errorCodes.OUTPUT_UNWRITABLE,
      vscode.l10n.t('The file {0} is not one that this extension wrote.', `${folderName}/${this.name}`),
      vscode.l10n.t('Mend it (a merge may be half done), or move it away.'),
    );
  }
}

/** Path from the workspace's folder, with forward slashes; a URI where the document lies outside. */
export function documentPath(name: string): string {
  const uri = vscode.Uri.parse(name);
  return vscode.workspace.getWorkspaceFolder(uri) ? vscode.workspace.asRelativePath(uri, false) : name;
}

/** The other way round. */
export function documentUri(path: string): vscode.Uri {
  if (/^[a-z][a-z\d+.-]+:/i.test(path)) return vscode.Uri.parse(path);
  const folders = vscode.workspace.workspaceFolders ?? [];
  const [folder] = folders;
  return folder ? vscode.Uri.joinPath(folder.uri, path) : vscode.Uri.file(path);
}
