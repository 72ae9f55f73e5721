import * as vscode from 'vscode';
import { firstPhase } from '../../../core/review/rankingInput';
import { recordsInPhase, type ReviewState } from '../../../core/review/reviewState';
import { decidedRecords } from '../../../core/review/screeningProgress';
import { screeningQueue, type QueueOrder } from '../../../core/review/screeningQueue';
import type { Phase, ReviewRecord } from '../../../core/review/reviewData';
import type { ScreeningMove } from '../../../protocol/screening';
import { Disposable } from '../../dispose';
import type { DecisionWriter, WriterParts } from './decisionWriter';

export interface PositionParts extends Pick<WriterParts, 'review' | 'reviewer'> {
  readonly writer: Pick<DecisionWriter, 'isPending' | 'skipped'>;
  /** Ids of the records of a phase, most relevant first. Undefined while there is no ranking. */
  readonly ranking: (phase: Phase) => readonly string[] | undefined;
}

/**
 * The place of a reviewer in the review: the phase, the record on the screen and the queue behind it. The record on the screen only
 * changes when the reviewer decides or moves, or when it has left the phase.
 */
export class ReadingPosition extends Disposable {
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.changed.event;
  /** The order of the queue. The record on the screen stays when it changes. */
  order: QueueOrder = 'relevance';
  private currentPhase: Phase;
  private shownId: string | undefined;
  /** The record without a decision to which the reviewer returns from decided ones. */
  private waitingId: string | undefined;
  /** Whether the record is the one that was chosen before there was a ranking, and no reviewer has moved since. */
  private isAtStart = false;

  constructor(private readonly parts: PositionParts) {
    super();
    this.currentPhase = firstPhase(this.state, parts.reviewer());
    this.advance();
    this.isAtStart = true;
  }

  get phase(): Phase {
    return this.currentPhase;
  }

  /** The record on the screen. Undefined if no record waits for a decision. */
  get shown(): ReviewRecord | undefined {
    return recordsInPhase(this.state, this.phase).find(({ id }) => id === this.shownId);
  }

  /** The records that wait for a decision, next first. */
  queue(): readonly ReviewRecord[] {
    const { phase, order, parts } = this;
    return screeningQueue(this.state, {
      phase,
      who: parts.reviewer(),
      order,
      ranking: parts.ranking(phase),
      skipped: parts.writer.skipped(phase),
      isPending: (record) => parts.writer.isPending({ record, phase }),
    });
  }

  /** Goes to the next record that waits for a decision. */
  advance(): void {
    this.isAtStart = false;
    this.shownId = this.queue()[0]?.id;
    this.waitingId = this.shownId;
    this.changed.fire();
  }

  /** To be called with the first ranking, before a reviewer sees a record: takes the first one of it. */
  begin(): void {
    if (this.isAtStart) this.advance();
  }

  /** Moves among the decided records, in the order of the decisions, or back to the queue. */
  move(move: ScreeningMove): void {
    const decided = decidedRecords(this.state, this.phase, this.parts.reviewer());
    const at = decided.findIndex(({ record }) => record.id === this.shownId);
    const from = at < 0 ? decided.length : at;
    const target = decided[move === 'previous' ? Math.max(0, from - 1) : from + 1];
    if (move !== 'queue' && target) this.show(target.record.id);
    else if (move !== 'previous') this.returnToQueue();
  }

  /**
   * Shows a record that was looked up. If it is not in the phase (any more), the record that waits is shown.
   *
   * @param phase Default: the current phase.
   */
  show(record: string, phase = this.phase): void {
    if (this.state.settings.phases.includes(phase)) this.currentPhase = phase;
    this.shownId = record;
    this.isAtStart = false;
    if (this.shown === undefined) {
      this.returnToQueue();
      return;
    }
    if (!this.isDecided(record)) this.waitingId = record;
    this.changed.fire();
  }

  setPhase(phase: Phase): void {
    this.currentPhase = phase;
    this.advance();
  }

  /** To be called when the files of the review have changed. */
  refresh(): void {
    const { settings } = this.state;
    if (!settings.phases.includes(this.phase))
      this.currentPhase = firstPhase(this.state, this.parts.reviewer());
    if (this.shown === undefined) this.returnToQueue();
    else this.changed.fire();
  }

  isDecided(record: string): boolean {
    return this.state.screening.decisionOf(record, this.phase, this.parts.reviewer()) !== undefined;
  }

  private get state(): ReviewState {
    return this.parts.review().state;
  }

  private returnToQueue(): void {
    const waiting = this.queue().find(({ id }) => id === this.waitingId);
    if (waiting) this.show(waiting.id);
    else this.advance();
  }
}
