import * as vscode from 'vscode';
import { keysOfPlace, type StatedPublication } from '../../core/records/publicationKeys';
import type { PublicationFilter } from '../../protocol/indexMessages';
import { Disposable } from '../dispose';
import { describeError, logFailure, type Logger } from '../log';
import type { ReviewAccess } from '../reviewAccess';

const noNames: ReadonlyMap<string, string> = new Map();

/** The review as the panel uses it: the publications that it includes, and the names of publications. */
export class PanelReview extends Disposable {
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  /** Fires when the review begins, changes or is gone. */
  readonly onDidChange = this.changed.event;
  /** Resolves when the names of a review are known. */
  readonly ready: Promise<void>;
  private readonly renamed = this._register(new vscode.EventEmitter<void>());
  /** Fires when publications have other names. */
  readonly onDidRename = this.renamed.event;
  private names: ReadonlyMap<string, string> = noNames;
  /** By what a document states: the name of the publication. */
  private readonly found = new Map<string, string | undefined>();

  constructor(
    private readonly review: ReviewAccess,
    log: Logger,
  ) {
    super();
    const failed = 'reading the names of the review';
    this.ready = review.ready
      .then(() => this.update())
      .catch((error: unknown) => log.warn(`${failed}: ${describeError(error)}`));
    this._register(review.onDidChange(() => logFailure(this.update(), log, failed)));
  }

  get exists(): boolean {
    return this.review.exists;
  }

  /** The publications of the records that are included so far. */
  async included(): Promise<PublicationFilter> {
    return this.exists ? this.review.load().includedPublications() : { keys: [] };
  }

  /**
   * The name of a publication with author and year: the record of the review knows them also where a document states no
   * more than its title. Default: the name that the document states.
   */
  nameOf({ publication, citation }: StatedPublication): string | undefined {
    if (this.names.size === 0) return publication;
    const stated = `${citation ?? ''}\n${publication ?? ''}`;
    if (!this.found.has(stated)) {
      const keys = keysOfPlace({ publication, citation });
      this.found.set(
        stated,
        keys.map((key) => this.names.get(key)).find((name) => name !== undefined),
      );
    }
    return this.found.get(stated) ?? publication;
  }

  private async update(): Promise<void> {
    const names = this.exists ? await this.review.load().publicationNames() : noNames;
    // A decision changes no name.
    const isRenamed = names !== this.names;
    if (isRenamed) this.found.clear();
    this.names = names;
    this.changed.fire();
    if (isRenamed) this.renamed.fire();
  }
}
