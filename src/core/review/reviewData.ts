/**
 * The data of a review: what stands in the plain files of its folder. Each file can be read on its own and differs line
 * by line in version control.
 */
import type { BibliographicRecord } from '../records/record';

/** A publication as a reference manager describes it, without its place in a file. */
export type Reference = Omit<BibliographicRecord, 'start' | 'end' | 'titleStart' | 'id'> & {
  /** Citation key or identifier that the file states. */
  readonly key?: string | undefined;
};

/**
 * A record of a review, a line of `records.jsonl`. Records are never removed: a duplicate is marked in
 * `duplicates.jsonl`, so that it can be counted and separated again.
 */
export interface ReviewRecord extends Reference {
  /** Unique in the review. It does not change when further files are imported: see {@link reviewRecords}. */
  readonly id: string;
  /** {@link ReviewSource.id} of the import. */
  readonly source: string;
  /** Position in the imported file, counted from 0. */
  readonly index: number;
}

/** One import: a file of records, or a search in a database. */
export interface ReviewSource {
  /** `s1`, `s2` … in the order of the imports. */
  readonly id: string;
  /** Path relative to the folder of the review, with forward slashes, or a URI outside of it. */
  readonly file: string;
  /** The database as the reviewer names it in the report: `PubMed`, `Embase`. */
  readonly database: string;
  /** Whether PRISMA counts it as a database, a register or another method. */
  readonly kind: SourceKind;
  /** The search, if the records were downloaded. */
  readonly query?: string | undefined;
  /** Number of records that were read. */
  readonly records: number;
  /** ISO 8601 time. */
  readonly imported: string;
}

/** The columns of the PRISMA 2020 flow diagram. */
export type SourceKind = 'database' | 'register' | 'other';

/** Words that are marked in the text while screening: a group is a category such as population or intervention. */
export interface KeywordGroup {
  readonly name: string;
  /** Words or phrases without regard to case; `*` at the end stands for any ending. */
  readonly words: readonly string[];
}

/** A column of the extraction form. */
export interface FormColumn {
  /** Unique in the form, and part of the stored evidence. */
  readonly id: string;
  readonly label: string;
  /** The question that the question model answers to propose a value. Undefined: filled by hand only. */
  readonly question?: string | undefined;
}

/** `review.json`. */
export interface ReviewSettings {
  readonly title: string;
  /** The question of the review; records are ranked by it before the first decision. */
  readonly question: string;
  readonly criteria: {
    readonly include: readonly string[];
    /** Each is offered as a reason for an exclusion. */
    readonly exclude: readonly string[];
  };
  readonly keywords: readonly KeywordGroup[];
  /** The phases of screening, in order. Default: abstract, then full text. */
  readonly phases: readonly Phase[];
  readonly sources: readonly ReviewSource[];
  readonly form: readonly FormColumn[];
}

/** The part of a publication that a reviewer sees when deciding. */
export type Phase = 'title' | 'abstract' | 'fulltext';

/** `skip` offers the record again at the end; `none` takes the decision back. */
export type Choice = 'include' | 'exclude' | 'maybe' | 'skip' | 'none';

/**
 * A line of `screening-NAME.jsonl`: what a reviewer said about a record at one moment. Lines are only ever added. For
 * each field the last line that states it counts.
 */
export interface ScreeningLine {
  readonly record: string;
  readonly phase: Phase;
  /** The reviewer. */
  readonly who: string;
  /** ISO 8601 time. */
  readonly when: string;
  /** Absent in a line that only changes the note or the tags. */
  readonly choice?: Choice | undefined;
  /** One of the exclusion criteria, or the reviewer's own words. For full texts also `not retrieved`. */
  readonly reason?: string | undefined;
  readonly note?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  /** The line settles a conflict between reviewers, so it counts for all of them. */
  readonly settles?: boolean | undefined;
}

/** How two records were found to be one publication. `separate` says that they are two. */
export type DuplicateReason = 'doi' | 'pmid' | 'match' | 'person' | 'separate' | 'doubtful';

/**
 * A line of `duplicates.jsonl`. The last line about two records counts. `doubtful` pairs wait for a person and count
 * as two records until then.
 */
export interface DuplicateLine {
  /** Id of the record that stands for both. */
  readonly kept: string;
  readonly duplicate: string;
  readonly reason: DuplicateReason;
  /** Estimated probability that they are one publication, in [0, 1]; only for `match` and `doubtful`. */
  readonly probability?: number | undefined;
  /** The person, for `person` and `separate`. */
  readonly who?: string | undefined;
  /** ISO 8601 time. */
  readonly when: string;
}
