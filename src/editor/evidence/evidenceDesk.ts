import { topicKey, type Evidence } from '../../core/formats/evidence';
import type { ModelInfo } from '../../protocol/engine';
import { modelAnnotator } from '../../protocol/modelName';
import type { EvidenceFormat, EvidenceView } from '../../protocol/panel';
import { Disposable } from '../dispose';
import type { Logger } from '../log';
import type { Answered, Asking } from '../questions/asking';
import type { EditLog } from '../annotations/editLog';
import type { Place } from '../annotations/places';
import type { RelationItem } from '../relations/relationList';
import { placeOfEvidence } from './evidencePlace';
import { EvidenceStore } from '../workspace/evidenceStore';
import { exportEvidence } from './exportEvidence';
import { completed, evidenceOfAnswer, evidenceOfRelation } from './pinning';

export interface EvidenceDeskParts {
  readonly edits: EditLog;
  readonly maxBytes: () => number;
  readonly log: Logger;
}

type Asked = Pick<Asking, 'question' | 'model'>;

/** More than anybody looks through; the most probable are shown. */
const unpinnedAtMost = 300;

/** What the panel does with the evidence table. */
export class EvidenceDesk extends Disposable {
  private readonly store: EvidenceStore;
  readonly onDidChange: EvidenceStore['onDidChange'];

  constructor(private readonly parts: EvidenceDeskParts) {
    super();
    this.store = this._register(new EvidenceStore(parts.log));
    this.onDidChange = this.store.onDidChange;
  }

  load(): Promise<void> {
    return this.store.load();
  }

  /** @param listed Relations of the list, as the reader sees them: what fits into a column stands in it, to be pinned. */
  view(listed: readonly RelationItem[]): EvidenceView {
    const pairs = this.store.pairs;
    if (pairs.size === 0) return this.store.view([]);
    const open = listed
      .map((item) => ({ id: item.id, evidence: evidenceOfRelation(item) }))
      .filter(({ evidence }) => pairs.has(topicKey(evidence.topic)) && !this.store.has(evidence))
      .sort((a, b) => b.evidence.probability - a.evidence.probability);
    return this.store.view(open.slice(0, unpinnedAtMost));
  }

  isRelationPinned(item: RelationItem): boolean {
    return this.store.has(evidenceOfRelation(item));
  }

  isAnswerPinned(question: string, answered: Answered): boolean {
    return this.store.has(evidenceOfAnswer(question, answered));
  }

  /** @param model That found what is listed; what a person added, they found. */
  pinRelation(item: RelationItem, model: ModelInfo | undefined, pinned: boolean): Promise<void> {
    const annotator = item.isByHand ? 'person' : model && modelAnnotator(model);
    return this.set({ ...evidenceOfRelation(item), annotator }, item, pinned);
  }

  pinAnswer({ question, model }: Asked, answered: Answered, pinned: boolean): Promise<void> {
    const annotator = model && modelAnnotator(model);
    return this.set({ ...evidenceOfAnswer(question, answered), annotator }, answered.place, pinned);
  }

  async drop(id: number): Promise<void> {
    const evidence = this.store.get(id);
    if (evidence) await this.store.drop(evidence);
  }

  note(id: number, note: string): Promise<void> {
    return this.store.note(id, note);
  }

  exportAs(format: EvidenceFormat): Promise<void> {
    return exportEvidence(this.store.all, format);
  }

  async placeOf(id: number): Promise<Place | undefined> {
    const evidence = this.store.get(id);
    return evidence && placeOfEvidence(evidence, this.parts.edits, this.parts.maxBytes());
  }

  private async set(
    evidence: Evidence,
    from: Pick<RelationItem, 'document' | 'moment'>,
    pinned: boolean,
  ): Promise<void> {
    if (!pinned) return this.store.drop(evidence);
    const { edits, maxBytes } = this.parts;
    await this.store.pin(await completed(evidence, from, { edits, maxBytes: maxBytes() }));
  }
}
