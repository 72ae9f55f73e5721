import type { Evidence } from '../../core/curation/evidenceFile';
import { withValue } from '../../core/curation/formValues';
import type { StatedPublication } from '../../core/records/publicationKeys';
import type { ModelInfo } from '../../protocol/engine';
import { modelAnnotator } from '../../protocol/modelName';
import type { EvidenceView } from '../../protocol/panel';
import { Disposable } from '../dispose';
import type { Logger } from '../log';
import type { LocatedAnswer } from '../questions/answerRows';
import type { QuestionRunner } from '../questions/questionRunner';
import type { EditLog } from '../annotations/editLog';
import type { EvidenceLocation } from '../annotations/evidenceRevealer';
import type { RelationItem } from '../relations/relationItem';
import type { ReviewAccess } from '../reviewAccess';
import { locateEvidence } from './evidenceLocation';
import { EvidenceStore } from '../workspace/evidenceStore';
import type { ExportBundle } from './exportLoader';
import { completeEvidence, evidenceOfAnswer, evidenceOfRelation } from './createEvidence';

export interface EvidenceControllerParts {
  readonly edits: EditLog;
  readonly maxBytes: () => number;
  readonly review: Pick<ReviewAccess, 'load'>;
  /** Loads the exports. */
  readonly exports: () => ExportBundle;
  /** The name under which a publication is shown. */
  readonly nameOf: (stated: StatedPublication) => string | undefined;
  readonly log: Logger;
}

type AnsweredQuestion = Pick<QuestionRunner, 'question' | 'model'>;

/** Maximum number of unpinned cells in the table; the most probable ones are shown. */
const maxUnpinned = 300;

/** Handles the actions of the panel on the table of evidence: pin, unpin, note, confirm, export, open. */
export class EvidenceController extends Disposable {
  private readonly store: EvidenceStore;
  readonly onDidChange: EvidenceStore['onDidChange'];

  constructor(private readonly parts: EvidenceControllerParts) {
    super();
    this.store = this._register(new EvidenceStore(parts.log));
    this.onDidChange = this.store.onDidChange;
  }

  get hasEntries(): boolean {
    return this.store.all.length > 0;
  }

  load(): Promise<void> {
    return this.store.load();
  }

  /**
   * Returns the table. Relations on the list that belong to a column of the table appear in it as unpinned cells, so
   * that the user can pin them.
   *
   * @param listed The relations on the list, after decisions of the user.
   */
  view(listed: readonly RelationItem[]): EvidenceView {
    if (!this.store.hasPairs) return this.store.view([], this.parts.nameOf);
    const unpinned = listed
      .map((item) => ({ id: item.id, evidence: evidenceOfRelation(item) }))
      .filter(({ evidence }) => this.store.hasColumn(evidence.topic) && !this.store.has(evidence))
      .sort((a, b) => b.evidence.probability - a.evidence.probability);
    return this.store.view(unpinned.slice(0, maxUnpinned), this.parts.nameOf);
  }

  isRelationPinned(item: RelationItem): boolean {
    return this.store.has(evidenceOfRelation(item));
  }

  isAnswerPinned(question: string, answer: LocatedAnswer): boolean {
    return this.store.has(evidenceOfAnswer(question, answer));
  }

  /**
   * Pins the sentence of a relation, or unpins it.
   *
   * @param model The model that found the listed relations. A relation that a person added is attributed to a person.
   */
  pinRelation(item: RelationItem, model: ModelInfo | undefined, pinned: boolean): Promise<void> {
    const annotator = item.isByHand ? 'person' : model && modelAnnotator(model);
    return this.setPinned({ ...evidenceOfRelation(item), annotator }, item, pinned);
  }

  pinAnswer({ question, model }: AnsweredQuestion, answer: LocatedAnswer, pinned: boolean): Promise<void> {
    const annotator = model && modelAnnotator(model);
    return this.setPinned({ ...evidenceOfAnswer(question, answer), annotator }, answer.location, pinned);
  }

  async unpin(id: number): Promise<void> {
    const evidence = this.store.get(id);
    if (evidence) await this.store.unpin(evidence);
  }

  note(id: number, note: string): Promise<void> {
    return this.store.edit(id, (evidence) => ({ ...evidence, note: note.trim() }));
  }

  /** Confirms a value of the extraction form, or changes it. */
  setValue(id: number, value: string): Promise<void> {
    return this.store.edit(id, (evidence) => withValue(evidence, value));
  }

  /** @param format As {@link ExportBundle.exportEvidence}. */
  export(format?: unknown): Promise<void> {
    const content = { pinned: this.store.all, unpinned: [], form: this.store.form.columns };
    return this.parts.exports().exportEvidence(content, this.parts.review, format);
  }

  async locationOf(id: number): Promise<EvidenceLocation | undefined> {
    const evidence = this.store.get(id);
    return evidence && locateEvidence(evidence, this.parts.edits, this.parts.maxBytes());
  }

  private async setPinned(
    evidence: Evidence,
    from: Pick<RelationItem, 'document' | 'version'>,
    pinned: boolean,
  ): Promise<void> {
    if (!pinned) return this.store.unpin(evidence);
    await this.store.pin(completeEvidence(evidence, from, this.parts.edits));
  }
}
