import type { ScreeningLine } from '../../../core/review/reviewData';
import type { DecideParams } from '../../../protocol/screening';
import { Disposable } from '../../dispose';
import { DecisionWriter, type Place, type WriterParts } from './decisionWriter';
import { ReadingPosition, type PositionParts } from './readingPosition';

export interface ScreenerParts extends WriterParts, Pick<PositionParts, 'ranking'> {
  /** Called after each line that was written. */
  readonly onWritten: () => void;
}

/**
 * One reviewer at work.
 *
 * @example
 * screener.position.onDidChange(() => draw(screener.position.shown));
 * await screener.decide({ record: 'pmid:1', choice: 'include' });
 */
export class Screener extends Disposable {
  readonly position: ReadingPosition;
  private readonly writer: DecisionWriter;
  /** Settles when the last Undo has ended. */
  private undone: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: ScreenerParts) {
    super();
    this.writer = new DecisionWriter(parts);
    this.position = this._register(new ReadingPosition({ ...parts, writer: this.writer }));
  }

  get canUndo(): boolean {
    return this.writer.lastDecision(this.position.phase) !== undefined;
  }

  /**
   * Decides on a record. The next one is shown at once; the promise resolves when the decision is on the disk. If it
   * cannot be written, the record is shown again. Skipping a record that is decided only leaves it.
   */
  async decide({ record, choice, reason }: DecideParams): Promise<void> {
    const { position } = this;
    const place: Place = { record, phase: position.phase };
    const isChange = position.isDecided(record);
    const isShown = position.shown?.id === record;
    if (isChange && choice === 'skip') {
      if (isShown) position.move('next');
      return;
    }
    const written = this.writer.decide(place, { choice, reason });
    if (isShown && !isChange) position.advance();
    try {
      await written;
    } catch (error) {
      position.show(record, place.phase);
      throw error;
    }
    this.changed();
  }

  /** Takes the last decision of the reviewer back and shows its record. Calls wait for each other. */
  undo(): Promise<void> {
    const undone = this.undone.then(() => this.undoLast());
    // The next call takes back what is last then, whether this one fails or not.
    this.undone = undone.catch(() => undefined);
    return undone;
  }

  /** Writes the note or the tags of a record. */
  async remark(record: string, remarks: Pick<ScreeningLine, 'note' | 'tags'>): Promise<void> {
    await this.writer.remark({ record, phase: this.position.phase }, remarks);
    this.changed();
  }

  private async undoLast(): Promise<void> {
    const last = this.writer.lastDecision(this.position.phase);
    if (!last) return;
    await this.writer.takeBack(last);
    this.position.show(last.record, last.phase);
    this.parts.onWritten();
  }

  private changed(): void {
    this.position.refresh();
    this.parts.onWritten();
  }
}
