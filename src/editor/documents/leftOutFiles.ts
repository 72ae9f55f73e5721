import * as vscode from 'vscode';
import { Disposable } from '../dispose';
import { logFailure, type Logger } from '../log';
import type { Settings } from '../settings';
import { fileOfDocument } from './paperUri';

/** The context key with the paths of the files, by which the menus of the explorer tell them apart. */
export const leftOutKey = 'biobert.leftOut';

/**
 * The files that the setting `biobert.exclude` leaves out of relations, answers and counts. The setting has the patterns of
 * VS Code, so VS Code looks for the files; documents that are not files are never left out.
 */
export class LeftOutFiles extends Disposable {
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  /** Fires when other files are left out. */
  readonly onDidChange = this.changed.event;
  private names: ReadonlySet<string> = new Set();
  private generation = 0;
  private shownPaths = '';

  constructor(
    private readonly settings: Settings,
    log: Logger,
  ) {
    super();
    const refresh = (): void => logFailure(this.refresh(), log, 'looking for documents that are left out');
    this._register(settings.onDidChange((change) => change.affects('exclude') && refresh()));
    this._register(vscode.workspace.onDidChangeWorkspaceFolders(refresh));
    refresh();
  }

  has(document: vscode.Uri): boolean {
    return this.names.size > 0 && this.names.has(fileOfDocument(document).toString());
  }

  /** Looks for the files again, since files may be new or have other names. */
  async refresh(): Promise<void> {
    const generation = ++this.generation;
    const folders = vscode.workspace.workspaceFolders ?? [];
    const files = (await Promise.all(folders.map((folder) => this.filesIn(folder)))).flat();
    if (generation !== this.generation) return;
    const names = new Set(files.map((uri) => uri.toString()));
    await this.setKey([...files, ...folders.flatMap((folder) => this.placesIn(folder))]);
    const isSame = names.size === this.names.size && [...names].every((name) => this.names.has(name));
    if (isSame) return;
    this.names = names;
    this.changed.fire();
  }

  private async setKey(uris: readonly vscode.Uri[]): Promise<void> {
    const paths = [...new Set(uris.map(({ fsPath }) => fsPath))];
    const serialized = paths.join('\n');
    if (serialized === this.shownPaths) return;
    this.shownPaths = serialized;
    await vscode.commands.executeCommand('setContext', leftOutKey, paths);
  }

  /** The files and folders that patterns name exactly. */
  private placesIn(folder: vscode.WorkspaceFolder): readonly vscode.Uri[] {
    return excludePatterns(this.settings, folder)
      .map((pattern) => pattern.replace(/\[([[\]{}*?])\]/g, '$1'))
      .map((path) => vscode.Uri.joinPath(folder.uri, path));
  }

  private async filesIn(folder: vscode.WorkspaceFolder): Promise<readonly vscode.Uri[]> {
    // As in the settings of VS Code, a pattern for a folder stands for all that is in it.
    const patterns = excludePatterns(this.settings, folder).flatMap((pattern) => [
      pattern,
      `${pattern.replace(/\/+$/, '')}/**`,
    ]);
    const found = await Promise.all(
      patterns.map((pattern) =>
        vscode.workspace.findFiles(new vscode.RelativePattern(folder, pattern), null),
      ),
    );
    return found.flat();
  }
}

/** The patterns of the files of a folder that are left out. */
export function excludePatterns(
  settings: Pick<Settings, 'read'>,
  { uri }: vscode.WorkspaceFolder,
): readonly string[] {
  return settings.read('exclude', uri).filter((pattern) => pattern.trim() !== '');
}

/** The pattern that matches one file or folder only, whatever signs are in its name. */
export function exactPattern(relativePath: string): string {
  return relativePath.replace(/[[\]{}*?]/g, (sign) => `[${sign}]`);
}
