import type { ReviewState } from '../../../core/review/reviewState';
import { decidedRecords } from '../../../core/review/screeningProgress';
import type { Phase, ScreeningLine } from '../../../core/review/reviewData';
import type { DecideParams } from '../../../protocol/screening';

/** The review as screening uses it: a `ReviewFolder`. */
export interface ScreenedReview {
  readonly state: ReviewState;
  /** Writes a line to the file of its reviewer. */
  decide(line: ScreeningLine): Promise<void>;
}

export interface WriterParts {
  readonly review: () => ScreenedReview;
  /** The name under which decisions are stored. */
  readonly reviewer: () => string;
  /** The time in milliseconds since 1970. */
  readonly now: () => number;
}

/** A record in a phase. */
export interface Place {
  readonly record: string;
  readonly phase: Phase;
}

/** The content of a line without its place, reviewer and time. */
type Statement = Omit<ScreeningLine, 'record' | 'phase' | 'who' | 'when'>;

/**
 * Writes what the reviewer says, and remembers it for Undo. While a decision is being written, its record is pending:
 * it is out of the queue, but does not count as decided yet.
 */
export class DecisionWriter {
  private readonly pending = new Map<string, number>();
  /** Decisions and skips of this session, the last one at the end. */
  private actions: readonly Place[] = [];
  private skips: readonly Place[] = [];
  private lastTime = 0;

  constructor(private readonly parts: WriterParts) {}

  isPending(place: Place): boolean {
    return this.pending.has(keyOf(place));
  }

  /** Ids of the records that were skipped in a phase in this session, the last one at the end. */
  skipped(phase: Phase): readonly string[] {
    return this.skips.filter((skip) => skip.phase === phase).map(({ record }) => record);
  }

  /** Resolves when the decision is on the disk. If it cannot be written, everything is as before. */
  async decide(place: Place, { choice, reason }: Omit<DecideParams, 'record'>): Promise<void> {
    const { actions, skips } = this;
    this.actions = [...without(actions, place), place];
    this.skips = choice === 'skip' ? [...without(skips, place), place] : without(skips, place);
    if (choice !== 'skip') this.count(place, 1);
    try {
      await this.write(place, { choice, ...(reason !== undefined && reason !== '' && { reason }) });
    } catch (error) {
      this.actions = without(this.actions, place);
      this.skips = without(this.skips, place);
      if (skips.some((skip) => isSame(skip, place))) this.skips = [place, ...this.skips];
      throw error;
    } finally {
      if (choice !== 'skip') this.count(place, -1);
    }
  }

  /**
   * The decision that Undo takes back: the last one of this session, else the last one in the phase. Decisions of a phase
   * that the review no longer has stay.
   */
  lastDecision(phase: Phase): Place | undefined {
    const { state } = this.parts.review();
    const inSession = this.actions.findLast((action) => state.settings.phases.includes(action.phase));
    if (inSession) return inSession;
    const last = decidedRecords(state, phase, this.parts.reviewer()).at(-1);
    return last && { record: last.record.id, phase };
  }

  /** Takes a decision or a skip back. */
  async takeBack(place: Place): Promise<void> {
    await this.write(place, { choice: 'none' });
    this.actions = without(this.actions, place);
    this.skips = without(this.skips, place);
  }

  /** Writes the note or the tags of a record. */
  remark(place: Place, remarks: Pick<ScreeningLine, 'note' | 'tags'>): Promise<void> {
    return this.write(place, remarks);
  }

  private write(place: Place, statement: Statement): Promise<void> {
    // Times of one reviewer increase, so that the order of the decisions can be read from the file.
    this.lastTime = Math.max(this.parts.now(), this.lastTime + 1);
    const when = new Date(this.lastTime).toISOString();
    return this.parts.review().decide({ ...place, who: this.parts.reviewer(), when, ...statement });
  }

  private count(place: Place, change: 1 | -1): void {
    const count = (this.pending.get(keyOf(place)) ?? 0) + change;
    if (count > 0) this.pending.set(keyOf(place), count);
    else this.pending.delete(keyOf(place));
  }
}

function keyOf({ record, phase }: Place): string {
  return `${phase} ${record}`;
}

function isSame(a: Place, b: Place): boolean {
  return a.record === b.record && a.phase === b.phase;
}

function without(places: readonly Place[], place: Place): readonly Place[] {
  return places.filter((each) => !isSame(each, place));
}
