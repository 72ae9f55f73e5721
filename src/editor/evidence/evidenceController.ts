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
import type { EvidenceLocation } from '../annotations/evidenceRevealer';
import type { RelationItem } from '../relations/relationItem';
import type { ReviewAccess } from '../reviewAccess';
import { locateEvidence, type LocationParts } from './evidenceLocation';
import { EvidenceStore, type UnpinnedCell } from '../workspace/evidenceStore';
import { documentUri } from '../workspace/workspaceFile';
import type { ExportBundle } from './exportLoader';
import { questionKey, type ColumnCell } from './answeredColumns';
import type { QuestionColumns } from './questionColumns';
import { completeEvidence, evidenceOfAnswer, evidenceOfRelation } from './createEvidence';

export interface EvidenceControllerParts extends LocationParts {
  readonly review: Pick<ReviewAccess, 'load'>;
  /** Loads the exports. */
  readonly exports: () => ExportBundle;
  /** The name under which a publication is shown. */
  readonly nameOf: (stated: StatedPublication) => string | undefined;
  readonly columns: QuestionColumns;
  readonly log: Logger;
}

type AnsweredQuestion = Pick<QuestionRunner, 'question' | 'model'>;

/** Maximum number of relations in the table that are not pinned; the most probable ones are shown. */
const maxUnpinned = 300;

/** Handles the actions of the panel on the table of evidence: pin, unpin, note, confirm, export, open. */
export class EvidenceController extends Disposable {
  private readonly store: EvidenceStore;
  readonly onDidChange: EvidenceStore['onDidChange'];
  readonly columns: QuestionColumns;

  constructor(private readonly parts: EvidenceControllerParts) {
    super();
    const { columns } = parts;
    this.columns = columns;
    this.store = this._register(new EvidenceStore(parts.log, () => columns.asked));
    this.onDidChange = this.store.onDidChange;
    let asked = '';
    this._register(
      columns.onDidChange(() => {
        // Most changes are answers, which change no column.
        if (asked === (asked = JSON.stringify(columns.asked))) return;
        this.store.update();
      }),
    );
  }

  get hasEntries(): boolean {
    return this.store.all.length > 0;
  }

  async load(): Promise<void> {
    await Promise.all([this.store.load(), this.columns.load()]);
  }

  /**
   * Returns the table. Relations on the list that belong to a column of the table and answers of papers appear in it as
   * unpinned cells, so that the user can pin them.
   *
   * @param listed The relations on the list, after decisions of the user.
   */
  view(listed: readonly RelationItem[]): EvidenceView {
    const answers = unpinnedAnswers(this.store, this.columns).map((cell) => ({
      ...cell,
      kind: 'paperAnswer' as const,
    }));
    return this.store.view([...unpinnedRelations(this.store, listed), ...answers], this.parts.nameOf);
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

  /** Pins the answer of a paper. @param id As {@link QuestionColumns.get}. */
  async pinPaperAnswer(id: number): Promise<void> {
    const cell = this.columns.get(id);
    if (cell && !cell.isUnanswered) await this.store.pin(cell.evidence);
  }

  /** The question of a column, by its id in {@link view}. */
  questionOf(topic: string): string | undefined {
    const pinned = this.store.all.map((each) => (each.topic.kind === 'question' ? each.topic.question : ''));
    return [...this.columns.asked, ...pinned].find((question) => questionKey(question) === topic);
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
    const content = {
      pinned: this.store.all,
      unpinned: unpinnedAnswers(this.store, this.columns),
      form: this.store.form.columns,
    };
    return this.parts.exports().exportEvidence(content, this.parts.review, format);
  }

  async locationOf(id: number): Promise<EvidenceLocation | undefined> {
    const evidence = this.store.get(id);
    return evidence && locateEvidence(evidence, this.parts);
  }

  /** The place of the answer of a paper; of a paper without an answer, its beginning. */
  async locationOfAnswer(id: number): Promise<EvidenceLocation | undefined> {
    const cell = this.columns.get(id);
    if (!cell) return undefined;
    const { evidence, isUnanswered } = cell;
    if (!isUnanswered) return locateEvidence(evidence, this.parts);
    const document = documentUri(evidence.document).toString();
    return { document, version: this.parts.edits.currentVersion(document), evidence, marks: [] };
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

function unpinnedAnswers(store: EvidenceStore, { cells }: QuestionColumns): readonly ColumnCell[] {
  return cells.filter(({ evidence }) => !store.has(evidence));
}

function unpinnedRelations(store: EvidenceStore, listed: readonly RelationItem[]): readonly UnpinnedCell[] {
  if (!store.hasPairs) return [];
  const unpinned = listed
    .map((item) => ({ id: item.id, evidence: evidenceOfRelation(item) }))
    .filter(({ evidence }) => store.hasColumn(evidence.topic) && !store.has(evidence))
    .sort((a, b) => b.evidence.probability - a.evidence.probability);
  return unpinned.slice(0, maxUnpinned).map((each) => ({ ...each, kind: 'relation' }));
}
