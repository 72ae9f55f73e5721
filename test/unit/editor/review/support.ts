/** A folder on the disk, a user and the tools of the review, for tests of its commands. */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type * as vscode from 'vscode';
import { afterEach, beforeEach } from 'vitest';
import type { ReviewSettings } from '../../../../src/core/review/reviewData';
import type { RecordImports } from '../../../../src/editor/review/importClient';
import { DraftCitations } from '../../../../src/editor/review/draftCitations';
import { LookupCache } from '../../../../src/editor/review/lookupCache';
import { RecordDocuments } from '../../../../src/editor/review/recordDocuments';
import { ReviewSession } from '../../../../src/editor/review/reviewSession';
import type { ReviewTools, SourceAddresses } from '../../../../src/editor/review/reviewTools';
import { ScreeningPanel } from '../../../../src/editor/review/screening/screeningPanel';
import type { ReviewParts } from '../../../../src/editor/reviewAccess';
import { nullLogger } from '../../../../src/runtime/log';
import { RecordImporter } from '../../../../src/runtime/review/recordImporter';
import { ReviewFolder } from '../../../../src/runtime/review/reviewFolder';
import {
  EventEmitter,
  FileType,
  Disposable,
  type RelativePattern,
  reset,
  set,
  Uri,
  window,
  workspace,
} from '../vscode';
import * as stub from '../vscode';

export interface Item {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly picked?: boolean;
  readonly kind?: number;
}

/** The label of the item that the user picks, or the labels of several. Undefined if the user presses Escape. */
type Pick = string | readonly string[] | undefined;

/** A user who answers the questions of a command in turn. */
export class FakeUser {
  /** Answers to lists. `all` checks what is checked already. */
  picks: Pick[] = [];
  /** Answers to input boxes. */
  texts: (string | undefined)[] = [];
  /** The choice of the user in the dialog of the system. */
  files: readonly Uri[] | undefined;
  /** The button that the user presses in a message. */
  button: string | undefined;
  readonly lists: Item[][] = [];
  readonly placeholders: string[] = [];
  readonly messages: string[] = [];
  /** The buttons of each message that has some. */
  readonly buttons: string[][] = [];
  readonly executed: unknown[][] = [];
  readonly opened: string[] = [];

  pick(items: readonly Item[], options: { readonly canPickMany?: boolean; placeHolder?: string }): unknown {
    this.lists.push([...items]);
    this.placeholders.push(options.placeHolder ?? '');
    if (this.picks.length === 0)
      throw new Error(`Unexpected list: ${items.map(({ label }) => label).join()}`);
    const pick = this.picks.shift();
    if (pick === undefined) return undefined;
    if (options.canPickMany === true) {
      return items.filter(({ label, picked }) => (pick === 'all' ? picked : pick.includes(label)));
    }
    const item = items.find(({ label }) => label.endsWith(String(pick)));
    if (!item) throw new Error(`No ${String(pick)} in ${items.map(({ label }) => label).join()}`);
    return item;
  }
}

export interface Setup {
  /** The open folder. */
  readonly folder: string;
  readonly user: FakeUser;
  readonly tools: ReviewTools;
  /** The importers that were started, and whether they were stopped. */
  readonly importers: { importer: RecordImports; isStopped: boolean }[];
  /** The texts of papers by file name; an error is thrown. */
  readonly papers: Map<string, string | Error>;
  readonly watcher: EventEmitter<unknown>;
  /** Addresses of databases, set before a command runs. */
  readonly addresses: { -readonly [Name in keyof SourceAddresses]: SourceAddresses[Name] };
  /** The secret storage. */
  readonly secrets: Map<string, string>;
}

/** Prepares a new folder, user and tools for each test of the file. */
export function useReviewTools(): Setup {
  const setup = {} as { -readonly [Key in keyof Setup]: Setup[Key] };
  beforeEach(() => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-review-'));
    Object.assign(setup, {
      folder,
      user: new FakeUser(),
      importers: [],
      papers: new Map(),
      watcher: new EventEmitter(),
      addresses: {},
      secrets: new Map(),
    });
    openFolder(setup);
    listenTo(setup.user);
    set('biobert.review.reviewer', 'Anna');
    setup.tools = createTools(setup);
  });
  afterEach(() => {
    setup.tools.dispose();
    fs.rmSync(setup.folder, { recursive: true });
    reset();
  });
  return setup;
}

function openFolder({ folder, user, watcher }: Setup): void {
  const fires = { onDidCreate: watcher.event, onDidChange: watcher.event, onDidDelete: watcher.event };
  Object.assign(workspace, {
    workspaceFolders: [{ uri: Uri.file(folder), name: path.basename(folder), index: 0 }],
    onDidChangeWorkspaceFolders: new EventEmitter().event,
    createFileSystemWatcher: () => ({ ...fires, dispose: () => undefined }),
    registerTextDocumentContentProvider: () => new Disposable(() => undefined),
    findFiles: ({ base, pattern }: RelativePattern) => Promise.resolve(findFiles(base.path, pattern)),
    openTextDocument: (uri: Uri) => Promise.resolve({ uri }),
    fs: {
      stat: ({ path: file }: Uri) =>
        Promise.resolve({ type: fs.statSync(file).isDirectory() ? FileType.Directory : FileType.File }),
    },
  });
  Object.assign(window, {
    showTextDocument: ({ uri }: { readonly uri: Uri }) =>
      Promise.resolve(void user.opened.push(uri.toString())),
  });
}

/** Knows patterns of extensions alone, and not what VS Code excludes. */
function findFiles(folder: string, pattern: string): Uri[] {
  const extensions = /^\*\*\/\*\.\{(.*)\}$/.exec(pattern)?.[1]?.split(',') ?? [];
  const names = new RegExp(`\\.(?:${extensions.join('|')})$`);
  const files = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files.filter((file) => names.test(file)).map((file) => Uri.file(path.join(folder, file)));
}

function listenTo(user: FakeUser): void {
  const say = (message: string, ...buttons: readonly unknown[]): Promise<string | undefined> => {
    user.messages.push(message);
    const labels = buttons.filter((each) => typeof each === 'string');
    if (labels.length > 0) user.buttons.push(labels);
    return Promise.resolve(user.button);
  };
  Object.assign(window, {
    showQuickPick: (items: readonly Item[], options = {}) =>
      Promise.resolve().then(() => user.pick(items, options)),
    showInputBox: () => Promise.resolve(user.texts.shift()),
    showOpenDialog: () => Promise.resolve(user.files),
    showInformationMessage: say,
    showWarningMessage: say,
    showErrorMessage: say,
  });
  Object.assign(stub.commands, {
    executeCommand: (...args: unknown[]) => Promise.resolve(void user.executed.push(args)),
  });
}

function createTools(setup: Setup): ReviewTools {
  const session = new ReviewSession(nullLogger);
  const documents = new RecordDocuments(session);
  const textOf = (document: vscode.Uri): Promise<string> => {
    const name = path.basename(document.path).replace(/ \(text\)$/, '');
    const text = setup.papers.get(name) ?? new Error(`No paper ${name}`);
    return typeof text === 'string' ? Promise.resolve(text) : Promise.reject(text);
  };
  const parts = { papers: { textOf }, context: contextWith(setup.secrets) } as unknown as ReviewParts;
  const createRanking = (): never => {
    throw new Error('No command but Open Review ranks records.');
  };
  const screening = new ScreeningPanel({ parts, session, createRanking });
  return {
    parts,
    session,
    screening,
    documents,
    drafts: new DraftCitations({ parts, session }),
    addresses: setup.addresses,
    lookup: new LookupCache(session),
    createImporter: () => {
      const entry = { importer: importerInProcess(() => (entry.isStopped = true)), isStopped: false };
      setup.importers.push(entry);
      return entry.importer;
    },
    dispose: () => {
      screening.dispose();
      documents.dispose();
      session.dispose();
    },
  };
}

function contextWith(secrets: Map<string, string>): unknown {
  const memory = new Map<string, unknown>();
  return {
    globalState: {
      get: (key: string) => memory.get(key),
      update: (key: string, value: unknown) => Promise.resolve(void memory.set(key, value)),
    },
    secrets: {
      get: (key: string) => Promise.resolve(secrets.get(key)),
      store: (key: string, value: string) => Promise.resolve(void secrets.set(key, value)),
    },
  };
}

function importerInProcess(onStop: () => void): RecordImports {
  const importer = new RecordImporter();
  return {
    readFile: (request) => importer.readFile(request),
    import: (request) => importer.import(request),
    stop: () => {
      onStop();
      return Promise.resolve();
    },
  };
}

export function writeFile(folder: string, name: string, text: string): Uri {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
  return Uri.file(file);
}

/** The review of a folder as another window reads it. */
export async function reviewIn(folder: string): Promise<ReviewFolder> {
  const review = await ReviewFolder.open(folder);
  if (!review) throw new Error('No review');
  return review;
}

export async function createReview({ tools }: Setup, settings: ReviewSettings): Promise<ReviewFolder> {
  return tools.session.create(settings);
}
