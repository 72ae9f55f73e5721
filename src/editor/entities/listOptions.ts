import * as vscode from 'vscode';
import { Disposable } from '../dispose';
import type { ContextKeys } from './contextKeys';
import type { SortOrder } from './entityTree';

/** Documents whose entities are listed: the last read one, or all tagged ones. */
export type ListScope = 'document' | 'folder';

const orderKey = 'entities.order';

/** Scope, filter and order of the entities view, as the user has chosen them. */
export class ListOptions extends Disposable {
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.changed.event;
  private currentFilter = '';
  private currentScope: ListScope = 'document';

  /** @param memory Stores the order in the workspace state. */
  constructor(
    private readonly memory: vscode.Memento,
    private readonly contextKeys: ContextKeys,
  ) {
    super();
  }

  get order(): SortOrder {
    return this.memory.get<SortOrder>(orderKey, 'count');
  }

  async sortBy(order: SortOrder): Promise<void> {
    await this.memory.update(orderKey, order);
    this.changed.fire();
  }

  /** Empty if all entities are listed. */
  get filter(): string {
    return this.currentFilter;
  }

  filterBy(filter: string): void {
    this.currentFilter = filter.trim();
    this.contextKeys.set('biobert.entitiesFiltered', this.currentFilter !== '');
    this.changed.fire();
  }

  get scope(): ListScope {
    return this.currentScope;
  }

  list(scope: ListScope): void {
    this.currentScope = scope;
    this.contextKeys.set('biobert.listsFolder', scope === 'folder');
    this.changed.fire();
  }
}
