/**
 * The library of a Zotero that runs on this computer, by its local API (Zotero 7,
 * https://www.zotero.org/support/dev/web_api/v3/basics). No other computer is ever contacted.
 */
import { BioBertError, errorCodes } from '../../core/errors';
import { type Guard, isArrayOf, isCount, isRecord, isString } from '../../protocol/guards';
import { isConnectionRefused } from '../httpRequest';
import type {
  DownloadSummary,
  LiteratureSource,
  RecordDownloadOptions,
  RecordFormat,
  RecordSink,
} from './literature';
import { DamagedAnswer, refused } from './literatureErrors';
import {
  type Answer,
  ask,
  checkContent,
  createService,
  readCount,
  type Service,
  type SourceOptions,
} from './literatureRequest';
import { cslOf } from './zoteroItems';

/** The records of a library, or of one of its collections. */
export interface ZoteroQuery {
  /** Number of a group library. Default: the user's own library. */
  readonly group?: number | undefined;
  /** Key of a collection; records of collections inside it are not part of it. Default: the whole library. */
  readonly collection?: string | undefined;
}

export interface ZoteroCollection {
  readonly key: string;
  readonly name: string;
  /** Key of the collection around it. */
  readonly parent: string | undefined;
}

export interface ZoteroGroup {
  readonly id: number;
  readonly name: string;
}

export interface ZoteroSource extends LiteratureSource<ZoteroQuery> {
  /** @param group Number of a group library. Default: the user's own library. */
  collections(signal?: AbortSignal, group?: number): Promise<readonly ZoteroCollection[]>;
  groups(signal?: AbortSignal): Promise<readonly ZoteroGroup[]>;
}

/** A proxy would be another computer, so `fetch` cannot be replaced. */
export type ZoteroOptions = Omit<SourceOptions, 'fetch'>;

const format: RecordFormat = { extension: 'json', head: '[\n', separator: ',\n', tail: '\n]\n' };

/** Zotero runs its exporter for each record, some 20 ms. */
const pageSize = 50;
const maxPageBytes = 64 << 20;
const tries = 2;

const isKey: Guard<string> = (value): value is string => isString(value) && /^[A-Z0-9]{8}$/u.test(value);

export function zotero(options: ZoteroOptions = {}): ZoteroSource {
  const service = createService({
    name: 'Zotero',
    baseUrl: localAddress(options.baseUrl ?? 'http://127.0.0.1:23119'),
    intervalMs: 0,
    options: { attempts: 2, ...options, fetch: undefined },
    secrets: [],
    explain: (cause) => (isConnectionRefused(cause) ? notRunning(cause) : undefined),
  });
  return {
    name: service.name,
    format,
    count: async (query, signal) => (await askItems(service, query, { start: 0, limit: 1, signal })).total,
    download: (query, sink, more = {}) => download(service, query, sink, more),
    collections: async (signal, group) => {
      const list = await askZotero(
        service,
        `${libraryPath({ group })}/collections`,
        signal,
        readList(readCollection),
      );
      return list.toSorted((a, b) => a.name.localeCompare(b.name));
    },
    groups: (signal) => askZotero(service, 'api/users/0/groups', signal, readList(readGroup)),
  };
}

/** @throws {BioBertError} ARGUMENT_INVALID for an address that is not this computer. */
function localAddress(address: string): string {
  if (/^http:\/\/127\.0\.0\.1:\d{1,5}\/?$/u.test(address)) return address;
  throw new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    'Zotero is only asked on this computer.',
    'Name its address as http://127.0.0.1:PORT.',
  );
}

function libraryPath({ group, collection }: ZoteroQuery): string {
  const library = group === undefined ? 'api/users/0' : `api/groups/${isCount(group) ? group : 0}`;
  if (collection === undefined) return library;
  if (isKey(collection)) return `${library}/collections/${collection}`;
  throw new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    'This is no key of a collection in Zotero.',
    'Choose the collection from the list.',
  );
}

function askZotero<T>(
  service: Service,
  path: string,
  signal: AbortSignal | undefined,
  read: (json: unknown, answer: Answer) => T,
): Promise<T> {
  const question = { path, headers: { 'zotero-api-version': '3' }, signal, maxBytes: maxPageBytes };
  return ask(service, question, (answer) => {
    checkZotero(answer);
    checkContent(answer, /json/u);
    return read(parsed(answer.text), answer);
  });
}

function checkZotero({ status, headers }: Answer): void {
  const isApi = headers.get('zotero-api-version') === '3';
  if (status === 403) {
    throw refused(
      'Zotero does not give its library to other programs.',
      'In Zotero, open Settings > Advanced and select "Allow other applications on this computer to communicate with Zotero".',
    );
  }
  if (status === 404 && isApi) {
    throw refused('Zotero has no such library or collection.', 'Choose the collection again from the list.');
  }
  if (!isApi || status === 501) {
    throw refused(
      'The program that answers in place of Zotero does not have its local API.',
      'Update Zotero to version 7 or later.',
    );
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new DamagedAnswer('an answer that is not JSON');
  }
}

function readList<T>(read: (value: Readonly<Record<string, unknown>>) => T | undefined) {
  return (json: unknown): readonly T[] => {
    if (!isArrayOf(isRecord)(json)) throw new DamagedAnswer('no list');
    return json.flatMap((value) => read(value) ?? []);
  };
}

function readCollection({ key, data }: Readonly<Record<string, unknown>>): ZoteroCollection | undefined {
  if (!isKey(key) || !isRecord(data) || !isString(data['name'])) return undefined;
  const parent = data['parentCollection'];
  return { key, name: data['name'], parent: isKey(parent) ? parent : undefined };
}

function readGroup({ id, data }: Readonly<Record<string, unknown>>): ZoteroGroup | undefined {
  if (!isCount(id) || !isRecord(data) || !isString(data['name'])) return undefined;
  return { id, name: data['name'] };
}

interface Item {
  readonly key: string;
  /** One line of CSL-JSON; undefined if Zotero did not give what it consists of. */
  readonly csl: string | undefined;
}

interface ItemPage {
  readonly total: number;
  readonly items: readonly Item[];
}

interface ItemRange {
  readonly start: number;
  readonly limit: number;
  readonly signal: AbortSignal | undefined;
}

function askItems(
  service: Service,
  query: ZoteroQuery,
  { start, limit, signal }: ItemRange,
): Promise<ItemPage> {
  const parameters = new URLSearchParams({
    ...{ format: 'json', include: 'data,csljson', itemType: '-attachment' },
    ...{ sort: 'dateAdded', direction: 'asc', start: String(start), limit: String(limit) },
  });
  // A list such as `-attachment || note` would exclude nothing: Zotero joins its parts by "or".
  parameters.append('itemType', '-note');
  const path = `${libraryPath(query)}/items/top?${parameters.toString()}`;
  return askZotero(service, path, signal, (json, { headers }) => {
    if (!isArrayOf(isRecord)(json) || json.length > limit) throw new DamagedAnswer('no list of records');
    return { total: readCount(headers.get('total-results')), items: json.map(readItem) };
  });
}

function readItem(item: Readonly<Record<string, unknown>>): Item {
  const { key } = item;
  if (!isKey(key)) throw new DamagedAnswer('a record without a key');
  return { key, csl: cslOf(key, item) };
}

async function download(
  service: Service,
  query: ZoteroQuery,
  sink: RecordSink,
  { signal, onProgress, resume }: RecordDownloadOptions,
): Promise<DownloadSummary> {
  const written = new Set(resume?.ids);
  const listed = new Set<string>();
  const missing: string[] = [];
  let total = 0;
  let start = 0;
  do {
    const page = await fullPage(service, query, { start, limit: pageSize, signal });
    ({ total } = page);
    const fresh = page.items.filter(({ key }) => !listed.has(key) && !written.has(key));
    const records = fresh.flatMap(({ key, csl }) => (csl === undefined ? [] : [{ id: key, text: csl }]));
    missing.push(...fresh.filter(({ csl }) => csl === undefined).map(({ key }) => key));
    if (records.length > 0) await sink.append(records);
    for (const { key } of page.items) listed.add(key);
    for (const { id } of records) written.add(id);
    start += pageSize;
    onProgress?.({ done: Math.min(listed.size, total), total });
  } while (start < total);
  const unlisted = Math.max(0, total - listed.size);
  return { found: total, written: written.size, missing, unlisted, warnings: [] };
}

/** Asks for a page again if it has fewer records than it must have. */
async function fullPage(service: Service, query: ZoteroQuery, range: ItemRange): Promise<ItemPage> {
  let page = await askItems(service, query, range);
  for (let round = 1; round < tries && isShort(page, range); round += 1)
    page = await askItems(service, query, range);
  return page;
}

function isShort({ total, items }: ItemPage, { start, limit }: ItemRange): boolean {
  return items.length < Math.min(limit, total - start);
}

function notRunning(cause: unknown): BioBertError {
  return new BioBertError(
    errorCodes.LITERATURE_UNREACHABLE,
    'Zotero does not run on this computer.',
    'Start Zotero and try again.',
    { cause },
  );
}
