import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { typeNamed } from '../../core/entities/entityTypes';
import { maxUserTerms, type ParsedTerms, parseUserTerms } from '../../core/linking/userTerms';
import { decodeBytes } from '../../core/text/decodeBytes';
import type { UserTerm } from '../../core/types';
import { isString } from '../../protocol/guards';
import { Disposable } from '../dispose';
import { fileOfDocument } from '../documents/paperUri';
import { describeError, logFailure, type Logger } from '../log';
import type { Settings } from '../settings';
import { showTermProblems, type TermFileProblems } from './termProblems';

/** The file that is read without a setting. It need not exist. */
const defaultFile = 'biobert-terms.tsv';

/** The terms of a workspace folder. */
interface FolderTerms {
  readonly terms: readonly UserTerm[];
}

const noTerms: ParsedTerms = { terms: [], problems: [] };

export interface TermFilesParts {
  readonly settings: Settings;
  readonly log: Logger;
}

/**
 * The user's own terms, from the files that the setting `biobert.terms.files` names in each workspace folder. A folder is
 * read when its first document is tagged, and again when a file or the setting changes.
 */
export class TermFiles extends Disposable {
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  /** Fires when terms that were read have changed. Documents tagged before may be affected. */
  readonly onDidChange = this.changed.event;
  /** The terms of each folder that was read, by its URI. */
  private folders = new Map<string, Promise<FolderTerms>>();
  private readonly watchers = new Map<string, vscode.Disposable>();
  /** The problems that were shown last, by the URI of the folder, so that none is shown twice. */
  private readonly shown = new Map<string, string>();

  constructor(private readonly parts: TermFilesParts) {
    super();
    this._register({
      dispose: () => {
        for (const watcher of this.watchers.values()) watcher.dispose();
      },
    });
    this._register(
      parts.settings.onDidChange((change) => {
        if (change.affects('terms.files')) this.readAgain();
      }),
    );
  }

  /**
   * The terms for a document: those of its workspace folder, or of the first folder for a document outside of all.
   *
   * @param document The URI of the document.
   */
  async termsFor(document: string): Promise<readonly UserTerm[]> {
    const folder = folderOf(document);
    return folder === undefined ? [] : (await this.read(folder)).terms;
  }

  /** A string that changes whenever a term of a workspace folder changes. It is empty if no folder has terms. */
  async fingerprint(): Promise<string> {
    const folders = await Promise.all(
      (vscode.workspace.workspaceFolders ?? []).map((each) => this.read(each)),
    );
    return fingerprintOf(folders);
  }

  private read(folder: vscode.WorkspaceFolder): Promise<FolderTerms> {
    const key = folder.uri.toString();
    const known = this.folders.get(key);
    if (known) return known;
    const read = this.readFolder(folder);
    this.folders.set(key, read);
    return read;
  }

  private async readFolder({ uri: folder }: vscode.WorkspaceFolder): Promise<FolderTerms> {
    const { settings, log } = this.parts;
    const terms: UserTerm[] = [];
    const faulty: TermFileProblems[] = [];
    for (const name of pathsIn(settings.read('terms.files', folder))) {
      const uri = vscode.Uri.joinPath(folder, name);
      this.watch(uri);
      const found = await this.readFile(name, uri);
      const isTooMany = terms.length + found.terms.length > maxUserTerms;
      if (!isTooMany) for (const term of found.terms) terms.push(term);
      const problems = isTooMany ? tooMany().problems : found.problems;
      if (problems.length > 0) faulty.push({ name, uri, problems });
      // The names of files and terms are private.
      if (terms.length > 0 || problems.length > 0)
        log.info(`Terms: ${found.terms.length} read, ${problems.length} lines with problems.`);
    }
    this.show(folder, faulty);
    return { terms };
  }

  /** Never throws: documents are tagged without the terms of a file that cannot be read. */
  private async readFile(name: string, uri: vscode.Uri): Promise<ParsedTerms> {
    if (vscode.workspace.getWorkspaceFolder(uri) === undefined)
      return failed(vscode.l10n.t('The file lies outside the workspace folder, so it is not read.'));
    const { settings, log } = this.parts;
    try {
      const { size } = await vscode.workspace.fs.stat(uri);
      if (size > settings.maxFileBytes)
        return failed(vscode.l10n.t('The file is larger than {0} MB.', settings.maxFileSizeMB));
      return parseUserTerms(decodeBytes(await vscode.workspace.fs.readFile(uri)).text, typeNamed);
    } catch (error) {
      if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound')
        return name === defaultFile ? noTerms : failed(vscode.l10n.t('There is no such file.'));
      log.warn(`Terms: ${describeError(error)}`);
      return failed(vscode.l10n.t('The file cannot be read.'));
    }
  }

  private watch(uri: vscode.Uri): void {
    const key = uri.toString();
    if (this.watchers.has(key)) return;
    const name = uri.path.slice(uri.path.lastIndexOf('/') + 1).replace(/[*?{}[\]]/gu, '?');
    const pattern = new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), name);
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    const handle = (): void => this.readAgain();
    watcher.onDidCreate(handle);
    watcher.onDidChange(handle);
    watcher.onDidDelete(handle);
    this.watchers.set(key, watcher);
  }

  /** Reads the folders again that were read before, and tells listeners if their terms differ. */
  private readAgain(): void {
    const before = [...this.folders];
    this.folders = new Map();
    const work = async (): Promise<void> => {
      const folders = (vscode.workspace.workspaceFolders ?? []).filter((folder) =>
        before.some(([key]) => key === folder.uri.toString()),
      );
      const after = await Promise.all(folders.map((folder) => this.read(folder)));
      const earlier = await Promise.all(before.map(([, read]) => read));
      if (fingerprintOf(after) !== fingerprintOf(earlier)) this.changed.fire();
    };
    logFailure(work(), this.parts.log, 'reading terms');
  }

  /** Shows problems, unless the same ones were shown before. */
  private show(folder: vscode.Uri, faulty: readonly TermFileProblems[]): void {
    const key = folder.toString();
    const content = JSON.stringify(faulty.map(({ name, problems }) => [name, problems]));
    const isNew = faulty.length > 0 && this.shown.get(key) !== content;
    this.shown.set(key, content);
    if (isNew) logFailure(showTermProblems(faulty), this.parts.log, 'showing problems of terms');
  }
}

/** The folder of a document; the first one for a document outside of all folders. */
function folderOf(document: string): vscode.WorkspaceFolder | undefined {
  const [first] = vscode.workspace.workspaceFolders ?? [];
  return first && (vscode.workspace.getWorkspaceFolder(fileOfDocument(vscode.Uri.parse(document))) ?? first);
}

/** Each path of a setting once. A person may write anything into the settings. */
function pathsIn(value: unknown): ReadonlySet<string> {
  const names: readonly unknown[] = Array.isArray(value) ? value : [];
  return new Set(names.filter(isString).filter((name) => name.trim() !== ''));
}

function failed(message: string): ParsedTerms {
  return { terms: [], problems: [{ line: 1, message }] };
}

function tooMany(): ParsedTerms {
  const most = maxUserTerms.toLocaleString(vscode.env.language);
  return failed(
    vscode.l10n.t('With this file there are more than {0} terms, so its terms are not used.', most),
  );
}

function fingerprintOf(folders: readonly FolderTerms[]): string {
  const all = folders.map(({ terms }) => terms);
  if (all.every((terms) => terms.length === 0)) return '';
  return createHash('sha256').update(JSON.stringify(all)).digest('hex');
}
