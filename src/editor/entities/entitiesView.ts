import * as vscode from 'vscode';
import { shippedTypes } from '../../core/entityTypes';
import { nameKey } from '../../core/text/mentions';
import { Disposable } from '../dispose';
import type { ContextKeys } from './contextKeys';
import { buildTree, childrenOf, type EntityNode, type SortOrder, type TypeNode } from './entityTree';
import { groupMentions, type DocumentEntities } from './grouping';
import { Lines } from './lines';
import { mentionRow, moreRow, nameRow, typeRow } from './rows';
import type { EntitySource } from './source';
import { documents } from './words';
import { logFailure, type Logger } from '../log';
import { createPacer } from '../pause';

export interface EntitiesViewParts {
  readonly source: EntitySource;
  readonly contexts: ContextKeys;
  /** Remembers the order between sessions. */
  readonly memory: vscode.Memento;
  readonly maxBytes: () => number;
  readonly log: Logger;
}

export type ListScope = 'document' | 'folder';

const orderKey = 'entities.order';
/** Edits and streamed results come faster than anyone reads a list. */
const refreshMs = 200;
/** A long list is made again less often, so that making it takes a small share of the time at most. */
const restPerWork = 9;

/** Type → name → mention: what the marks show by colour, as a list that can be read, searched and walked by keys. */
export class EntitiesView extends Disposable implements vscode.TreeDataProvider<EntityNode> {
  private readonly changed = this._register(new vscode.EventEmitter<undefined>());
  readonly onDidChangeTreeData = this.changed.event;

  private readonly view: vscode.TreeView<EntityNode>;
  private readonly lines: Lines;
  private readonly compareNames = new Intl.Collator(vscode.env.language, {
    numeric: true,
    sensitivity: 'base',
  }).compare;

  private readonly keyOf = rememberedKeys();

  private roots: readonly TypeNode[] = [];
  private currentFilter = '';
  private currentScope: ListScope = 'document';
  private document: vscode.Uri | undefined;
  private timer: NodeJS.Timeout | undefined;
  private nextDelayMs = refreshMs;
  private generation = 0;

  constructor(private readonly given: EntitiesViewParts) {
    super();
    this.lines = new Lines(given.maxBytes);
    this.view = this._register(
      vscode.window.createTreeView('biobert.entities', {
        treeDataProvider: this,
        showCollapseAll: true,
        canSelectMany: true,
      }),
    );
    this._register(given.source.onDidChange((uri) => this.onDidChangeEntities(uri)));
    this._register(vscode.window.onDidChangeActiveTextEditor((editor) => this.follow(editor)));
    const { tabGroups } = vscode.window;
    this._register(tabGroups.onDidChangeTabs(({ closed }) => closed.length > 0 && this.followActive()));
    this._register(this.view.onDidChangeVisibility(({ visible }) => visible && this.refreshNow()));
    this._register({ dispose: () => clearTimeout(this.timer) });
    this.followActive();
  }

  get order(): SortOrder {
    return this.given.memory.get<SortOrder>(orderKey, 'count');
  }

  async sortBy(order: SortOrder): Promise<void> {
    await this.given.memory.update(orderKey, order);
    this.refreshNow();
  }

  get filter(): string {
    return this.currentFilter;
  }

  filterBy(filter: string): void {
    this.currentFilter = filter.trim();
    this.given.contexts.set('biobert.entitiesFiltered', this.currentFilter !== '');
    this.refreshNow();
  }

  get scope(): ListScope {
    return this.currentScope;
  }

  list(scope: ListScope): void {
    this.currentScope = scope;
    this.given.contexts.set('biobert.listsFolder', scope === 'folder');
    this.refreshNow();
  }

  /** The document that was read last, while a tab has it: the focus may be in a panel or a welcome page. */
  get lastRead(): vscode.TextDocument | undefined {
    const { document } = this;
    if (!document || !hasTab(document)) return undefined;
    const name = document.toString();
    return vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === name);
  }

  /** The rows that a command from the keyboard is about. */
  get selection(): readonly EntityNode[] {
    return this.view.selection;
  }

  getChildren(node?: EntityNode): EntityNode[] {
    return node ? childrenOf(node) : [...this.roots];
  }

  async getTreeItem(node: EntityNode): Promise<vscode.TreeItem> {
    switch (node.kind) {
      case 'type':
        return typeRow(node);
      case 'name':
        return nameRow(node);
      case 'more':
        return moreRow(node);
      case 'mention': {
        const { document, entity } = node.mention;
        const snippet = await this.lines.snippet(document, entity);
        return mentionRow(node, { snippet, namesDocument: this.currentScope === 'folder' });
      }
    }
  }

  private follow(editor: vscode.TextEditor | undefined): void {
    // An output channel or a debug console is not what one reads; with nothing open, nothing is listed.
    if (editor?.document.uri.scheme === 'output') return;
    const uri = editor?.document.uri ?? this.lastRead?.uri;
    if (uri?.toString() === this.document?.toString()) return;
    this.document = uri;
    if (this.currentScope === 'document') this.refreshNow();
  }

  private onDidChangeEntities(uri: vscode.Uri | undefined): void {
    this.lines.forget();
    const isListed = !uri || this.currentScope === 'folder' || uri.toString() === this.document?.toString();
    if (isListed) this.refreshSoon();
  }

  private followActive(): void {
    this.follow(vscode.window.activeTextEditor);
  }

  private refreshSoon(): void {
    // Not a debounce: while results stream in, the list grows with them.
    this.timer ??= setTimeout(() => this.refreshNow(), this.nextDelayMs);
  }

  private refreshNow(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (!this.view.visible) return;
    logFailure(this.rebuild(), this.given.log, 'listing entities');
  }

  private async rebuild(): Promise<void> {
    const generation = ++this.generation;
    const started = performance.now();
    const listed = this.listed();
    const groups = await groupMentions(listed, { keyOf: this.keyOf, pace: createPacer() });
    // Overtaken by a later one while it paused.
    if (generation !== this.generation) return;
    this.roots = buildTree(groups, {
      order: this.order,
      filter: this.currentFilter,
      typeOrder: shippedTypes,
      compareNames: this.compareNames,
    });
    this.describe(listed);
    this.changed.fire(undefined);
    this.nextDelayMs = Math.max(refreshMs, restPerWork * (performance.now() - started));
  }

  private listed(): readonly DocumentEntities[] {
    if (this.currentScope === 'folder') return this.given.source.all();
    const here = this.document && this.given.source.get(this.document);
    return here ? [here] : [];
  }

  private describe(listed: readonly DocumentEntities[]): void {
    const where = this.currentScope === 'folder' ? [documents(listed.length)] : [];
    const filter = this.currentFilter ? [`“${this.currentFilter}”`] : [];
    this.view.description = [...where, ...filter].join(', ');
    const found = listed.some(({ entities }) => entities.length > 0);
    if (this.roots.length > 0 || listed.length === 0) this.view.message = undefined;
    else if (found) this.view.message = vscode.l10n.t('No entity matches “{0}”.', this.currentFilter);
    else this.view.message = vscode.l10n.t('No entities were found in this document.');
  }
}

/** Names that are remembered with their keys; beyond it, all are forgotten and learned anew. */
const keptNames = 50_000;

function rememberedKeys(): (name: string) => string {
  const keys = new Map<string, string>();
  return (name) => {
    const known = keys.get(name);
    if (known !== undefined) return known;
    if (keys.size >= keptNames) keys.clear();
    const key = nameKey(name);
    keys.set(name, key);
    return key;
  };
}

/** A cell of a notebook has the notebook's path. */
function hasTab({ path }: vscode.Uri): boolean {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .some(({ input }) => urisOf(input).some((uri) => uri.path === path));
}

function urisOf(input: unknown): readonly vscode.Uri[] {
  if (input instanceof vscode.TabInputTextDiff) return [input.original, input.modified];
  const hasUri = input instanceof vscode.TabInputText || input instanceof vscode.TabInputNotebook;
  return hasUri ? [input.uri] : [];
}
