import { modelIdentity } from '../../protocol/modelName';
import type { PanelState, PlaceName, RelationRow } from '../../protocol/panel';
import { evidenceEvent, relationRowsEvent, rowsPerMessage, stateEvent } from '../../protocol/panelMessages';
import type { Rpc } from '../../protocol/rpc';
import { Disposable } from '../dispose';
import { isDraft } from '../documents/draft';
import { placeName } from '../documents/placeName';
import { groupAddedRows } from '../relations/addedRows';
import { withoutCopies } from '../relations/copiedRelations';
import type { RelationItem } from '../relations/relationItem';
import { relationRow } from '../relations/relationRow';
import { isRecordsOnly, onDidChangeRecordsOnly } from '../questions/recordsOnly';
import { relationsSource, type PanelModel } from './panelModel';

/** Delay before an update is sent, so that several changes at once cause one message. */
const delayMs = 50;
const tableDelayMs = 500;

/** A relation as it was found, and as the user has corrected it. */
interface ListedRelation {
  readonly found: RelationItem;
  readonly curated: RelationItem;
  /** The same relation in copies of the paper. */
  readonly copies: readonly RelationItem[];
}

/** Sends state, rows and the table of evidence to the page when they change. Nothing is sent before {@link enable}. */
export class PanelUpdates extends Disposable {
  private isEnabled = false;
  /** Number of the last list of rows that was sent. */
  private listNumber = 0;
  private rowsTimer: NodeJS.Timeout | undefined;
  private stateTimer: NodeJS.Timeout | undefined;
  private tableTimer: NodeJS.Timeout | undefined;

  constructor(
    private readonly rpc: Rpc,
    private readonly model: PanelModel,
    private readonly options: { readonly withEvidence: boolean },
  ) {
    super();
    const { relations, folder, evidence, curation, history } = model;
    this._register({
      dispose: () => {
        clearTimeout(this.rowsTimer);
        clearTimeout(this.stateTimer);
        clearTimeout(this.tableTimer);
      },
    });
    for (const source of [relations, folder]) {
      this._register(source.onDidChange(() => this.sendStateSoon()));
      this._register(source.list.onDidChange(() => source === relationsSource(model) && this.sendRowsSoon()));
    }
    this._register(evidence.onDidChange(() => this.sendEvidence()));
    this._register(
      evidence.columns.onDidChange(() => {
        this.sendTableSoon();
        this.sendStateSoon();
      }),
    );
    this._register(curation.onDidChange(() => this.sendRowsSoon()));
    this._register(history.onDidChange(() => this.sendStateSoon()));
    this._register(onDidChangeRecordsOnly(() => this.sendStateSoon()));
  }

  enable(): void {
    this.isEnabled = true;
  }

  state(): PanelState {
    const { index, evidence, history, scope, scopes } = this.model;
    const { summary, model, work, notice } = relationsSource(this.model);
    return {
      scope,
      scopes,
      recordsOnly: isRecordsOnly(),
      summary,
      model: model && modelIdentity(model),
      relationsWork: work,
      relationsNotice: notice,
      indexWork: index.work,
      columnsWork: evidence.columns.work,
      history: history.questions,
    };
  }

  sendRowsSoon(): void {
    if (this.isEnabled) this.rowsTimer ??= setTimeout(() => this.sendRows(), delayMs);
  }

  /** Sends the table, and the rows too, since they show whether they are pinned. */
  sendEvidence(): void {
    if (!this.isEnabled) return;
    this.sendTable(this.listedRelations());
    this.sendRowsSoon();
  }

  /** Delayed, because an index run reports its progress after each document. */
  sendStateSoon(): void {
    if (!this.isEnabled) return;
    this.stateTimer ??= setTimeout(() => {
      this.stateTimer = undefined;
      this.rpc.notify(stateEvent, this.state());
    }, delayMs);
  }

  /** Delayed more than the rest, because answers of papers come one by one and the whole table is drawn anew. */
  private sendTableSoon(): void {
    if (!this.isEnabled) return;
    this.tableTimer ??= setTimeout(() => {
      this.tableTimer = undefined;
      this.sendTable(this.listedRelations());
    }, tableDelayMs);
  }

  /** Sends the rows in parts, so that no message blocks the page for long. */
  private sendRows(): void {
    this.rowsTimer = undefined;
    const listed = this.listedRelations();
    const rows = groupAddedRows(
      listed.map((each) => ({
        document: each.found.document,
        isByHand: each.found.isByHand,
        row: this.row(each),
      })),
    );
    const list = ++this.listNumber;
    const { scope } = this.model;
    for (let from = 0; from === 0 || from < rows.length; from += rowsPerMessage) {
      const part = rows.slice(from, from + rowsPerMessage);
      const isLast = from + rowsPerMessage >= rows.length;
      this.rpc.notify(relationRowsEvent, { list, scope, isFirst: from === 0, isLast, rows: part });
    }
    this.sendTable(listed);
    this.sendStateSoon();
  }

  private sendTable(listed: readonly ListedRelation[]): void {
    if (!this.options.withEvidence) return;
    const view = this.model.evidence.view(listed.map(({ curated }) => curated));
    this.rpc.notify(evidenceEvent, view);
  }

  /** The relations on the list, those of copied papers once, without those that the user rejected. */
  private listedRelations(): readonly ListedRelation[] {
    const { curation, evidence } = this.model;
    const isPreferred = (item: RelationItem): boolean =>
      curation.decisionFor(item) !== undefined || evidence.isRelationPinned(item);
    // A decision about one copy is about the sentence, so the copies are joined before decisions are applied.
    return withoutCopies(relationsSource(this.model).list.all(), isPreferred).flatMap(
      ({ item: found, copies }) => {
        const curated = curation.applyDecision(found);
        return curated ? [{ found, curated, copies }] : [];
      },
    );
  }

  private place({ document, located }: RelationItem): PlaceName {
    const { publication, citation } = located.relation;
    const file = relationsSource(this.model).list.nameOf(document);
    const name = this.model.review.nameOf({ publication, citation });
    return placeName({ document, file, line: located.line, publication: name });
  }

  private row({ found, curated, copies }: ListedRelation): RelationRow {
    const { curation, evidence, review } = this.model;
    const { publication, citation } = curated.located.relation;
    const name = review.nameOf({ publication, citation });
    return relationRow(curated, {
      copies: copies.map((copy) => ({ id: copy.id, ...this.place(copy) })),
      name: relationsSource(this.model).list.nameOf(found.document),
      publication: name,
      isDraft: isDraft(found.document, name),
      isPinned: evidence.isRelationPinned(curated),
      curated: curatedLabels[curation.decisionFor(found)?.verdict ?? 'rejected'],
    });
  }
}

/** Labels of the decisions in the protocol. A listed relation without a decision has none. */
const curatedLabels = {
  accepted: 'accepted',
  retyped: 'changed',
  added: 'added',
  rejected: undefined,
} as const;
