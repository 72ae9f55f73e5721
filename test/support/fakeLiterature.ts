/**
 * PubMed, Europe PMC and Zotero on this machine, with invented records. Formats, errors and limits are those of the
 * documentation:
 * - E-utilities: https://www.ncbi.nlm.nih.gov/books/NBK25499/ and https://www.ncbi.nlm.nih.gov/books/NBK25497/
 * - Europe PMC: https://europepmc.org/RestfulWebService
 * - Zotero: https://www.zotero.org/support/dev/web_api/v3/basics
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeArticle {
  readonly pmid: string;
  readonly title: string;
  /** Day of entry, `2001/12/31`. */
  readonly entered: string;
  /** Default: an article with this abstract. A book has no source field. */
  readonly isBook?: boolean;
  readonly abstract?: string;
}

export interface FakeRequest {
  readonly path: string;
  /** The parameters of the address or of the posted form. */
  readonly parameters: URLSearchParams;
  readonly method: string;
}

export interface FakeLiterature {
  /** The address without a path. */
  readonly url: string;
  readonly requests: FakeRequest[];
  articles: readonly FakeArticle[];
  /** PMIDs that a search lists and that EFetch does not have. */
  readonly unavailable: Set<string>;
  /** Looks at each request first; true: it has answered. */
  whim: (request: FakeRequest, response: ServerResponse) => boolean;
  /** Changes the body of an answer before it is sent. */
  edit: (body: string, request: FakeRequest) => string;
  /** The results that are kept, by their WebEnv. */
  readonly histories: Map<string, readonly string[]>;
  /** Records of Zotero; a collection has the first two. */
  items: readonly unknown[];
  close(): Promise<void>;
}

export interface FakeOptions {
  /** The time by which requests to the E-utilities are counted. Default: they are not counted. */
  readonly now?: () => number;
}

const window = 9999;
const rateNotice = '{"error":"API rate limit exceeded","api-key":"127.0.0.1","count":"4","limit":"3"}';

type Answerer = (fake: FakeLiterature, request: FakeRequest, response: ServerResponse) => void;

const routes: readonly (readonly [RegExp, Answerer])[] = [
  [/\/esearch\.fcgi$/u, answerSearch],
  [/\/efetch\.fcgi$/u, answerFetch],
  [/\/rest\/search$/u, answerEuropePmc],
  [/^\/api\/(?:users\/0|groups\/77)\/(?:collections\/[A-Z0-9]{8}\/)?items\/top$/u, answerItems],
  [/^\/api\/(?:users\/0\/(?:collections|groups)|groups\/77\/collections)$/u, answerCollections],
];

export async function startFakeLiterature(
  articles: readonly FakeArticle[] = [],
  { now }: FakeOptions = {},
): Promise<FakeLiterature> {
  const times: number[] = [];
  const server = createServer((message, response) => {
    void (async () => {
      const url = new URL(message.url ?? '', 'http://127.0.0.1');
      const parameters =
        message.method === 'POST' ? new URLSearchParams(await text(message)) : url.searchParams;
      const request = { path: url.pathname, parameters, method: message.method ?? '' };
      fake.requests.push(request);
      if (fake.whim(request, response)) return;
      if (now && isTooFast(times, now(), parameters.has('api_key') ? 10 : 3)) {
        response.writeHead(429, { 'content-type': 'application/json' }).end(rateNotice);
        return;
      }
      const answer = routes.find(([path]) => path.test(request.path))?.[1];
      if (answer) answer(fake, request, response);
      else response.writeHead(404).end('No endpoint found');
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const fake: FakeLiterature = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: [],
    articles,
    unavailable: new Set(),
    whim: () => false,
    edit: (body) => body,
    histories: new Map(),
    items: [],
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return fake;
}

async function text(message: AsyncIterable<unknown>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** Counts the requests in the second up to now. */
function isTooFast(times: number[], now: number, limit: number): boolean {
  times.push(now);
  return times.filter((time) => time > now - 1000).length > limit;
}

function send(
  fake: FakeLiterature,
  request: FakeRequest,
  response: ServerResponse,
  [type, body, headers = {}, status = 200]: readonly [string, string, Record<string, string>?, number?],
): void {
  response.writeHead(status, { ...headers, 'content-type': type }).end(fake.edit(body, request));
}

/** The word `all` finds everything, other words the titles that contain them. */
function found(fake: FakeLiterature, term: string): readonly FakeArticle[] {
  return fake.articles.filter(({ title }) => term === 'all' || title.includes(term));
}

function answerSearch(fake: FakeLiterature, request: FakeRequest, response: ServerResponse): void {
  const { parameters } = request;
  const term = parameters.get('term') ?? '';
  const [from, to] = [parameters.get('mindate') ?? '', parameters.get('maxdate') ?? '9999'];
  const pmids = found(fake, term)
    .filter(({ entered }) => from <= entered && entered <= to)
    .map(({ pmid }) => pmid);
  const webenv = `MCID_${fake.histories.size}`;
  if (parameters.get('usehistory') === 'y') fake.histories.set(webenv, pmids.slice(0, window));
  const idlist = pmids.slice(0, Math.min(window, Number(parameters.get('retmax') ?? 20)));
  const esearchresult = {
    ...{ count: String(pmids.length), retmax: String(idlist.length), retstart: '0' },
    ...(parameters.get('usehistory') === 'y' && { querykey: '1', webenv }),
    ...{ idlist, translationset: [], querytranslation: term },
    ...(pmids.length === 0 && {
      errorlist: { phrasesnotfound: [term], fieldsnotfound: [] },
      warninglist: { phrasesignored: [], quotedphrasesnotfound: [], outputmessages: ['No items found.'] },
    }),
  };
  const body = JSON.stringify({ header: { type: 'esearch', version: '0.3' }, esearchresult });
  send(fake, request, response, ['application/json; charset=UTF-8', body]);
}

function answerFetch(fake: FakeLiterature, request: FakeRequest, response: ServerResponse): void {
  const { parameters } = request;
  let pmids = (parameters.get('id') ?? '').split(',');
  if (parameters.has('WebEnv')) {
    const history = fake.histories.get(parameters.get('WebEnv') ?? '');
    if (!history) {
      const error =
        '<?xml version="1.0" encoding="UTF-8" ?>\n<eFetchResult>\n\t<ERROR>Unable to obtain query #1</ERROR>\n</eFetchResult>\n';
      send(fake, request, response, ['text/xml; charset=UTF-8', error, {}, 400]);
      return;
    }
    const start = Number(parameters.get('retstart'));
    pmids = history.slice(start, start + Number(parameters.get('retmax')));
  }
  const byPmid = new Map(fake.articles.map((article) => [article.pmid, article]));
  const records = pmids.map((pmid) => {
    const article = fake.unavailable.has(pmid) ? undefined : byPmid.get(pmid);
    if (article) return `\n${medlineOf(article)}\n`;
    return `\nid: ${pmid} Error occurred: The following PMID is not available: ${pmid}\n`;
  });
  send(fake, request, response, ['text/plain; charset=UTF-8', records.join('')]);
}

/** The record in the MEDLINE format. Long values go on in indented lines. */
export function medlineOf({ pmid, title, entered, isBook = false, abstract = '' }: FakeArticle): string {
  return [
    `PMID- ${pmid}`,
    'OWN - NLM',
    'STAT- MEDLINE',
    ...(isBook
      ? ['DP  - 2020', `BTI - ${title}`]
      : ['VI  - 12', 'IP  - 4', 'DP  - 2021 May 3', `TI  - ${title}`]),
    `LID - 10.1000/p.${pmid} [doi]`,
    ...(abstract === '' ? [] : [`AB  - ${abstract.replace(/(.{60}\S*) /gu, '$1\n      ')}`]),
    'FAU - Zinc, Anna',
    'AU  - Zinc A',
    'PT  - Journal Article',
    ...(isBook ? [] : ['TA  - Lead Lett', 'JT  - Lead letters', 'MH  - Gout/drug therapy']),
    `EDAT- ${entered} 06:00`,
    isBook
      ? `AID - NBK${pmid} [bookaccession]`
      : `SO  - Lead Lett. 2021 May 3;12(4):101-109. doi: 10.1000/p.${pmid}.`,
  ].join('\n');
}

function answerEuropePmc(fake: FakeLiterature, request: FakeRequest, response: ServerResponse): void {
  const { parameters } = request;
  const query = parameters.get('query') ?? '';
  const pmids = Array.from(query.matchAll(/EXT_ID:(\d+)/gu), ([, pmid = '']) => pmid);
  const all =
    pmids.length > 0
      ? fake.articles.filter(({ pmid }) => pmids.includes(pmid) && !fake.unavailable.has(pmid))
      : found(fake, query);
  const cursor = parameters.get('cursorMark') ?? '*';
  const start = cursor === '*' ? 0 : Number(Buffer.from(cursor, 'base64').toString());
  const page = all.slice(start, start + Number(parameters.get('pageSize')));
  const next = Buffer.from(String(start + page.length)).toString('base64');
  const body =
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><responseWrapper xmlns:slx="http://www.scholix.org" ' +
    `xmlns:epmc="https://www.europepmc.org/data"><version>6.9</version><hitCount>${all.length}</hitCount>` +
    // The page after the last one is empty and repeats the cursor.
    `<nextCursorMark>${page.length === 0 ? cursor : next}</nextCursorMark>` +
    `<request><queryString>x</queryString><resultType>core</resultType><cursorMark>${cursor}</cursorMark></request>` +
    `<resultList>${page.map(resultOf).join('')}</resultList></responseWrapper>`;
  send(fake, request, response, ['application/xml;charset=UTF-8', body]);
}

const escaped = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function resultOf({ pmid, title, abstract = '' }: FakeArticle): string {
  return (
    `<result><id>${pmid}</id><source>MED</source><pmid>${pmid}</pmid><doi>10.1000/p.${pmid}</doi>` +
    `<title>${escaped(title)}</title><authorString>Zinc A, Gold B.</authorString>` +
    '<authorList><author><fullName>Zinc A</fullName></author></authorList>' +
    '<journalInfo><issue>4</issue><volume>12</volume><journal><title>Lead letters</title></journal></journalInfo>' +
    `<pubYear>2021</pubYear><pageInfo>101-109</pageInfo><abstractText>${escaped(abstract)}</abstractText>` +
    '<pubTypeList><pubType>Journal Article</pubType></pubTypeList>' +
    '<keywordList><keyword>gout</keyword></keywordList></result>'
  );
}

/** An item as the local API gives it with `include=data,csljson`. */
export function zoteroItem(
  key: string,
  csl: Record<string, unknown>,
  data: Record<string, unknown> = {},
): unknown {
  const uri = `http://zotero.org/users/local/x/items/${key}`;
  return {
    ...{ key, version: 1, library: { type: 'user', id: 0, name: 'My Library' } },
    data: { key, itemType: 'journalArticle', tags: [], ...data },
    csljson: `[\n\t${JSON.stringify({ id: uri, type: 'article-journal', ...csl })}\n]`,
  };
}

const zoteroHeaders = { 'zotero-api-version': '3', 'zotero-schema-version': '32' };

function answerItems(fake: FakeLiterature, request: FakeRequest, response: ServerResponse): void {
  const { parameters, path } = request;
  const all = path.includes('/collections/') ? fake.items.slice(0, 2) : fake.items;
  const start = Number(parameters.get('start') ?? 0);
  const limit = Number(parameters.get('limit') ?? all.length);
  const page = all.slice(start, start + limit);
  const link = `<http://localhost:23119${path}?start=${start + limit}>; rel="next"`;
  const headers = { ...zoteroHeaders, 'total-results': String(all.length), link };
  send(fake, request, response, ['application/json', JSON.stringify(page, null, 4), headers]);
}

function answerCollections(fake: FakeLiterature, request: FakeRequest, response: ServerResponse): void {
  const collections = [
    { key: 'BBBB2222', data: { key: 'BBBB2222', name: 'Screened', parentCollection: 'AAAA1111' } },
    { key: 'AAAA1111', data: { key: 'AAAA1111', name: 'Gout', parentCollection: false } },
  ];
  const groups = [{ id: 77, version: 1, data: { id: 77, name: 'Metals' } }];
  const body = JSON.stringify(request.path.endsWith('/groups') ? groups : collections);
  send(fake, request, response, ['application/json', body, zoteroHeaders]);
}
