import { keysOfPlace, keysOfRecord, type StatedPublication } from '../records/publicationKeys';
import { citationKeys } from './citationKeys';
import { includedSoFar, uniqueRecords, type ReviewState } from './reviewState';
import type { ReviewRecord } from './types';

/** Finds the records of a review by what documents state about publications, and their citation keys. */
export class RecordLookup {
  /** The records that are no duplicates, in the order of the imports. */
  readonly unique: readonly ReviewRecord[];
  private readonly citationKeys: ReadonlyMap<string, string>;
  private readonly byId: ReadonlyMap<string, ReviewRecord>;
  private readonly byKey = new Map<string, ReviewRecord>();

  constructor(private readonly review: ReviewState) {
    const { records, duplicates } = review;
    this.unique = uniqueRecords(review);
    // Keys of all records: they stay when two records are merged or separated.
    this.citationKeys = citationKeys(records);
    this.byId = new Map(records.map((record) => [record.id, record]));
    for (const record of records) {
      const kept = this.byId.get(duplicates.keptOf.get(record.id) ?? record.id) ?? record;
      for (const key of keysOfRecord(record)) if (!this.byKey.has(key)) this.byKey.set(key, kept);
    }
  }

  /** The record of the publication at a place. A duplicate gives the record that is kept. */
  find(place: StatedPublication): ReviewRecord | undefined {
    return keysOfPlace(place)
      .map((key) => this.byKey.get(key))
      .find((record) => record !== undefined);
  }

  /** The citation key of a record of the review. */
  citationKey({ id }: ReviewRecord): string {
    return this.citationKeys.get(id) ?? id;
  }

  /** The records with some citation keys, in the order of the imports. */
  withCitationKeys(keys: ReadonlySet<string>): readonly ReviewRecord[] {
    return this.review.records.filter((record) => keys.has(this.citationKey(record)));
  }

  /**
   * Keys of the publications of the records that are included so far, as `keysOfRecord` gives them. Those of their
   * duplicates belong to them, because documents may state what only a duplicate knows.
   */
  includedKeys(): readonly string[] {
    const included = new Set(includedSoFar(this.review).map(({ id }) => id));
    const { keptOf } = this.review.duplicates;
    const records = this.review.records.filter(({ id }) => included.has(keptOf.get(id) ?? id));
    return [...new Set(records.flatMap(keysOfRecord))];
  }
}
