import { isString } from '../../protocol/guards';
import type { ModelInfo } from '../../protocol/engine';
import { modelName } from '../../protocol/modelName';
import type { PanelNotice, PanelWork } from '../../protocol/panel';
import type { AnnotationStore } from '../annotations/annotationStore';
import { Disposable } from '../dispose';
import type { DocumentScope, ReadableDocuments } from '../documents/readableDocuments';
import { documentsLabel, skippedPairsLabel } from '../entities/countLabels';
import type { DocumentTagger } from '../entities/documentTagger';
import type { Logger } from '../log';
import { emptyNotice } from '../notices';
import { WorkStatus } from '../workStatus';
import type { AddedRelations } from './addedRelations';
import type { RelationFinder } from './relationFinder';
import { RelationList } from './relationList';
import { RelationSearch } from './relationSearch';
import type { RelationsSource } from './relationsSource';

export interface RelationsModelParts {
  readonly relationFinder: RelationFinder;
  readonly documents: ReadableDocuments;
  readonly store: AnnotationStore;
  readonly documentTagger: DocumentTagger;
  readonly added: Pick<AddedRelations, 'inDocument' | 'onDidChange'>;
  readonly log: Logger;
}

/** Pause after the last change of the annotations: edits and results come faster than anybody reads. */
const settleMs = 700;

/**
 * The relations of the active document or of all open documents. While the panel is visible, the list follows the
 * documents: relations between tagged entities are found automatically; an untagged document is tagged only when the
 * user asks for it.
 */
export class RelationsModel extends Disposable implements RelationsSource {
  readonly list = this._register(new RelationList());
  private readonly status = this._register(new WorkStatus());
  readonly onDidChange = this.status.onDidChange;
  private readonly search: RelationSearch;
  private timer: NodeJS.Timeout | undefined;
  private scope: DocumentScope = 'document';
  private isActive = false;

  constructor(private readonly parts: RelationsModelParts) {
    super();
    const { list, status } = this;
    this.search = this._register(new RelationSearch({ ...parts, list, status }));
    this._register(parts.documents.onDidChange(() => this.updateSoon(0)));
    this._register(parts.store.onDidChange(() => this.updateSoon(settleMs)));
    this._register(parts.added.onDidChange(() => this.showAdded()));
    this._register({ dispose: () => clearTimeout(this.timer) });
  }

  get work(): PanelWork | undefined {
    return this.status.work;
  }

  get notice(): PanelNotice | undefined {
    return this.status.notice;
  }

  get model(): ModelInfo | undefined {
    return this.search.model;
  }

  /** `review.md · Compact BioBERT · 3 pairs of names were not checked` */
  get summary(): string {
    const { documents } = this.parts;
    const fileName = documents.active?.uri.path.split('/').at(-1) ?? '';
    const isOpenScope = this.scope === 'open';
    const title = isOpenScope ? documentsLabel(documents.inScope('open').length) : fileName;
    if (!this.model || title === '') return title;
    return [title, modelName(this.model), skippedPairsLabel(this.search.skippedPairs)]
      .filter(isString)
      .join(' · ');
  }

  /** Starts to follow the documents of a scope. */
  follow(scope: DocumentScope): void {
    this.isActive = true;
    if (scope !== this.scope) {
      this.scope = scope;
      this.search.reset();
      this.list.begin([]);
    }
    this.updateSoon(0);
  }

  unfollow(): void {
    this.isActive = false;
    clearTimeout(this.timer);
    this.stop();
  }

  /** Finds relations in all documents of the scope; untagged documents are tagged first. */
  find(): void {
    this.search.reset();
    this.search.start(this.parts.documents.inScope(this.scope));
  }

  /** Finds relations again, because the model has changed. */
  findAgain(): void {
    this.stop();
    this.search.reset();
    this.updateSoon(0);
  }

  stop(): void {
    this.search.stop();
  }

  private updateSoon(delayMs: number): void {
    if (!this.isActive) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.update(), delayMs);
  }

  private update(): void {
    const { relationFinder, documentTagger } = this.parts;
    const documents = this.parts.documents.inScope(this.scope);
    this.search.retainOnly(documents);
    this.showAdded();
    if (documents.some((document) => documentTagger.isTagging(document))) {
      this.updateSoon(settleMs);
      return;
    }
    const tagged = documents.filter((document) => relationFinder.isTagged(document));
    if (tagged.length === 0) {
      this.search.abort();
      this.list.begin(documents.map(({ uri }) => uri.toString()));
      this.search.reset();
      this.showAdded();
      this.status.show(undefined, emptyNotice(documents.length === 0 ? 'no-document' : 'untagged'));
      return;
    }
    const outdated = tagged.filter((document) => !this.search.isUpToDate(document));
    if (outdated.length > 0) this.search.start(outdated);
  }

  /** Lists the relations that the user added, also in documents that no model has searched. */
  private showAdded(): void {
    if (!this.isActive) return;
    for (const document of this.parts.documents.inScope(this.scope))
      this.list.setAdded(this.parts.added.inDocument(document));
  }
}
