import * as vscode from 'vscode';
import { Disposable } from '../dispose';
import { logFailure, type Logger } from '../log';
import type { ContextKeys } from './contextKeys';
import type { EntitySource } from './entitySource';
import { childrenOf, type EntityNode, type TypeNode } from './entityTree';
import type { DocumentEntities } from '../../runtime/folder/grouping';
import { LastReadDocument } from './lastReadDocument';
import { ListOptions, type ListScope } from './listOptions';
import { PaperNames } from './paperNames';
import { RefreshScheduler } from './refreshScheduler';
import { SnippetReader } from './snippetReader';
import { TreeBuilder } from './treeBuilder';
import { mentionItem, moreItem, nameItem, typeItem } from './treeItems';

export interface EntitiesViewParts {
  readonly source: EntitySource;
  readonly contextKeys: ContextKeys;
  /** Stores the order of the list. */
  readonly memory: vscode.Memento;
  readonly maxBytes: () => number;
  readonly log: Logger;
}

/** The tree of entities in the side bar: types, below them names, below them mentions. */
export class EntitiesView extends Disposable implements vscode.TreeDataProvider<EntityNode> {
  private readonly changed = this._register(new vscode.EventEmitter<undefined>());
  readonly onDidChangeTreeData = this.changed.event;
  readonly options: ListOptions;
  private readonly lastReadDocument = this._register(new LastReadDocument());
  private readonly view: vscode.TreeView<EntityNode>;
  private readonly snippets: SnippetReader;
  private readonly builder = new TreeBuilder();
  private readonly scheduler: RefreshScheduler;
  private roots: readonly TypeNode[] = [];
  private papers = new PaperNames([]);
  private isIndexRead = false;

  constructor(private readonly parts: EntitiesViewParts) {
    super();
    const { source, contextKeys, memory, maxBytes, log } = parts;
    this.options = this._register(new ListOptions(memory, contextKeys));
    this.snippets = new SnippetReader(maxBytes);
    this.view = this._register(
      vscode.window.createTreeView('biobert.entities', {
        treeDataProvider: this,
        showCollapseAll: true,
        canSelectMany: true,
      }),
    );
    const scheduler = this._register(
      new RefreshScheduler({
        refresh: (isOutdated) => this.rebuild(isOutdated),
        isVisible: () => this.view.visible,
        log,
      }),
    );
    this.scheduler = scheduler;
    this._register(source.onDidChange((uri) => this.handleEntitiesChange(uri)));
    this._register(this.options.onDidChange(() => scheduler.refreshNow()));
    this._register(
      this.lastReadDocument.onDidChange(() => this.options.scope === 'document' && scheduler.refreshNow()),
    );
    this._register(this.view.onDidChangeVisibility(({ visible }) => visible && this.handleShown()));
    if (this.lastReadDocument.uri) scheduler.refreshNow();
  }

  /** The document of the last active editor, if one of its tabs is open. */
  get lastRead(): vscode.TextDocument | undefined {
    return this.lastReadDocument.document;
  }

  /** The selected rows. */
  get selection(): readonly EntityNode[] {
    return this.view.selection;
  }

  getChildren(node?: EntityNode): EntityNode[] {
    return node ? childrenOf(node) : [...this.roots];
  }

  async getTreeItem(node: EntityNode): Promise<vscode.TreeItem> {
    switch (node.kind) {
      case 'type':
        return typeItem(node);
      case 'name':
        return nameItem(node, this.papers.labelOf(node.mentions));
      case 'more':
        return moreItem(node);
      case 'mention': {
        const { document, entity } = node.mention;
        const snippet = await this.snippets.read(document, entity);
        const hasSeveralDocuments = this.options.scope === 'folder';
        const publication = this.papers.hasSeveral ? this.papers.nameOf(node.mention) : undefined;
        return mentionItem(node, { snippet, hasSeveralDocuments, publication });
      }
    }
  }

  private handleShown(): void {
    this.scheduler.refreshNow();
    const { source, log } = this.parts;
    const restored = source.restore().then(() => {
      this.isIndexRead = true;
      this.scheduler.refreshNow();
    });
    logFailure(restored, log, 'reading the index');
  }

  private handleEntitiesChange(uri: vscode.Uri | undefined): void {
    this.snippets.clear();
    const isListed =
      !uri || this.options.scope === 'folder' || uri.toString() === this.lastReadDocument.uri?.toString();
    if (isListed) this.scheduler.schedule();
  }

  private async rebuild(isOutdated: () => boolean): Promise<void> {
    const documents = listedDocuments(this.parts.source, this.options.scope, this.lastReadDocument.uri);
    const roots = await this.builder.build(documents, this.options);
    if (isOutdated()) return;
    this.roots = roots;
    this.papers = new PaperNames(documents);
    this.showTexts(documents);
    this.changed.fire(undefined);
    // Only now is a list without entities known to be empty.
    if (this.isIndexRead) this.parts.contextKeys.set('biobert.indexRead', true);
  }

  /** Shows scope and filter beside the title, and a message if the list is empty. */
  private showTexts(documents: readonly DocumentEntities[]): void {
    const { scope, filter } = this.options;
    const scopeText = scope === 'folder' ? [this.papers.label] : [];
    const filterText = filter ? [`“${filter}”`] : [];
    this.view.description = [...scopeText, ...filterText].join(', ');
    const hasEntities = documents.some(({ entities }) => entities.length > 0);
    if (this.roots.length > 0 || documents.length === 0) this.view.message = undefined;
    else if (hasEntities) this.view.message = vscode.l10n.t('No entity matches “{0}”.', filter);
    else this.view.message = vscode.l10n.t('No entities were found in this document.');
  }
}

function listedDocuments(
  source: EntitySource,
  scope: ListScope,
  lastRead: vscode.Uri | undefined,
): readonly DocumentEntities[] {
  if (scope === 'folder') return source.all();
  const entities = lastRead && source.get(lastRead);
  return entities ? [entities] : [];
}
