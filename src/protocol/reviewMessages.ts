/** Messages between the extension host and the worker that imports records into a review. */
import type { ImportSummary } from '../core/review/importRecords';
import type { SourceKind } from '../core/review/reviewData';
import type { DocumentFormat } from '../core/types';
import { formatNames } from '../core/documents/formatNames';
import { isArrayOf, isBoolean, isCount, isOneOf, isOptional, isShape, isString } from './guards';
import { plainMethod } from './rpc';

export interface ReadFileRequest {
  /** Path of the file. It names the file in the other requests. */
  readonly path: string;
  /** The text of a paper, which was extracted before. Default: the file is read. */
  readonly text?: string | undefined;
  /** The format of `text`. */
  readonly format?: DocumentFormat | undefined;
  /** Whether the user chose the file. Otherwise only a file that certainly holds records is taken. */
  readonly isChosen: boolean;
  /** The folder of the review, to find out whether the file was imported before. Default: there is no review yet. */
  readonly folder?: string | undefined;
}

/** An earlier import of a file. */
export interface EarlierImport {
  /** ISO 8601 time. */
  readonly imported: string;
  /** Whether its records are the same. Otherwise it was another file of that name, or another version of the file. */
  readonly isSame: boolean;
}

/** A file that was read, and what was recognised in it. */
export interface RecognisedFile {
  readonly path: string;
  readonly summary: ImportSummary;
  readonly database: string;
  readonly kind: SourceKind;
  /** Number of records about which another screening program states a decision. */
  readonly decisions: number;
  readonly before?: EarlierImport | undefined;
}

/** A file or download that was read, and how the review names it. */
export interface ImportedSource {
  readonly path: string;
  readonly file: string;
  readonly database: string;
  readonly kind: SourceKind;
  readonly query?: string | undefined;
  /** The reviewer to whom the decisions in the file are attributed. Default: they are not imported. */
  readonly decidedBy?: string | undefined;
}

export interface ImportRequest {
  /** The folder of the review. */
  readonly folder: string;
  readonly sources: readonly ImportedSource[];
  /** ISO 8601 time of the import. */
  readonly when: string;
}

export interface ImportCounts {
  readonly records: number;
  /** Number of duplicates that were merged. */
  readonly merged: number;
  /** Number of pairs that a person has to decide on. */
  readonly doubtful: number;
}

const isKind = isOneOf<SourceKind>(['database', 'register', 'other']);
const isFormat = isOneOf(Object.keys(formatNames) as DocumentFormat[]);
const isSummary = isShape<ImportSummary>({
  format: isString,
  records: isCount,
  withAbstract: isCount,
  withDoi: isCount,
  withPmid: isCount,
  withoutTitle: isCount,
  unreadLines: isArrayOf(isCount),
});

/** Answers undefined for a file that nobody chose and that holds no records. */
export const readFileMethod = plainMethod(
  'readFile',
  isShape<ReadFileRequest>({
    path: isString,
    text: isOptional(isString),
    format: isOptional(isFormat),
    isChosen: isBoolean,
    folder: isOptional(isString),
  }),
  isOptional(
    isShape<RecognisedFile>({
      path: isString,
      summary: isSummary,
      database: isString,
      kind: isKind,
      decisions: isCount,
      before: isOptional(isShape<EarlierImport>({ imported: isString, isSame: isBoolean })),
    }),
  ),
);

export const importMethod = plainMethod(
  'import',
  isShape<ImportRequest>({
    folder: isString,
    sources: isArrayOf(
      isShape<ImportedSource>({
        path: isString,
        file: isString,
        database: isString,
        kind: isKind,
        query: isOptional(isString),
        decidedBy: isOptional(isString),
      }),
    ),
    when: isString,
  }),
  isShape<ImportCounts>({ records: isCount, merged: isCount, doubtful: isCount }),
);
