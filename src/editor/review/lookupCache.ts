import { RecordLookup } from '../../core/review/recordLookup';
import { Disposable } from '../dispose';
import type { ReviewSession } from './reviewSession';

/** The lookup of the records, which is made again after a change of the review. */
export class LookupCache extends Disposable {
  private made: Promise<RecordLookup> | undefined;

  constructor(private readonly session: ReviewSession) {
    super();
    this._register(session.onDidChange(() => (this.made = undefined)));
  }

  /** @throws {BioBertError} ARGUMENT_INVALID if the open folder has no review. */
  get(): Promise<RecordLookup> {
    return (this.made ??= this.make());
  }

  /** @returns undefined if the open folder has no review. */
  async find(): Promise<RecordLookup | undefined> {
    return (await this.session.find()) ? this.get() : undefined;
  }

  private async make(): Promise<RecordLookup> {
    try {
      return new RecordLookup((await this.session.open()).state);
    } catch (error) {
      this.made = undefined;
      throw error;
    }
  }
}
