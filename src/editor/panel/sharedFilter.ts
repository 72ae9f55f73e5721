import * as vscode from 'vscode';
import { Disposable } from '../dispose';
import { logFailure, type Log } from '../log';

const key = 'panel.filter';

/** The pages that share a filter are compared by identity. */
export type FilterOwner = object;

/**
 * The filter of the list of relations, which the side panel and the graph in an editor share. It is JSON that only the
 * pages read, and is stored for the workspace.
 */
export class SharedFilter extends Disposable {
  private readonly changed = this._register(
    new vscode.EventEmitter<{ readonly filter: string; readonly by: FilterOwner }>(),
  );
  /** Fires with the new filter and the page that has set it. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly memory: vscode.Memento,
    private readonly log: Log,
  ) {
    super();
  }

  /** Undefined until a page has set one. */
  get current(): string | undefined {
    const stored = this.memory.get<unknown>(key);
    return typeof stored === 'string' ? stored : undefined;
  }

  set(filter: string, by: FilterOwner): void {
    if (filter === this.current) return;
    logFailure(this.memory.update(key, filter), this.log, 'remembering the filter');
    this.changed.fire({ filter, by });
  }
}
