import type { BibliographicRecord } from './record';

/** What the search for duplicates reads of a record. */
export type IdentifiedRecord = Omit<BibliographicRecord, 'start' | 'end' | 'titleStart' | 'id'> & {
  /** Unique among the compared records. */
  readonly id: string;
};
