import * as vscode from 'vscode';
import { isFolderScope, type PanelScope } from '../../protocol/panel';
import { Disposable, type DisposableLike } from '../dispose';
import type { FolderRelations } from '../index/folderRelations';
import type { RelationsModel } from '../relations/relationsModel';
import type { PanelReview } from './panelReview';

/** The parts of the model that follow the chosen scope. */
export interface FollowedModel {
  scope: PanelScope;
  readonly relations: Pick<RelationsModel, 'follow' | 'unfollow'>;
  readonly folder: Pick<FolderRelations, 'follow' | 'unfollow' | 'followReview'>;
  readonly review: Pick<PanelReview, 'onDidChange'>;
  showFailure(work: Promise<unknown>): void;
}

/**
 * Keeps the relations of the chosen scope up to date while at least one page shows them: the side panel, the graph in an
 * editor, or both.
 */
export class ScopeFollower extends Disposable {
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  /** Fires when another scope is followed. */
  readonly onDidChange = this.changed.event;
  private pages = 0;
  private scope: PanelScope | undefined;

  constructor(private readonly model: FollowedModel) {
    super();
    this._register(model.review.onDidChange(() => this.followReview()));
  }

  /** Follows the scope until the returned object is disposed. */
  add(): DisposableLike {
    this.pages++;
    if (this.pages === 1) this.follow(this.model.scope);
    let isDisposed = false;
    return {
      dispose: () => {
        if (isDisposed) return;
        isDisposed = true;
        this.pages--;
        if (this.pages === 0) this.unfollow();
      },
    };
  }

  /** Stores the scope that the user has chosen and follows it. */
  choose(scope: PanelScope): void {
    this.model.scope = scope;
    this.follow(scope);
  }

  private follow(scope: PanelScope): void {
    const { relations, folder } = this.model;
    this.scope = scope;
    if (isFolderScope(scope)) {
      relations.unfollow();
      folder.follow({ isIncludedOnly: scope === 'included' });
    } else {
      folder.unfollow();
      relations.follow(scope);
    }
    this.changed.fire();
  }

  private unfollow(): void {
    this.scope = undefined;
    this.model.relations.unfollow();
    this.model.folder.unfollow();
  }

  /** The scope that the user has chosen may be gone with the review. */
  private followReview(): void {
    const { model } = this;
    if (this.pages === 0) return;
    if (model.scope !== this.scope) this.follow(model.scope);
    else model.showFailure(model.folder.followReview());
  }
}
