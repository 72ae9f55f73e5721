import {
  keysOfPlace,
  keysOfRecord,
  type KeyedPublications,
  type StatedPublication,
} from '../records/publicationKeys';
import { groupBy } from '../groupBy';
import { recordName } from '../records/record';
import { citationKeys } from './citationKeys';
import { completedFrom } from './completeRecord';
import { includedSoFar, uniqueRecords, type ReviewState } from './reviewState';
import type { ReviewRecord } from './reviewData';

/**
 * Finds the records of a review by what documents state about publications, and their citation keys. It depends on the
 * records and their duplicates only, so that it stays while decisions are made.
 */
export class RecordLookup {
  /** The records that are no duplicates, in the order of the imports. */
  readonly unique: readonly ReviewRecord[];
  private readonly records: readonly ReviewRecord[];
  /** By duplicate, the record that is kept in its place. */
  private readonly keptOf: ReadonlyMap<string, string>;
  private readonly citationKeys: ReadonlyMap<string, string>;
  private readonly byKey = new Map<string, ReviewRecord>();
  /** By the record that is kept, all records of its publication. */
  private groups: ReadonlyMap<string, readonly ReviewRecord[]> | undefined;
  private knownNames: ReadonlyMap<string, string> | undefined;

  constructor(review: ReviewState) {
    this.records = review.records;
    this.keptOf = review.duplicates.keptOf;
    this.unique = uniqueRecords(review);
    // Keys of all records: they stay when two records are merged or separated.
    this.citationKeys = citationKeys(this.records);
    const byId = new Map(this.records.map((record) => [record.id, record]));
    for (const record of this.records) {
      const kept = byId.get(this.keptOf.get(record.id) ?? record.id) ?? record;
      for (const key of keysOfRecord(record)) if (!this.byKey.has(key)) this.byKey.set(key, kept);
    }
  }

  /** Whether the review still has the records and duplicates that this lookup was made of. */
  isOf({ records, duplicates }: ReviewState): boolean {
    return this.records === records && this.keptOf === duplicates.keptOf;
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

  /** A record with what it does not state itself but another record of its publication does: databases leave out fields. */
  complete(record: ReviewRecord): ReviewRecord {
    const keptId = ({ id }: ReviewRecord): string => this.keptOf.get(id) ?? id;
    this.groups ??= groupBy(this.records, keptId);
    const group = this.groups.get(keptId(record)) ?? [];
    return completedFrom(
      record,
      group.filter(({ id }) => id !== record.id),
    );
  }

  /** The records with some citation keys, complete, in the order of the imports. */
  withCitationKeys(keys: ReadonlySet<string>): readonly ReviewRecord[] {
    return this.records
      .filter((record) => keys.has(this.citationKey(record)))
      .map((record) => this.complete(record));
  }

  /**
   * The publications of the records that are included so far. The keys of their duplicates belong to them, because documents may state what only a duplicate knows.
   */
  included(review: ReviewState): KeyedPublications {
    const included = new Set(includedSoFar(review).map(({ id }) => id));
    const isIncluded = ({ id }: ReviewRecord): boolean => included.has(this.keptOf.get(id) ?? id);
    const keys = new Set(this.records.filter(isIncluded).flatMap(keysOfRecord));
    const others = this.records
      .filter((record) => !isIncluded(record))
      .map(keysOfRecord)
      .filter((own) => own.some((key) => keys.has(key)))
      .flatMap((own) => own.filter((key) => !keys.has(key)));
    return { keys: [...keys], others: [...new Set(others)] };
  }

  /** The names of the publications, `Kaplan 2019, Title`, by the keys of their records and of the duplicates. */
  get names(): ReadonlyMap<string, string> {
    const named = (): (readonly [string, string])[] =>
      Array.from(this.byKey).flatMap(([key, record]) => {
        const name = recordName(record);
        return name === undefined ? [] : [[key, name] as const];
      });
    return (this.knownNames ??= new Map(named()));
  }
}
