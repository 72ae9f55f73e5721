import * as vscode from 'vscode';
import type { ModelInfo } from '../../protocol/engine';
import { isCount, isRecord } from '../../protocol/guards';
import { relationsMethod } from '../../protocol/indexMessages';
import type { PanelNotice, PanelWork } from '../../protocol/panel';
import type { AddedRelations } from '../relations/addedRelations';
import { Disposable } from '../dispose';
import { logFailure, type Logger } from '../log';
import type { EditLog } from '../annotations/editLog';
import type { FoundRelation } from '../relations/foundRelation';
import { emptyNotice } from '../notices';
import { RelationList } from '../relations/relationList';
import type { RelationsSource } from '../relations/relationsSource';
import type { FolderIndex } from './folderIndex';
import type { IndexClient } from './indexClient';

export interface FolderRelationsParts {
  readonly client: IndexClient;
  readonly index: FolderIndex;
  readonly edits: EditLog;
  readonly added: Pick<AddedRelations, 'everywhere' | 'onDidChange'>;
  readonly log: Logger;
}

/** More rows than anybody reads; the least probable are left out. */
const listedAtMost = 20_000;
const readAtOnce = 1000;

/** The relations of the indexed folder. */
export class FolderRelations extends Disposable implements RelationsSource {
  readonly list = this._register(new RelationList());
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.changed.event;
  readonly work: PanelWork | undefined = undefined;
  private isFollowed = false;
  private generation = 0;

  constructor(private readonly parts: FolderRelationsParts) {
    super();
    this._register(parts.index.onDidChange(() => this.changed.fire()));
    this._register(parts.index.onDidFind(() => this.refresh()));
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
    if (!index.hasDocuments) return emptyNotice('unindexed');
    return emptyNotice(index.isUpToDate ? 'no-relations' : 'incomplete');
  }

  get summary(): string {
    return this.parts.index.summary;
  }

  get model(): ModelInfo | undefined {
    return this.parts.index.relationsModel;
  }

  follow(): void {
    this.isFollowed = true;
    // The reader asked for it once; from then on it is kept up to date whenever it is looked at.
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

  private refresh(): void {
    if (this.isFollowed && this.parts.index.exists)
      logFailure(this.read(++this.generation), this.parts.log, 'listing the relations of the folder');
    else if (!this.parts.index.exists) this.list.begin([]);
  }

  private async read(generation: number): Promise<void> {
    const { client, edits } = this.parts;
    const found = new Map<string, FoundRelation[]>();
    for (let from = 0; from < listedAtMost; from += readAtOnce) {
      const part = await client.request(relationsMethod, { from, limit: readAtOnce });
      if (generation !== this.generation) return;
      for (const { document, payloads } of part) {
        const relations = found.get(document) ?? [];
        relations.push(...payloads.flatMap((payload) => decode(payload) ?? []));
        found.set(document, relations);
      }
      if (part.reduce((sum, { payloads }) => sum + payloads.length, 0) < readAtOnce) break;
    }
    this.list.begin([...found.keys()]);
    for (const [document, relations] of found)
      this.list.add({ document, moment: edits.now(document), relations });
    await this.showAdded(generation);
  }

  /** Where the last one of a document was taken back, its place on the list is emptied, too. */
  private async showAdded(generation: number): Promise<void> {
    const { added, edits } = this.parts;
    const found = await added.everywhere();
    if (generation !== this.generation) return;
    const before = this.list.all().flatMap(({ isByHand, document }) => (isByHand ? [document] : []));
    const now = new Set(found.map(({ document }) => document));
    for (const document of new Set(before))
      if (!now.has(document)) this.list.setAdded({ document, moment: edits.now(document), relations: [] });
    for (const each of found) this.list.setAdded(each);
  }
}

/** As `FolderIndex` wrote it; the file is in our own storage, but a file is a file. */
function decode(payload: string): FoundRelation | undefined {
  try {
    const value: unknown = JSON.parse(payload);
    const isSound =
      isRecord(value) && isRecord(value['relation']) && isRecord(value['evidence']) && isCount(value['line']);
    return isSound ? (value as unknown as FoundRelation) : undefined;
  } catch {
    return undefined;
  }
}
