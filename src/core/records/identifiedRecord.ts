import type { BibliographicRecord } from './record';

/** The part of a record that the search for duplicates reads. A record of a review is one, too. */
export type IdentifiedRecord = Omit<BibliographicRecord, 'start' | 'end' | 'titleStart' | 'id'> & {
  /** Unique among the compared records. */
  readonly id: string;
};
