/** The common interface of the databases and reference managers that bibliographic records are downloaded from. */

/** A search in the language of the database. */
export interface SearchQuery {
  readonly search: string;
}

/** Records by their PubMed identifiers, as `readPmids` returns them. */
export interface PmidQuery {
  readonly pmids: readonly string[];
}

/** The text of a file of records: `head`, the records with `separator` between them, `tail`. */
export interface RecordFormat {
  /** Extension of the file, without its point. */
  readonly extension: string;
  readonly head: string;
  readonly separator: string;
  readonly tail: string;
}

export interface FetchedRecord {
  /** Unique in the source: a PMID, `PPR:PPR12345`, the key of an item in Zotero. */
  readonly id: string;
  /** The record in the {@link RecordFormat} of its source. */
  readonly text: string;
}

/** Stores the records of a download as they arrive. */
export interface RecordSink {
  /**
   * Stores a batch as a whole, or rejects.
   * @param cursor The state of the source after the batch, for {@link ResumeState}.
   */
  append(records: readonly FetchedRecord[], cursor?: string): Promise<void>;
}

/** The stored part of a download that was interrupted. */
export interface ResumeState {
  /** Identifiers of the stored records. */
  readonly ids: ReadonlySet<string>;
  /** The cursor of the last stored batch, from a source that has cursors. */
  readonly cursor?: string | undefined;
}

export interface DownloadProgress {
  /** Number of records that were stored or given up. */
  readonly done: number;
  readonly total: number;
}

export interface RecordDownloadOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
  /** Default: the download begins with the first record. */
  readonly resume?: ResumeState | undefined;
}

export interface DownloadSummary {
  /** Number of records that the query has, as the source counts them. */
  readonly found: number;
  /** Number of records that are stored, those of earlier attempts included. */
  readonly written: number;
  /** Identifiers of records that the source lists but did not give, also when asked again. */
  readonly missing: readonly string[];
  /** Number of records that the source counts but did not list, so that their identifiers are unknown. */
  readonly unlisted: number;
  /** Sentences about the query, such as that the source does not know a phrase. */
  readonly warnings: readonly string[];
}

export interface LiteratureSource<Query> {
  /** As it is shown and as the report of a review names it: `PubMed`. */
  readonly name: string;
  readonly format: RecordFormat;
  /** Number of records of a query. @throws {BioBertError} LITERATURE_*, ARGUMENT_INVALID. {@link CancelledError} */
  count(query: Query, signal?: AbortSignal): Promise<number>;
  /**
   * Downloads the records of a query, each exactly once.
   * @throws {BioBertError} LITERATURE_*, ARGUMENT_INVALID, and the errors of the sink. {@link CancelledError}. What the
   * sink has stored before stays valid, and the download can be resumed.
   */
  download(query: Query, sink: RecordSink, options?: RecordDownloadOptions): Promise<DownloadSummary>;
}

const namedIds = 20;

/** A sentence about records that are missing from a download; undefined if it is complete. */
export function lossMessage({ found, missing, unlisted }: DownloadSummary): string | undefined {
  const lost = missing.length + unlisted;
  if (lost === 0) return undefined;
  const named = missing.slice(0, namedIds).join(', ');
  const more = missing.length > namedIds ? ` and ${missing.length - namedIds} more` : '';
  const ids = named === '' ? '' : `: ${named}${more}`;
  return `${lost} of ${found} records could not be downloaded${ids}.`;
}

/** Parts of at most `size` items, in order. */
export function* chunksOf<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
