import * as vscode from 'vscode';
import { draftOutputs, excludeGlobs, outputsWithoutPaper } from '../../core/documents/draftOutputs';
import { Disposable } from '../dispose';
import { logFailure, type Logger } from '../log';
import type { Settings } from '../settings';
import { fileOfDocument } from './paperUri';

/** The context key with the paths of the files, by which the menus of the explorer tell them apart. */
export const leftOutKey = 'biobert.leftOut';

/**
 * The files that the setting `biobert.exclude` leaves out of relations, answers and counts. The setting has the patterns of
 * VS Code, so VS Code looks for the files; documents that are not files are never left out. What Pandoc and other programs make
 * of a draft is left out with it.
 */
export class LeftOutFiles extends Disposable {
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  /** Fires when other files are left out. */
  readonly onDidChange = this.changed.event;
  private names: ReadonlySet<string> = new Set();
  /** By the output of a draft that is left out, the draft. */
  private drafts: ReadonlyMap<string, vscode.Uri> = new Map();
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

  /** Whether a document is left out: by a pattern, or as the output of a draft that is left out and whose text it repeats. */
  has(document: vscode.Uri): boolean {
    if (this.names.size === 0) return false;
    const name = fileOfDocument(document).toString();
    return this.names.has(name) || this.drafts.has(name);
  }

  /** The draft with which a file is left out. Undefined if a pattern leaves the file itself out. */
  draftOf(document: vscode.Uri): vscode.Uri | undefined {
    const name = fileOfDocument(document).toString();
    return this.names.has(name) ? undefined : this.drafts.get(name);
  }

  /** The files that are left out with a draft. Some of them may not exist yet. */
  outputsOf(draft: vscode.Uri): readonly vscode.Uri[] {
    const name = draft.toString();
    return Array.from(this.drafts, ([output, source]) =>
      source.toString() === name ? [vscode.Uri.parse(output)] : [],
    ).flat();
  }

  /** Looks for the files again, since files may be new or have other names. */
  async refresh(): Promise<void> {
    const generation = ++this.generation;
    const folders = vscode.workspace.workspaceFolders ?? [];
    const files = (await Promise.all(folders.map((folder) => this.filesIn(folder)))).flat();
    const names = new Set(files.map((uri) => uri.toString()));
    const outputs = (await Promise.all(files.map(outputsOf))).flat();
    if (generation !== this.generation) return;
    const made = outputs.map(([output]) => output);
    await this.setKey([...files, ...made, ...folders.flatMap((folder) => this.placesIn(folder))]);
    const drafts = new Map(outputs.map(([output, draft]) => [output.toString(), draft]));
    const isSame = hasSameKeys(names, this.names) && hasSameKeys(drafts, this.drafts);
    if (isSame) return;
    this.names = names;
    this.drafts = drafts;
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
    const patterns = excludePatterns(this.settings, folder).flatMap(excludeGlobs);
    const found = await Promise.all(
      patterns.map((pattern) =>
        vscode.workspace.findFiles(new vscode.RelativePattern(folder, pattern), null),
      ),
    );
    return found.flat();
  }
}

type Keys = Pick<ReadonlySet<string>, 'has' | 'size' | 'keys'>;

function hasSameKeys(a: Keys, b: Pick<Keys, 'has' | 'size'>): boolean {
  return a.size === b.size && [...a.keys()].every((key) => b.has(key));
}

/** The outputs of a draft, each with the draft. */
async function outputsOf(draft: vscode.Uri): Promise<readonly (readonly [vscode.Uri, vscode.Uri])[]> {
  const at = (path: string) => draft.with({ path });
  const outputs = await outputsWithoutPaper(draftOutputs(draft.path), (pdf) => isNewer(at(pdf), draft));
  return outputs.map((path) => [at(path), draft] as const);
}

/** Whether a file was written after another one had been created. False if one of them is missing. */
async function isNewer(file: vscode.Uri, other: vscode.Uri): Promise<boolean> {
  const { fs } = vscode.workspace;
  return Promise.all([fs.stat(file), fs.stat(other)]).then(
    ([{ mtime }, { ctime }]) => mtime >= ctime,
    () => false,
  );
}

/** The patterns of the files of a folder that are left out. */
export function excludePatterns(
  settings: Pick<Settings, 'read'>,
  { uri }: Pick<vscode.WorkspaceFolder, 'uri'>,
): readonly string[] {
  return settings.read('exclude', uri).filter((pattern) => pattern.trim() !== '');
}

/** The pattern that matches one file or folder only, whatever signs are in its name. */
export function exactPattern(relativePath: string): string {
  return relativePath.replace(/[[\]{}*?]/g, (sign) => `[${sign}]`);
}
