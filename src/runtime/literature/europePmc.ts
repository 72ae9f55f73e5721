/** Europe PMC as a source of records (https://europepmc.org/RestfulWebService). */
import { type EuropePmcAnswer, type EuropePmcRecord, readEuropePmc } from './europePmcAnswer';
import {
  chunksOf,
  type DownloadSummary,
  type LiteratureSource,
  type PmidQuery,
  type RecordDownloadOptions,
  type RecordFormat,
  type RecordSink,
  type SearchQuery,
} from './literature';
import { damaged, DamagedAnswer, refused, tooMany } from './literatureErrors';
import {
  ask,
  checkContent,
  createService,
  quoted,
  type Service,
  type SourceOptions,
} from './literatureRequest';
import { checkedPmids, checkedSearch } from './pmids';

export interface EuropePmcOptions extends SourceOptions {
  /** Number of records that are asked for at once, at most 1000. Default 1000. */
  readonly pageSize?: number | undefined;
  /** A search with more records is refused. Default 200,000. */
  readonly maxRecords?: number | undefined;
}

/** The XML of a search with one page; the names of the namespaces are those of the service. */
const format: RecordFormat = {
  extension: 'xml',
  head:
    '<?xml version="1.0" encoding="UTF-8"?>\n<responseWrapper xmlns:slx="http://www.scholix.org" ' +
    'xmlns:epmc="https://www.europepmc.org/data">\n<resultList>\n',
  separator: '\n',
  tail: '\n</resultList>\n</responseWrapper>\n',
};

/** A page of 1000 records with abstracts, authors and MeSH headings has up to 30 MB. */
const maxPageBytes = 256 << 20;
/** The service states no limit; this is what it asks of programs in its help forum. */
const intervalMs = 100;
/** Times that a page with too few records is asked for. */
const tries = 3;
/** PMIDs in one search, whose address would else be too long. */
const pmidsPerSearch = 100;
const firstCursor = '*';

export function europePmc(options: EuropePmcOptions = {}): LiteratureSource<SearchQuery | PmidQuery> {
  const { pageSize = 1000, maxRecords = 200_000 } = options;
  const service = createService({
    name: 'Europe PMC',
    baseUrl: options.baseUrl ?? 'https://www.ebi.ac.uk/europepmc/webservices/rest',
    intervalMs,
    options,
    secrets: [],
  });
  return {
    name: service.name,
    format,
    async count(query, signal) {
      if ('pmids' in query) return checkedPmids(query.pmids).length;
      const page = { query: checkedSearch(query.search), pageSize: 1, cursor: firstCursor, signal };
      return (await askPage(service, { ...page, resultType: 'idlist' })).count;
    },
    download: (query, sink, more = {}) =>
      new Download(service, sink, more, { pageSize, maxRecords }).run(query),
  };
}

interface Page {
  readonly query: string;
  readonly pageSize: number;
  readonly cursor: string;
  readonly resultType: 'core' | 'idlist';
  readonly signal: AbortSignal | undefined;
}

function askPage(service: Service, { signal, cursor, pageSize, ...page }: Page): Promise<EuropePmcAnswer> {
  const parameters = new URLSearchParams({
    ...page,
    format: 'xml',
    pageSize: String(pageSize),
    cursorMark: cursor,
  });
  const question = { path: `search?${parameters.toString()}`, signal, maxBytes: maxPageBytes };
  return ask(service, question, (answer) => {
    const error = /<errMsg>([^<]*)<\/errMsg>/u.exec(answer.text.slice(0, 10_000))?.[1];
    if (error !== undefined) throw refused(`Europe PMC reports an error: ${quoted(service, error)}`);
    checkContent(answer, /\bxml\b/u);
    return readEuropePmc(answer.text);
  });
}

interface Limits {
  readonly pageSize: number;
  readonly maxRecords: number;
}

class Download {
  /** Identifiers of the records that the sink has, also from an earlier attempt. */
  private readonly written: Set<string>;
  /** Identifiers of all records of the pages of this attempt. */
  private readonly listed = new Set<string>();

  constructor(
    private readonly service: Service,
    private readonly sink: RecordSink,
    private readonly options: RecordDownloadOptions,
    private readonly limits: Limits,
  ) {
    this.written = new Set(options.resume?.ids);
  }

  run(query: SearchQuery | PmidQuery): Promise<DownloadSummary> {
    return 'pmids' in query
      ? this.pmids(checkedPmids(query.pmids))
      : this.search(checkedSearch(query.search));
  }

  /** Follows the cursors to the last page, which has no cursor, repeats its own or is empty. */
  private async search(query: string): Promise<DownloadSummary> {
    let cursor = this.options.resume?.cursor ?? firstCursor;
    for (;;) {
      const { count, records, nextCursor } = await this.fullPage(query, cursor, this.written.size);
      if (count > this.limits.maxRecords) throw tooMany(count, this.limits.maxRecords);
      if (records.length > 0 && records.every(({ id }) => this.listed.has(id))) {
        throw damaged(this.service.name, new DamagedAnswer('a page of records that it had sent before'));
      }
      await this.store(records, nextCursor);
      this.options.onProgress?.({ done: Math.min(this.written.size, count), total: count });
      if (records.length === 0 || nextCursor === undefined || nextCursor === cursor) {
        const unlisted = Math.max(0, count - this.written.size);
        return { found: count, written: this.written.size, missing: [], unlisted, warnings: [] };
      }
      cursor = nextCursor;
    }
  }

  private async pmids(pmids: readonly string[]): Promise<DownloadSummary> {
    const missing: string[] = [];
    let done = 0;
    for (const chunk of chunksOf(pmids, pmidsPerSearch)) {
      const wanted = chunk.filter((pmid) => !this.written.has(idOf(pmid)));
      if (wanted.length > 0) {
        const query = `(${wanted.map((pmid) => `EXT_ID:${pmid}`).join(' OR ')}) AND SRC:MED`;
        const { records } = await this.fullPage(query, firstCursor, 0);
        await this.store(records.filter(({ pmid }) => pmid !== undefined && wanted.includes(pmid)));
        missing.push(...wanted.filter((pmid) => !this.written.has(idOf(pmid))));
      }
      done += chunk.length;
      this.options.onProgress?.({ done, total: pmids.length });
    }
    return { found: pmids.length, written: this.written.size, missing, unlisted: 0, warnings: [] };
  }

  /** Asks for a page again if it has fewer records than it must have, and returns the longest. @param before Records before it. */
  private async fullPage(query: string, cursor: string, before: number): Promise<EuropePmcAnswer> {
    const { pageSize } = this.limits;
    const page: Page = { query, pageSize, cursor, resultType: 'core', signal: this.options.signal };
    let longest = await askPage(this.service, page);
    const isShort = (): boolean => longest.records.length < Math.min(pageSize, longest.count - before);
    for (let round = 1; round < tries && isShort(); round += 1) {
      const again = await askPage(this.service, page);
      if (again.records.length > longest.records.length) longest = again;
    }
    return longest;
  }

  private async store(records: readonly EuropePmcRecord[], cursor?: string): Promise<void> {
    const fresh = new Map(
      records.filter(({ id }) => !this.written.has(id)).map((record) => [record.id, record]),
    );
    if (fresh.size > 0) await this.sink.append([...fresh.values()], cursor);
    for (const { id } of records) {
      this.written.add(id);
      this.listed.add(id);
    }
  }
}

/** The identifier of a record of PubMed. */
function idOf(pmid: string): string {
  return `MED:${pmid}`;
}
