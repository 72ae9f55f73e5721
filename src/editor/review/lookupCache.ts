import { RecordLookup } from '../../core/review/recordLookup';
import type { ReviewSession } from './reviewSession';

/** The lookup of the records, which is made again when records are imported, merged or separated. */
export class LookupCache {
  private made: RecordLookup | undefined;

  constructor(private readonly session: Pick<ReviewSession, 'find' | 'open'>) {}

  /** @throws {BioBertError} ARGUMENT_INVALID if the open folder has no review. */
  async get(): Promise<RecordLookup> {
    const { state } = await this.session.open();
    if (!this.made?.isOf(state)) this.made = new RecordLookup(state);
    return this.made;
  }

  /** @returns undefined if the open folder has no review. */
  async find(): Promise<RecordLookup | undefined> {
    return (await this.session.find()) ? this.get() : undefined;
  }
}
