import type { BibliographicRecord } from '../records/record';
import type { Evidence } from './evidenceFile';

/** The facts about a publication that stand in a table. */
export type PublicationFacts = Pick<
  BibliographicRecord,
  'title' | 'authors' | 'year' | 'journal' | 'volume' | 'issue' | 'pages' | 'doi' | 'pmid' | 'pmcid'
>;

/** An entry of the evidence table whose citation is a key of the bibliography. */
export interface CitedEntry extends Evidence {
  /** Undefined if no record of the publication was found. */
  readonly facts?: PublicationFacts | undefined;
}

/** A table of evidence with the bibliography that its citations refer to. */
export interface CitedEvidence {
  readonly evidence: readonly CitedEntry[];
  /** BibTeX. It has an entry for every citation. */
  readonly bibliography: string;
}
