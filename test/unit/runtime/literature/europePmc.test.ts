import type { ServerResponse } from 'node:http';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recognisedFormat } from '../../../../src/core/documents/recognise';
import { errorCodes } from '../../../../src/core/errors';
import { readRecords } from '../../../../src/core/records/readRecords';
import { europePmc, type EuropePmcOptions } from '../../../../src/runtime/literature/europePmc';
import { readEuropePmc } from '../../../../src/runtime/literature/europePmcAnswer';
import { DamagedAnswer } from '../../../../src/runtime/literature/literatureErrors';
import { type FakeArticle, type FakeLiterature, startFakeLiterature } from '../../../support/fakeLiterature';
import { memorySink } from '../../../support/memorySink';
import { virtualClock } from '../../../support/virtualClock';
import '../../../support/propertySeed';

const articles: readonly FakeArticle[] = Array.from({ length: 25 }, (_, index) => ({
  pmid: String(100 + index),
  title: `Niacin & <i>uric</i> acid ${index}`,
  abstract: `P < 0.05 & \u{1F9EA} in part ${index}.`,
  entered: '2020/01/01',
}));

let fake: FakeLiterature;
beforeEach(async () => {
  fake = await startFakeLiterature(articles);
});
afterEach(() => fake.close());

const source = (options: EuropePmcOptions = {}) =>
  europePmc({
    baseUrl: `${fake.url}/europepmc/webservices/rest`,
    pageSize: 10,
    clock: virtualClock(),
    ...options,
  });
const search = { search: 'all' };
const code = (name: keyof typeof errorCodes) => ({ code: errorCodes[name] });
const cursorsSent = () => fake.requests.map(({ parameters }) => parameters.get('cursorMark'));

describe('a search in Europe PMC', () => {
  it('follows the cursors, and makes one valid file of all pages that our reader reads', async () => {
    const sink = memorySink();
    const seen: number[] = [];
    const summary = await source().download(search, sink, { onProgress: ({ done }) => void seen.push(done) });
    expect(summary).toEqual({ found: 25, written: 25, missing: [], unlisted: 0, warnings: [] });
    expect(seen).toEqual([10, 20, 25, 25]);
    expect(cursorsSent()).toEqual(['*', 'MTA=', 'MjA=', 'MjU=']);
    expect(sink.cursors).toEqual(['MTA=', 'MjA=', 'MjU=']);
    const file = sink.file(source().format);
    const errors: unknown[] = [];
    const parser = new SaxesParser({ xmlns: true });
    parser.on('error', (error) => void errors.push(error));
    parser.write(file).close();
    expect(errors).toEqual([]);
    expect(recognisedFormat(file.slice(0, 8000))).toBe('xml-records');
    const records = readRecords(file, 'xml-records');
    expect(records.map(({ pmid }) => pmid)).toEqual(articles.map(({ pmid }) => pmid));
    expect(records[24]).toMatchObject({
      ...{
        title: 'Niacin & uric acid 24',
        abstract: 'P < 0.05 & \u{1F9EA} in part 24.',
        year: 2021,
        pages: '101-109',
      },
      ...{
        authors: ['Zinc A', 'Gold B.'],
        journal: 'Lead letters',
        volume: '12',
        issue: '4',
        doi: '10.1000/p.124',
      },
      ...{ keywords: ['gout'], types: ['Journal Article'], database: 'MED' },
    });
  });

  it('asks for the abstracts, in pages of 1000 unless told otherwise', async () => {
    await source({ pageSize: undefined }).download(search, memorySink());
    const sent = Object.fromEntries(fake.requests[0]?.parameters ?? []);
    expect(sent).toEqual({
      query: 'all',
      resultType: 'core',
      format: 'xml',
      pageSize: '1000',
      cursorMark: '*',
    });
  });

  it('is only counted by count', async () => {
    expect(await source().count(search)).toBe(25);
    expect(fake.requests).toHaveLength(1);
  });

  it('goes on at the cursor of the last stored page', async () => {
    const stored = articles.slice(0, 20).map(({ pmid }) => `MED:${pmid}`);
    const sink = memorySink();
    const resume = { ids: new Set(stored), cursor: 'MjA=' };
    expect(await source().download(search, sink, { resume })).toMatchObject({ written: 25, unlisted: 0 });
    expect(sink.records.map(({ id }) => id)).toEqual(articles.slice(20).map(({ pmid }) => `MED:${pmid}`));
    expect(cursorsSent()).toEqual(['MjA=', 'MjU=']);
  });

  it('asks again for a page with too few records, and reports what stays away', async () => {
    const shorten = (body: string) => body.replace(/<result>(?:(?!<\/result>).)*<\/result>/u, '');
    let short = 0;
    fake.edit = (body) => (++short === 1 ? shorten(body) : body);
    expect(await source().download(search, memorySink())).toMatchObject({ written: 25, unlisted: 0 });
    fake.edit = shorten;
    expect(await source().download(search, memorySink())).toMatchObject({
      found: 25,
      written: 22,
      unlisted: 3,
    });
  });

  it('ends when a server sends the same page under ever new cursors', async () => {
    let page = 0;
    fake.whim = (request) => {
      request.parameters.set('cursorMark', '*');
      return false;
    };
    fake.edit = (body) => body.replace(/<nextCursorMark>.*?</u, `<nextCursorMark>c${++page}<`);
    await expect(source().download(search, memorySink())).rejects.toMatchObject(code('LITERATURE_DAMAGED'));
    expect(fake.requests).toHaveLength(2);
  });

  it('is refused beyond the limit', async () => {
    const attempt = source({ maxRecords: 24 }).download(search, memorySink());
    await expect(attempt).rejects.toMatchObject(code('LITERATURE_REFUSED'));
  });

  it('stops when it is cancelled', async () => {
    const controller = new AbortController();
    const sink = memorySink(() => controller.abort());
    const attempt = source().download(search, sink, { signal: controller.signal });
    await expect(attempt).rejects.toMatchObject({ name: 'CancelledError' });
    expect(sink.records).toHaveLength(10);
  });

  it.each([
    [
      'LITERATURE_REFUSED',
      'application/xml',
      '<errorBean><errCode>404</errCode><errMsg>Bad query</errMsg></errorBean>',
    ],
    ['LITERATURE_DAMAGED', 'text/html', '<html></html>'],
    ['LITERATURE_DAMAGED', 'application/json', '{}'],
    [
      'LITERATURE_DAMAGED',
      'application/xml',
      '<responseWrapper><hitCount>25</hitCount><resultList><result><id>1<',
    ],
    ['LITERATURE_DAMAGED', 'application/xml', '<responseWrapper><hitCount>many</hitCount></responseWrapper>'],
    ['LITERATURE_DAMAGED', 'application/xml', '<other/>'],
    [
      'LITERATURE_DAMAGED',
      'application/xml',
      '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><responseWrapper><hitCount>0</hitCount></responseWrapper>',
    ],
  ] as const)('ends with %s for %s: %s', async (name, type, body) => {
    fake.whim = (_request, response: ServerResponse) => {
      response.writeHead(200, { 'content-type': type }).end(body);
      return true;
    };
    await expect(source().download(search, memorySink())).rejects.toMatchObject(code(name));
  });
});

describe('a list of PMIDs', () => {
  it('is searched by identifier; those that are missing are reported', async () => {
    fake.unavailable.add('103');
    const sink = memorySink();
    const summary = await source().download({ pmids: ['101', '103', '101', '110'] }, sink);
    expect(summary).toEqual({ found: 3, written: 2, missing: ['103'], unlisted: 0, warnings: [] });
    expect(fake.requests[0]?.parameters.get('query')).toBe(
      '(EXT_ID:101 OR EXT_ID:103 OR EXT_ID:110) AND SRC:MED',
    );
    const resume = { ids: new Set(['MED:101', 'MED:110']) };
    expect(await source().download({ pmids: ['101', '110'] }, sink, { resume })).toMatchObject({
      written: 2,
    });
    expect(fake.requests).toHaveLength(1);
  });
});

describe('readEuropePmc', () => {
  const page = (results: string) =>
    `<responseWrapper><hitCount>2</hitCount><resultList>${results}</resultList></responseWrapper>`;
  const record = '<result><id>1</id><source>PPR</source><title>A\u{1F9EA}</title></result>';

  it('keeps the XML of each record as it was sent', () => {
    const nested =
      '<result><id>2</id><source>MED</source><pmid>2</pmid><list><result>x</result></list></result>';
    expect(readEuropePmc(page(`\r\n${record}\n${nested}`))).toEqual({
      count: 2,
      records: [
        { id: 'PPR:1', text: record, pmid: undefined },
        { id: 'MED:2', text: nested, pmid: '2' },
      ],
      nextCursor: undefined,
    });
  });

  it('removes characters that XML does not allow', () => {
    expect(readEuropePmc(page(record.replace('A', 'A\u0002'))).records[0]?.text).toBe(record);
  });

  it('refuses a record without an identifier, also after one that has it', () => {
    expect(() => readEuropePmc(page(`${record}<result><title>B</title></result>`))).toThrow(DamagedAnswer);
  });

  it('reads or refuses any text', () => {
    const pieces = fc.constantFrom(
      '<responseWrapper>',
      '</responseWrapper>',
      record,
      '<result>',
      '</result>',
      '<![CDATA[',
      '&x;',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string())), (parts) => {
        try {
          readEuropePmc(parts.join(''));
        } catch (error) {
          expect(error).toBeInstanceOf(DamagedAnswer);
        }
      }),
    );
  });
});
