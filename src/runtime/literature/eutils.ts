/**
 * The E-utilities of NCBI for PubMed (https://www.ncbi.nlm.nih.gov/books/NBK25499/): ESearch and EFetch. Questions are
 * posted, because addresses are written to logs on the way, and a question may hold an API key.
 */
import { BioBertError, errorCodes } from '../../core/errors';
import { isArrayOf, isRecord, isString } from '../../protocol/guards';
import { BusyAnswer, DamagedAnswer, ReportedError } from './literatureErrors';
import { type Answer, ask, checkContent, quoted, readCount, type Service } from './literatureRequest';
import { type MedlineAnswer, readMedlineAnswer } from './medlineAnswer';

/** ESearch and EFetch give no more records of one search, whatever is asked for. */
export const searchWindow = 9999;

const maxSearchBytes = 8 << 20;
/** Far above 200 records of papers with thousands of authors. */
const maxRecordBytes = 256 << 20;

export interface EutilsService extends Service {
  /** Sent with every question: `tool`, `email`, `api_key`. */
  readonly identity: Readonly<Record<string, string>>;
}

/** Days of entry into PubMed, both inclusive, as `2001/12/31`. */
export interface EntryDates {
  readonly from: string;
  readonly to: string;
}

export interface SearchAnswer {
  /** Number of all records of the search. */
  readonly count: number;
  /** PMIDs of the first {@link searchWindow} records. */
  readonly pmids: readonly string[];
  /** The place where the server keeps the result for some hours; undefined if it does not. */
  readonly history: History | undefined;
  readonly warnings: readonly string[];
}

export interface History {
  readonly webEnv: string;
  readonly queryKey: string;
}

export interface SearchOptions {
  /** Default: all records. */
  readonly dates?: EntryDates | undefined;
  /** Default: {@link searchWindow}. */
  readonly maxPmids?: number;
  readonly signal: AbortSignal | undefined;
}

/** @throws {BioBertError} LITERATURE_* */
export function searchPubMed(
  service: EutilsService,
  term: string,
  { dates, maxPmids = searchWindow, signal }: SearchOptions,
): Promise<SearchAnswer> {
  const form = new URLSearchParams({
    ...{ db: 'pubmed', term, retmode: 'json', retmax: String(maxPmids), retstart: '0' },
    ...(maxPmids > 0 && { usehistory: 'y' }),
    ...(dates && { datetype: 'edat', mindate: dates.from, maxdate: dates.to }),
    ...service.identity,
  });
  const question = { path: 'esearch.fcgi', form, signal, maxBytes: maxSearchBytes };
  return ask(service, question, (answer) => readSearch(service, answer, maxPmids));
}

function readSearch(service: Service, answer: Answer, maxPmids: number): SearchAnswer {
  const json = parsed(answer.text);
  throwReported(service, answer, json);
  checkContent(answer, /json/u);
  const result = isRecord(json) ? json['esearchresult'] : undefined;
  if (!isRecord(result)) throw new DamagedAnswer('no search result');
  const count = readCount(result['count']);
  const pmids = result['idlist'];
  if (
    !isArrayOf(isPmid)(pmids) ||
    new Set(pmids).size !== Math.min(count, maxPmids) ||
    pmids.length > count
  ) {
    throw new DamagedAnswer('another number of PMIDs than it counts');
  }
  return { count, pmids, history: historyOf(result), warnings: warningsIn(service, result) };
}

function isPmid(value: unknown): value is string {
  return isString(value) && /^[1-9]\d{0,8}$/u.test(value);
}

function historyOf({ webenv, querykey }: Record<string, unknown>): History | undefined {
  const isKnown =
    isString(webenv) && /^\S{1,400}$/u.test(webenv) && isString(querykey) && /^\d{1,9}$/u.test(querykey);
  return isKnown ? { webEnv: webenv, queryKey: querykey } : undefined;
}

/** Lists of words that PubMed did not use as the user wrote them. */
const warningFields: readonly (readonly [list: string, field: string, what: string])[] = [
  ['errorlist', 'phrasesnotfound', 'PubMed does not know the phrase'],
  ['errorlist', 'fieldsnotfound', 'PubMed does not know the field'],
  ['warninglist', 'quotedphrasesnotfound', 'PubMed does not know the quoted phrase'],
  ['warninglist', 'phrasesignored', 'PubMed ignored'],
  ['warninglist', 'outputmessages', 'PubMed says'],
];

const maxWarnings = 20;

function warningsIn(service: Service, result: Record<string, unknown>): readonly string[] {
  const all = warningFields.flatMap(([list, field, what]) => {
    const lists = result[list];
    const words = isRecord(lists) ? lists[field] : undefined;
    return (Array.isArray(words) ? words : [])
      .filter(isString)
      .map((word) => `${what} "${quoted(service, word)}".`);
  });
  return all.slice(0, maxWarnings);
}

export type FetchRequest =
  | { readonly pmids: readonly string[] }
  | { readonly history: History; readonly start: number; readonly count: number };

/**
 * Fetches records in the MEDLINE format.
 * @returns undefined if the server has forgotten the history.
 * @throws {BioBertError} LITERATURE_*
 */
export function fetchMedline(
  service: EutilsService,
  request: FetchRequest,
  signal: AbortSignal | undefined,
): Promise<MedlineAnswer | undefined> {
  const form = new URLSearchParams({
    ...{ db: 'pubmed', rettype: 'medline', retmode: 'text' },
    ...('pmids' in request
      ? { id: request.pmids.join(',') }
      : {
          ...{ WebEnv: request.history.webEnv, query_key: request.history.queryKey },
          ...{ retstart: String(request.start), retmax: String(request.count) },
        }),
    ...service.identity,
  });
  const question = { path: 'efetch.fcgi', form, signal, maxBytes: maxRecordBytes };
  return ask(service, question, (answer) => {
    if ('history' in request && isHistoryLost(answer)) return undefined;
    throwReported(service, answer, /^\s*\{/u.test(answer.text) ? parsed(answer.text) : undefined);
    checkContent(answer, /^text\/plain\b/u);
    return readMedlineAnswer(answer.text);
  });
}

/** The server deletes a history after some hours; the error says `Unable to obtain query #1` or `Cannot retrieve history data`. */
function isHistoryLost({ text }: Answer): boolean {
  return errorsIn(text).some((error) => /history|unable to obtain query|webenv/iu.test(error));
}

/** The errors in an answer of XML, which is at most short. It is searched rather than parsed: nothing in it is trusted. */
function errorsIn(text: string): readonly string[] {
  if (!/^\s*</u.test(text)) return [];
  return Array.from(text.slice(0, 10_000).matchAll(/<ERROR>([^<]*)<\/ERROR>/giu), ([, error = '']) => error);
}

/** NCBI writes line breaks into the strings of its errors, which JSON does not allow. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/[\u0000-\u001F]+/gu, ' ')) as unknown;
  } catch {
    return undefined;
  }
}

/** Throws the error that an answer reports, whatever its status: the notice about the rate also comes with status 200. */
function throwReported(service: Service, { text, status }: Answer, json: unknown): void {
  const result = isRecord(json) ? json['esearchresult'] : undefined;
  const stated = [isRecord(json) ? json['error'] : undefined, isRecord(result) ? result['ERROR'] : undefined];
  const [error] = [...stated.filter(isString), ...errorsIn(text)];
  if (error === undefined) return;
  if (/rate limit/iu.test(error)) throw new BusyAnswer(error);
  if (/api.?key/iu.test(error)) {
    throw new BioBertError(
      errorCodes.LITERATURE_KEY,
      'PubMed does not accept the API key.',
      'Run the search again: it asks for the key. Without one it is slower.',
    );
  }
  throw new ReportedError(quoted(service, error) || `status ${status}`);
}
