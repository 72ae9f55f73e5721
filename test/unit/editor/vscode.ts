/**
 * A fake of the `vscode` module for tests without VS Code; vitest replaces the module by it. It behaves like VS Code where
 * tests depend on it: events, documents that change and close, settings. Decorations and the places of hovers are tested
 * in the real editor.
 */
import { posix } from 'node:path';

type Listener<T> = (event: T) => unknown;

export class Disposable {
  constructor(private readonly onDispose: () => unknown) {}
  static from(...parts: readonly { dispose(): unknown }[]): Disposable {
    return new Disposable(() => parts.forEach((part) => part.dispose()));
  }
  dispose(): void {
    this.onDispose();
  }
}

export class EventEmitter<T> {
  private readonly listeners = new Set<Listener<T>>();
  readonly event = (listener: Listener<T>): Disposable => {
    this.listeners.add(listener);
    return new Disposable(() => this.listeners.delete(listener));
  };
  fire(event: T): void {
    for (const listener of [...this.listeners]) listener(event);
  }
  dispose(): void {
    this.listeners.clear();
  }
}

export class CancellationTokenSource {
  private readonly cancelled = new EventEmitter<undefined>();
  readonly token = { isCancellationRequested: false, onCancellationRequested: this.cancelled.event };
  cancel(): void {
    this.token.isCancellationRequested = true;
    this.cancelled.fire(undefined);
  }
}

export class Position {
  constructor(
    readonly line: number,
    readonly character: number,
  ) {}
  translate(lines: number, characters: number): Position {
    return new Position(this.line + lines, this.character + characters);
  }
}

export class Range {
  readonly start: Position;
  readonly end: Position;
  constructor(start: Position, end: Position);
  constructor(startLine: number, startCharacter: number, endLine: number, endCharacter: number);
  constructor(...places: readonly [Position, Position] | readonly [number, number, number, number]) {
    if (places.length === 2) [this.start, this.end] = places;
    else {
      const [startLine, startCharacter, endLine, endCharacter] = places;
      this.start = new Position(startLine, startCharacter);
      this.end = new Position(endLine, endCharacter);
    }
  }
}

export class Uri {
  private constructor(
    readonly scheme: string,
    readonly path: string,
    /** Undefined if the URI is written without `//`. */
    private readonly server?: string,
    readonly query = '',
  ) {}
  static parse(text: string): Uri {
    const [, scheme = '', server, path = '', query] =
      /^([^:]*):(?:\/\/([^/]*))?([^?]*)(?:\?(.*))?$/su.exec(text) ?? [];
    return new Uri(scheme, path, server, query);
  }
  static file(path: string): Uri {
    return new Uri('file', path);
  }
  static joinPath(uri: Uri, ...parts: readonly string[]): Uri {
    return uri.with({ path: posix.join(uri.path, ...parts) });
  }
  get authority(): string {
    return this.server ?? '';
  }
  get fsPath(): string {
    return this.authority === '' ? this.path : `//${this.authority}${this.path}`;
  }
  with({
    scheme,
    path,
    query,
  }: {
    readonly scheme?: string;
    readonly path?: string;
    readonly query?: string;
  }): Uri {
    return new Uri(scheme ?? this.scheme, path ?? this.path, this.server, query ?? this.query);
  }
  toString(): string {
    const query = this.query === '' ? '' : `?${this.query}`;
    return `${this.scheme}:${this.server === undefined ? '' : `//${this.server}`}${this.path}${query}`;
  }
}

export class Location {
  constructor(
    readonly uri: Uri,
    readonly range: Range,
  ) {}
}

export class RelativePattern {
  constructor(
    readonly base: Uri,
    readonly pattern: string,
  ) {}
}

export class FileSystemError extends Error {
  constructor(
    readonly code: string,
    message = code,
  ) {
    super(message);
  }
}

export class ThemeColor {
  constructor(readonly id: string) {}
}

export class ThemeIcon {
  constructor(
    readonly id: string,
    readonly color?: ThemeColor,
  ) {}
}

export class Hover {
  readonly contents: readonly unknown[];
  constructor(
    content: unknown,
    readonly range?: Range,
  ) {
    this.contents = [content];
  }
}

/** Escapes like the real class (src/vs/base/common/htmlContent.ts). */
export class MarkdownString {
  isTrusted: unknown;
  supportThemeIcons = false;
  constructor(public value = '') {}
  appendText(text: string): this {
    this.value += text
      .replace(/[\\`*_{}[\]()#+\-!~]/g, '\\$&')
      .replace(/([ \t]+)/g, (blanks: string) => '&nbsp;'.repeat(blanks.length))
      .replace(/>/gm, '\\>')
      .replace(/\n/g, '\n\n');
    return this;
  }
  appendMarkdown(markdown: string): this {
    this.value += markdown;
    return this;
  }
}

export class CompletionItem {
  constructor(
    readonly label: string | { readonly label: string },
    readonly kind: number,
  ) {}
}
export class CompletionList {
  constructor(
    readonly items: readonly CompletionItem[],
    readonly isIncomplete: boolean,
  ) {}
}
export const CompletionItemKind = { Reference: 17 };

interface CompletionProvider {
  provideCompletionItems(document: unknown, position: Position): Promise<CompletionList | undefined>;
}

export const languages = {
  /** The provider that was registered last. */
  provider: undefined as CompletionProvider | undefined,
  registerCompletionItemProvider: (_selector: unknown, provider: CompletionProvider): Disposable => {
    languages.provider = provider;
    return new Disposable(() => undefined);
  },
};

export const TextEdit = {
  insert: (at: Position, newText: string) => ({ range: { start: at, end: at }, newText }),
};

export class WorkspaceEdit {
  readonly insertions: { readonly uri: Uri; readonly at: Position; readonly text: string }[] = [];
  insert(uri: Uri, at: Position, text: string): void {
    this.insertions.push({ uri, at, text });
  }
}

export class TabInputTextDiff {
  constructor(
    readonly original: Uri,
    readonly modified: Uri,
  ) {}
}

export class TabInputNotebook {
  constructor(readonly uri: Uri) {}
}

export class TabInputWebview {
  constructor(readonly viewType: string) {}
}
export class TabInputText {
  constructor(readonly uri: Uri) {}
}
export const OverviewRulerLane = { Center: 2 };
export const DecorationRangeBehavior = { ClosedClosed: 1 };

export const l10n = {
  t: (message: string, ...values: readonly unknown[]): string =>
    message.replace(/\{(\d+)\}/g, (place, index: string) =>
      Number(index) < values.length ? String(values[Number(index)]) : place,
    ),
};

/** A notebook whose cells are documents. */
export class FakeNotebook {
  constructor(
    readonly uri: Uri,
    private readonly cells: readonly { readonly document: FakeDocument }[],
  ) {}

  getCells(): readonly { readonly document: FakeDocument }[] {
    return this.cells;
  }
}

export class FakeDocument {
  version = 1;
  isClosed = false;
  constructor(
    readonly uri: Uri,
    private text: string,
    readonly languageId = 'plaintext',
  ) {}

  getText(range?: Range): string {
    return range ? this.text.slice(this.offsetAt(range.start), this.offsetAt(range.end)) : this.text;
  }

  lineAt(at: number | Position): { readonly text: string; readonly range: Range } {
    const line = typeof at === 'number' ? at : at.line;
    const text = this.text.split('\n')[line] ?? '';
    return { text, range: new Range(new Position(line, 0), new Position(line, text.length)) };
  }

  positionAt(offset: number): Position {
    const before = this.text.slice(0, Math.min(offset, this.text.length)).split('\n');
    return new Position(before.length - 1, before.at(-1)?.length ?? 0);
  }

  offsetAt({ line, character }: Position): number {
    const lines = this.text.split('\n').slice(0, line);
    return lines.reduce((sum, each) => sum + each.length + 1, character);
  }

  /** All changes refer to the text before, as in one event of VS Code. */
  edit(
    ...changes: readonly { readonly start: number; readonly removed: number; readonly text: string }[]
  ): void {
    const lastFirst = [...changes].sort((a, b) => b.start - a.start);
    for (const { start, removed, text } of lastFirst)
      this.text = this.text.slice(0, start) + text + this.text.slice(start + removed);
    this.version++;
    const contentChanges = changes.map((change) => ({
      rangeOffset: change.start,
      rangeLength: change.removed,
      text: change.text,
    }));
    events.changeDocument.fire({ document: this, contentChanges });
  }

  close(): void {
    this.isClosed = true;
    events.closeDocument.fire(this);
  }
}

/** A list in which a test types and picks. */
export class FakeQuickPick<T extends { readonly label: string }> {
  title = '';
  placeholder = '';
  value = '';
  busy = false;
  matchOnDescription = false;
  matchOnDetail = false;
  canSelectMany = false;
  items: readonly T[] = [];
  /** The highlighted items. */
  activeItems: readonly T[] = [];
  /** The chosen items; in a list with ticks, those that are ticked. */
  selectedItems: readonly T[] = [];
  isDisposed = false;
  private readonly changed = new EventEmitter<string>();
  private readonly accepted = new EventEmitter<undefined>();
  private readonly hidden = new EventEmitter<undefined>();
  readonly onDidChangeValue = this.changed.event;
  readonly onDidAccept = this.accepted.event;
  readonly onDidHide = this.hidden.event;

  show(): void {
    window.quickPick = this;
  }

  hide(): void {
    this.hidden.fire(undefined);
  }

  dispose(): void {
    this.isDisposed = true;
    this.hide();
  }

  type(text: string): void {
    this.value = text;
    this.changed.fire(text);
  }

  pick(label: string): void {
    this.selectedItems = this.items.filter((item) => item.label.endsWith(label));
    this.accepted.fire(undefined);
  }

  /** Enter, with no item selected. */
  accept(): void {
    this.accepted.fire(undefined);
  }
}

export const QuickPickItemKind = { Separator: -1, Default: 0 };

export const FileType = { Unknown: 0, File: 1, Directory: 2, SymbolicLink: 64 };

export class DocumentSymbol {
  constructor(
    readonly name: string,
    readonly detail: string,
    readonly kind: number,
    readonly range: Range,
    readonly selectionRange: Range,
  ) {}
}

export const SymbolKind = { File: 0 };

export class FoldingRange {
  constructor(
    readonly start: number,
    readonly end: number,
  ) {}
}

export const ViewColumn = { Active: -1, Beside: -2 };

export const ProgressLocation = { Notification: 15 };

export interface FakeEditor {
  readonly document: FakeDocument;
  readonly visibleRanges: readonly Range[];
  setDecorations(type: unknown, ranges: readonly Range[]): void;
}

/** Actions of the user. */
export const events = {
  changeDocument: new EventEmitter<unknown>(),
  closeDocument: new EventEmitter<FakeDocument>(),
  openDocument: new EventEmitter<FakeDocument>(),
  changeSettings: new EventEmitter<{ affectsConfiguration(name: string): boolean }>(),
  changeVisibleEditors: new EventEmitter<undefined>(),
  changeVisibleRanges: new EventEmitter<unknown>(),
  changeActiveEditor: new EventEmitter<unknown>(),
};

/** Settings of a test, in addition to the defaults of package.json. */
const settings = new Map<string, unknown>();
const defaults = new Map<string, unknown>();

export function declareDefaults(values: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(values)) defaults.set(name, value);
}

export function set(name: string, value: unknown): void {
  settings.set(name, value);
  events.changeSettings.fire({
    affectsConfiguration: (asked) => name === asked || name.startsWith(`${asked}.`),
  });
}

/** Resets the settings and editors of earlier tests. */
export function reset(): void {
  settings.clear();
  window.visibleTextEditors = [];
  window.activeTextEditor = undefined;
  window.picked = undefined;
  window.typed = undefined;
  window.quickPick = undefined;
  window.messages.length = 0;
  window.saved = undefined;
  window.shown.length = 0;
  workspace.isTrusted = true;
  workspace.workspaceFolders = undefined;
  workspace.notebookDocuments = [];
  commands.executed.length = 0;
}

export const ConfigurationTarget = { Global: 1 };

export const workspace = {
  isTrusted: true,
  workspaceFolders: undefined as readonly { readonly uri: Uri }[] | undefined,
  textDocuments: [] as FakeDocument[],
  notebookDocuments: [] as FakeNotebook[],
  onDidChangeTextDocument: events.changeDocument.event,
  onDidCloseTextDocument: events.closeDocument.event,
  onDidOpenTextDocument: events.openDocument.event,
  onDidChangeConfiguration: events.changeSettings.event,
  onDidChangeWorkspaceFolders: new EventEmitter<unknown>().event,
  registerTextDocumentContentProvider: () => new Disposable(() => undefined),
  applyEdit: ({ insertions }: WorkspaceEdit): Promise<boolean> => {
    for (const document of workspace.textDocuments) {
      const own = insertions.filter(({ uri }) => uri.toString() === document.uri.toString());
      const changes = own.map(({ at, text }) => ({ start: document.offsetAt(at), removed: 0, text }));
      if (changes.length > 0) document.edit(...changes);
    }
    return Promise.resolve(true);
  },
  getConfiguration: (section: string) => ({
    get: (name: string) => settings.get(`${section}.${name}`) ?? defaults.get(`${section}.${name}`),
    inspect: (name: string) => ({ defaultValue: defaults.get(`${section}.${name}`) }),
    update: (name: string, value: unknown): Promise<void> => {
      set(`${section}.${name}`, value);
      return Promise.resolve();
    },
  }),
};

export const window = {
  visibleTextEditors: [] as FakeEditor[],
  activeTextEditor: undefined as FakeEditor | undefined,
  tabGroups: { activeTabGroup: { activeTab: undefined as { readonly input: unknown } | undefined } },
  onDidChangeVisibleTextEditors: events.changeVisibleEditors.event,
  onDidChangeTextEditorVisibleRanges: events.changeVisibleRanges.event,
  onDidChangeActiveTextEditor: events.changeActiveEditor.event,
  /** Labels of the items that the user picks from lists; undefined if the user closes the list. */
  picked: undefined as string | undefined,
  showQuickPick: <T extends { readonly label: string }>(items: readonly T[]): Promise<T | undefined> =>
    Promise.resolve(items.find(({ label }) => label === window.picked)),
  /** The place at which the user saves files; undefined if the user closes the dialog. */
  saved: undefined as Uri | undefined,
  showSaveDialog: (): Promise<Uri | undefined> => Promise.resolve(window.saved),
  /** The files that were opened. */
  shown: [] as string[],
  showTextDocument: (uri: Uri): Promise<void> => {
    window.shown.push(uri.toString());
    return Promise.resolve();
  },
  showInformationMessage: (message: string, ...buttons: readonly string[]): Promise<string | undefined> => {
    window.messages.push([message, ...buttons]);
    return Promise.resolve(buttons.find((each) => each === window.picked));
  },
  /** The list that was shown last. */
  quickPick: undefined as FakeQuickPick<{ readonly label: string }> | undefined,
  createQuickPick: <T extends { readonly label: string }>() => new FakeQuickPick<T>(),
  /** The text that the user types into an input box; undefined if the user closes it. Invalid text is not accepted. */
  typed: undefined as string | undefined,
  showInputBox: ({
    validateInput,
  }: {
    readonly validateInput?: (text: string) => string | undefined;
  }): Promise<string | undefined> => {
    const { typed } = window;
    const isValid = typed !== undefined && validateInput?.(typed) === undefined;
    return Promise.resolve(isValid ? typed : undefined);
  },
  /** The messages that were shown, with their details and buttons. The user presses the button `window.picked`. */
  messages: [] as (readonly string[])[],
  showWarningMessage: (message: string, ...rest: readonly unknown[]): Promise<string | undefined> => {
    const [options] = rest as readonly { readonly detail?: string }[];
    const buttons = rest.filter((each) => typeof each === 'string');
    window.messages.push([message, ...(options?.detail === undefined ? [] : [options.detail]), ...buttons]);
    return Promise.resolve(buttons.find((each) => each === window.picked));
  },
  createTextEditorDecorationType: (options: unknown) => ({ options, dispose: () => undefined }),
};

export const extensions = { getExtension: (): unknown => undefined };

export const env = { language: 'en' };

export const commands = {
  /** The commands that were run, with their arguments. */
  executed: [] as (readonly unknown[])[],
  executeCommand: (...call: readonly unknown[]): Promise<undefined> => {
    commands.executed.push(call);
    return Promise.resolve(undefined);
  },
};

export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 };

export class TreeItem {
  description: string | undefined;
  tooltip: string | undefined;
  accessibilityInformation: { readonly label: string } | undefined;
  constructor(
    readonly label: string,
    readonly collapsibleState: number,
  ) {}
}
