import * as vscode from 'vscode';
import { keysOfPlace, publicationTest } from '../../core/records/publicationKeys';
import type { ModelInfo } from '../../protocol/engine';
import { relationsMethod, type PublicationFilter } from '../../protocol/indexMessages';
import type { PanelNotice, PanelWork } from '../../protocol/panel';
import type { EditLog } from '../annotations/editLog';
import { Disposable } from '../dispose';
import { logFailure, type Logger } from '../log';
import { emptyNotice } from '../notices';
import type { AddedRelations } from '../relations/addedRelations';
import { decodeLocated, type LocatedRelation } from '../../runtime/folder/locatedRelation';
import type { DocumentRelations } from '../relations/relationItem';
import { RelationList } from '../relations/relationList';
import type { RelationsSource } from '../relations/relationsSource';
import type { FolderIndex } from './folderIndex';
import type { IndexClient } from '../../runtime/index/indexClient';
import { indexSummary } from './indexSummary';

export interface FolderRelationsParts {
  readonly client: IndexClient;
  readonly index: FolderIndex;
  readonly edits: EditLog;
  readonly added: Pick<AddedRelations, 'inAllDocuments' | 'onDidChange'>;
  /** The publications that the review of the folder includes. */
  readonly included: () => Promise<PublicationFilter>;
  readonly log: Logger;
}

/** Maximum number of listed relations; the least probable ones are left out. */
const maxListed = 20_000;
/** Number of relations in one request to the index. */
const pageSize = 1000;

/** The relations of the indexed folder. */
export class FolderRelations extends Disposable implements RelationsSource {
  readonly list = this._register(new RelationList());
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.changed.event;
  /** Always undefined: the panel shows the progress of the index by itself. */
  readonly work: PanelWork | undefined = undefined;
  private isFollowed = false;
  private isIncludedOnly = false;
  /** The publications on the list. Undefined: all of the folder. */
  private only: PublicationFilter | undefined;
  /** Number of the latest refresh. An asynchronous step ends when a later refresh has begun. */
  private generation = 0;

  constructor(private readonly parts: FolderRelationsParts) {
    super();
    this._register(parts.index.onDidChange(() => this.changed.fire()));
    this._register(parts.index.onDidChangeRelations(() => this.refresh()));
    this._register(
      parts.added.onDidChange(() => {
        if (this.isFollowed)
          logFailure(this.showAdded(this.generation), parts.log, 'listing added relations');
      }),
    );
  }

  get notice(): PanelNotice | undefined {
    const { index } = this.parts;
    if (!vscode.workspace.workspaceFolders) return emptyNotice('no-folder');
    if (index.notice) return index.notice;
    if (index.work) return emptyNotice('indexing');
    if (index.state.stats.passages === 0) return emptyNotice('unindexed');
    if (this.only?.keys?.length === 0) return emptyNotice('nothing-included');
    return emptyNotice(index.state.isUpToDate ? 'no-relations' : 'incomplete');
  }

  get summary(): string {
    return indexSummary(this.parts.index);
  }

  get model(): ModelInfo | undefined {
    return this.parts.index.state.relationsModel;
  }

  /**
   * Starts to keep the list up to date. An existing index is updated; a new one is created only by {@link find}.
   *
   * @param isIncludedOnly Whether the list has only publications that the review includes. Default: false.
   */
  follow({ isIncludedOnly = false } = {}): void {
    this.isFollowed = true;
    if (isIncludedOnly !== this.isIncludedOnly) {
      // The relations of the other scope must not stand under the name of this one.
      this.generation++;
      this.only = undefined;
      this.list.begin([]);
    }
    this.isIncludedOnly = isIncludedOnly;
    if (this.parts.index.exists) this.parts.index.update();
    this.refresh();
  }

  unfollow(): void {
    this.isFollowed = false;
  }

  find(): void {
    this.parts.index.update();
  }

  stop(): void {
    this.parts.index.stop();
  }

  /** Lists the relations again if the review now includes other publications. */
  async followReview(): Promise<void> {
    if (!this.isFollowed || !this.isIncludedOnly) return;
    const { keys = [] } = await this.parts.included();
    if (keys.join('\n') !== this.only?.keys?.join('\n')) this.refresh();
  }

  private refresh(): void {
    if (this.isFollowed && this.parts.index.exists)
      logFailure(this.readIndex(++this.generation), this.parts.log, 'listing the relations of the folder');
    else if (!this.parts.index.exists) this.list.begin([]);
  }

  private async readIndex(generation: number): Promise<void> {
    const { client, edits } = this.parts;
    const only = this.isIncludedOnly ? await this.parts.included() : undefined;
    if (generation !== this.generation) return;
    this.only = only;
    const byDocument = new Map<string, LocatedRelation[]>();
    for (let from = 0; from < maxListed; from += pageSize) {
      const page = await client.request(relationsMethod, { from, limit: pageSize, only });
      if (generation !== this.generation) return;
      for (const { document, payloads } of page) {
        const relations = byDocument.get(document) ?? [];
        relations.push(...payloads.flatMap((payload) => decodeLocated(payload) ?? []));
        byDocument.set(document, relations);
      }
      if (page.reduce((sum, { payloads }) => sum + payloads.length, 0) < pageSize) break;
    }
    this.list.begin([...byDocument.keys()]);
    for (const [document, relations] of byDocument)
      this.list.add({ document, version: edits.currentVersion(document), relations });
    await this.showAdded(generation);
  }

  /** Lists the relations that the user added, unless only some publications are listed, and removes those that the user has deleted. */
  private async showAdded(generation: number): Promise<void> {
    const { added, edits } = this.parts;
    const all = await added.inAllDocuments();
    if (generation !== this.generation) return;
    const { only } = this;
    const found = this.list.all().flatMap(({ isByHand, document }) => (isByHand ? [] : [document]));
    const current = only ? all.map((each) => ofPublications(each, only, new Set(found))) : all;
    const listed = this.list.all().flatMap(({ isByHand, document }) => (isByHand ? [document] : []));
    const documents = new Set(current.map(({ document }) => document));
    for (const document of new Set(listed)) {
      if (documents.has(document)) continue;
      this.list.setAdded({ document, version: edits.currentVersion(document), relations: [] });
    }
    for (const each of current) this.list.setAdded(each);
  }
}

/**
 * The added relations of some publications. One that states no publication is from a document of its own, which counts if
 * the index found a relation of them in it.
 */
function ofPublications(
  added: DocumentRelations,
  only: PublicationFilter,
  listed: ReadonlySet<string>,
): DocumentRelations {
  const passes = publicationTest(only);
  const relations = added.relations.filter(({ relation: { publication, citation } }) => {
    const stated = keysOfPlace({ publication, citation });
    return stated.length === 0 ? listed.has(added.document) : passes(stated);
  });
  return { ...added, relations };
}
