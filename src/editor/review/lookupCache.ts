import { repetitionFinder } from '../../core/review/repeatedFile';
import type { ReviewSource } from '../../core/review/reviewData';
import { RecordLookup } from '../../core/review/recordLookup';
import type { ReviewSession } from './reviewSession';

type RepetitionTest = ReturnType<typeof repetitionFinder>;

interface KnownRepetitions {
  readonly lookup: RecordLookup;
  readonly sources: readonly ReviewSource[];
  readonly repeats: RepetitionTest;
}

/** The lookup of the records, which is made again when records are imported, merged or separated. */
export class LookupCache {
  private made: RecordLookup | undefined;
  private finder: KnownRepetitions | undefined;

  constructor(private readonly session: Pick<ReviewSession, 'find' | 'open'>) {}

  /** @throws {BioBertError} ARGUMENT_INVALID if the open folder has no review. */
  async get(): Promise<RecordLookup> {
    const { state } = await this.session.open();
    if (!this.made?.isOf(state)) this.made = new RecordLookup(state);
    return this.made;
  }

  /**
   * The test for files that repeat the review, see {@link repetitionFinder}. It is kept, because it reads all records.
   *
   * @throws {BioBertError} as {@link get}.
   */
  async repetitions(): Promise<RepetitionTest> {
    const lookup = await this.get();
    const { state } = await this.session.open();
    const { sources } = state.settings;
    if (this.finder?.lookup !== lookup || this.finder.sources !== sources)
      this.finder = { lookup, sources, repeats: repetitionFinder(state, lookup) };
    return this.finder.repeats;
  }

  /** @returns undefined if the open folder has no review. */
  async find(): Promise<RecordLookup | undefined> {
    return (await this.session.find()) ? this.get() : undefined;
  }
}
