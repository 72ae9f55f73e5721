import type { Choice, ReviewRecord } from './reviewData';

/** A record of a review on its way into a file of a reference manager or of another screening program. */
export interface ExportedRecord {
  readonly record: ReviewRecord;
  /** The citation key, unique in the file: see {@link citationKeys}. */
  readonly key: string;
  /** `undecided` for a record that is still to be screened. Default: the file says nothing about decisions. */
  readonly decision?: Extract<Choice, 'include' | 'exclude' | 'maybe'> | 'undecided' | undefined;
  /** The reason of an exclusion. */
  readonly reason?: string | undefined;
  readonly notes?: readonly string[] | undefined;
  /** Tags of the reviewers. They are no keywords of the publication. */
  readonly tags?: readonly string[] | undefined;
  /** The name of the database, {@link ReviewSource.database}. Default: what the record states. */
  readonly database?: string | undefined;
}
