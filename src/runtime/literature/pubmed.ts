/** PubMed as a source of records. */
import { allDates, halves } from './entryDates';
import {
  type EntryDates,
  type EutilsService,
  fetchMedline,
  type FetchRequest,
  type History,
  type SearchAnswer,
  searchPubMed,
  searchWindow,
} from './eutils';
import {
  chunksOf,
  type DownloadSummary,
  type FetchedRecord,
  type LiteratureSource,
  type PmidQuery,
  type RecordDownloadOptions,
  type RecordFormat,
  type RecordSink,
  type SearchQuery,
} from './literature';
import { refused, tooMany } from './literatureErrors';
import { createService, type SourceOptions } from './literatureRequest';
import { checkedPmids, checkedSearch } from './pmids';

export interface PubMedOptions extends SourceOptions {
  /** Key of an account at NCBI, which raises the limit from 3 to 10 requests a second. Default: no key. */
  readonly apiKey?: string | undefined;
  /** Name of the program, for NCBI. Default `biobert-vscode`. */
  readonly tool?: string | undefined;
  /** Address at which NCBI can reach the user about the requests. Default: not sent. */
  readonly email?: string | undefined;
  /** A search with more records is refused. Default 200,000. */
  readonly maxRecords?: number | undefined;
}

/** The `.nbib` file of PubMed. */
const format: RecordFormat = { extension: 'nbib', head: '', separator: '\n\n', tail: '\n' };

/** NCBI asks for at most some hundred records in one answer. */
const batchSize = 200;
/** Times that records which an answer lacks are asked for by their PMIDs. */
const repairs = 2;
/** Times between two requests, longer than the limit: they may arrive closer together than they were sent. */
const intervalMs = { withKey: 110, withoutKey: 350 };

/**
 * Makes a source that searches PubMed by the E-utilities. NCBI counts the requests of a network address or a key, so
 * use one source at a time.
 *
 * @example
 * ```ts
 * const summary = await pubMed({ apiKey }).download({ search: 'gout AND niacin' }, sink);
 * ```
 */
export function pubMed(options: PubMedOptions = {}): LiteratureSource<SearchQuery | PmidQuery> {
  const { apiKey = '', tool = 'biobert-vscode', email = '', maxRecords = 200_000 } = options;
  const service: EutilsService = {
    ...createService({
      name: 'PubMed',
      baseUrl: options.baseUrl ?? 'https://eutils.ncbi.nlm.nih.gov/entrez/eutils',
      intervalMs: apiKey === '' ? intervalMs.withoutKey : intervalMs.withKey,
      options,
      secrets: [apiKey, email].filter((secret) => secret !== ''),
    }),
    identity: { tool, ...(email !== '' && { email }), ...(apiKey !== '' && { api_key: apiKey }) },
  };
  return {
    name: service.name,
    format,
    async count(query, signal) {
      if ('pmids' in query) return checkedPmids(query.pmids).length;
      const { count } = await searchPubMed(service, checkedSearch(query.search), { maxPmids: 0, signal });
      return count;
    },
    download: (query, sink, more = {}) => new Download(service, sink, more, maxRecords).run(query),
  };
}

/** Records that are fetched together: a search, or a part of one that is small enough. */
interface Listing {
  readonly pmids: readonly string[];
  readonly history: History | undefined;
}

class Download {
  /** PMIDs of the records that the sink has, also from an earlier attempt. */
  private readonly written: Set<string>;
  private readonly listed = new Set<string>();
  private readonly missing: string[] = [];

  constructor(
    private readonly service: EutilsService,
    private readonly sink: RecordSink,
    private readonly options: RecordDownloadOptions,
    private readonly maxRecords: number,
  ) {
    this.written = new Set(options.resume?.ids);
  }

  async run(query: SearchQuery | PmidQuery): Promise<DownloadSummary> {
    if ('pmids' in query) {
      const pmids = checkedPmids(query.pmids);
      await this.fetchAll({ pmids, history: undefined }, pmids.length);
      return this.summary(pmids.length, []);
    }
    const term = checkedSearch(query.search);
    const all = await searchPubMed(this.service, term, { signal: this.options.signal });
    if (all.count > this.maxRecords) throw tooMany(all.count, this.maxRecords);
    for await (const part of this.partsOf(term, all)) await this.fetchAll(part, all.count);
    return this.summary(all.count, all.warnings);
  }

  private summary(found: number, warnings: readonly string[]): DownloadSummary {
    const unlisted = Math.max(0, found - this.listed.size);
    return { found, written: this.written.size, missing: this.missing, unlisted, warnings };
  }

  /** Divides a search by the date of entry until each part has at most {@link searchWindow} records. */
  private async *partsOf(
    term: string,
    part: SearchAnswer,
    dates: EntryDates = allDates,
  ): AsyncGenerator<Listing> {
    if (part.count <= searchWindow) {
      yield part;
      return;
    }
    const parts = halves(dates);
    if (!parts) throw tooManyOfOneDay(part.count, dates.from);
    for (const half of parts) {
      const found = await searchPubMed(this.service, term, { dates: half, signal: this.options.signal });
      yield* this.partsOf(term, found, half);
    }
  }

  private async fetchAll({ pmids, history }: Listing, total: number): Promise<void> {
    let known = history;
    let start = 0;
    for (const batch of chunksOf(pmids, batchSize)) {
      const wanted = batch.filter((id) => !this.written.has(id) && !this.listed.has(id));
      for (const id of batch) this.listed.add(id);
      if (wanted.length > 0) {
        // Only a batch that lacks nothing is a range of the history.
        const request =
          known && wanted.length === batch.length
            ? { history: known, start, count: batch.length }
            : undefined;
        if ((await this.fetchBatch(wanted, request)) === 'history lost') known = undefined;
      }
      start += batch.length;
      this.options.onProgress?.({ done: Math.min(this.listed.size, total), total });
    }
  }

  /**
   * Fetches a batch and stores it. Records that the answer lacks are asked for by their PMIDs, as are all if the server
   * has forgotten the history: their PMIDs are known, so the search need not be repeated.
   */
  private async fetchBatch(
    wanted: readonly string[],
    first: FetchRequest | undefined,
  ): Promise<'history lost' | 'done'> {
    const found = new Map<string, FetchedRecord>();
    const doubtful = new Map<string, string>();
    const rest = (): string[] => wanted.filter((id) => !found.has(id));
    let isLost = false;
    for (let round = 0; round <= repairs + (isLost ? 1 : 0) && rest().length > 0; round += 1) {
      const request = round === 0 && first ? first : { pmids: rest() };
      const answer = await fetchMedline(this.service, request, this.options.signal);
      isLost ||= answer === undefined;
      for (const id of rest()) {
        const record = answer?.records.get(id);
        if (record) found.set(id, record);
      }
      const last = answer?.doubtful;
      if (!last || found.has(last.id) || !wanted.includes(last.id)) continue;
      // An answer is not cut off twice at the same place, so the record has an unusual end.
      if (doubtful.get(last.id) === last.text) found.set(last.id, last);
      doubtful.set(last.id, last.text);
    }
    this.missing.push(...rest());
    const records = wanted.flatMap((id) => found.get(id) ?? []);
    if (records.length > 0) await this.sink.append(records);
    for (const { id } of records) this.written.add(id);
    return isLost ? 'history lost' : 'done';
  }
}

function tooManyOfOneDay(count: number, day: string): Error {
  return refused(
    `PubMed gives at most ${searchWindow} records of one search, and ${count} records of this one were entered on ${day}.`,
    'Narrow the search, for example by years of publication or by a MeSH heading, and download it in parts.',
  );
}
