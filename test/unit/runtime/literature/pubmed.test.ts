import * as fs from 'node:fs';
import type { ServerResponse } from 'node:http';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BioBertError, errorCodes } from '../../../../src/core/errors';
import { recognisedFormat } from '../../../../src/core/documents/recognise';
import { readRecords } from '../../../../src/core/records/readRecords';
import { proxiedFetch } from '../../../../src/cli/proxy';
import { type DownloadProgress, lossMessage } from '../../../../src/runtime/literature/literature';
import { pubMed, type PubMedOptions } from '../../../../src/runtime/literature/pubmed';
import { type FakeArticle, type FakeLiterature, startFakeLiterature } from '../../../support/fakeLiterature';
import { startFakeServer } from '../../../support/fakeInferenceServer';
import { startFakeProxy } from '../../../support/fakeProxy';
import { memorySink } from '../../../support/memorySink';
import { type VirtualClock, virtualClock } from '../../../support/virtualClock';
import { root } from '../../sources';

const articlesOf = (count: number, first = 1): FakeArticle[] =>
  Array.from({ length: count }, (_, index) => ({
    pmid: String(first + index),
    title: `Niacin in gout, part ${first + index}`,
    abstract: `Niacin raises uric acid in part ${first + index}, as a long sentence that goes on in a second line shows.`,
    entered: `20${String(index % 20).padStart(2, '0')}/0${1 + (index % 9)}/1${index % 10}`,
  }));

const key = 'SECRET-0123456789';
let clock: VirtualClock;
let fake: FakeLiterature;
beforeEach(async () => {
  clock = virtualClock();
  fake = await startFakeLiterature(articlesOf(450), { now: clock.now });
});
afterEach(() => fake.close());

const source = (options: PubMedOptions = {}) =>
  pubMed({ baseUrl: `${fake.url}/entrez/eutils`, clock, ...options });
const search = { search: 'all' };
const isFetch = ({ path }: { readonly path: string }) => path.endsWith('efetch.fcgi');
const fetches = () => fake.requests.filter(isFetch);
const code = (name: keyof typeof errorCodes) => ({ code: errorCodes[name] });
const pmids = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => String(from + index));

/** Lets the first `times` requests of a kind be answered by `answer`. */
function spoil(
  times: number,
  applies: (request: { path: string }) => boolean,
  answer: (response: ServerResponse) => void,
) {
  let left = times;
  fake.whim = (request, response) => {
    if (left === 0 || !applies(request)) return false;
    left -= 1;
    answer(response);
    return true;
  };
}

describe('a search in PubMed', () => {
  it('is downloaded in batches, each record once, and our reader finds every field', async () => {
    const sink = memorySink();
    const seen: DownloadProgress[] = [];
    const summary = await source().download(search, sink, {
      onProgress: (progress) => void seen.push(progress),
    });
    expect(summary).toEqual({ found: 450, written: 450, missing: [], unlisted: 0, warnings: [] });
    expect(lossMessage(summary)).toBeUndefined();
    expect(seen).toEqual([200, 400, 450].map((done) => ({ done, total: 450 })));
    expect(fetches().map(({ parameters }) => parameters.get('WebEnv'))).toEqual([
      'MCID_0',
      'MCID_0',
      'MCID_0',
    ]);
    const file = sink.file(source().format);
    expect(recognisedFormat(file)).toBe('medline');
    const records = readRecords(file, 'medline');
    expect(records.map(({ pmid }) => pmid)).toEqual(pmids(1, 451));
    expect(records[449]).toMatchObject({
      ...{ title: 'Niacin in gout, part 450', doi: '10.1000/p.450', year: 2021, volume: '12', issue: '4' },
      ...{ journal: 'Lead Lett', authors: ['Zinc, Anna'], keywords: ['Gout'], types: ['Journal Article'] },
      abstract:
        'Niacin raises uric acid in part 450, as a long sentence that goes on in a second line shows.',
    });
  });

  it('is only counted by count', async () => {
    expect(await source().count(search)).toBe(450);
    expect(fake.requests).toHaveLength(1);
  });

  it('keeps to three requests a second, and to ten with a key', async () => {
    await source().download({ pmids: pmids(1, 451) }, memorySink());
    expect(clock.sleeps).toEqual([350, 350]);
    await source({ apiKey: key }).download(search, memorySink());
    expect(clock.sleeps.slice(2)).toEqual([110, 110, 110]);
    const sent = fake.requests.at(-1);
    expect([sent?.method, sent?.parameters.get('api_key')]).toEqual(['POST', key]);
  });

  it('waits as long as the server asks for, and tries again', async () => {
    spoil(2, isFetch, (response) => {
      response.writeHead(429, { 'retry-after': '7', 'content-type': 'application/json' });
      response.end('{"error":"API rate limit exceeded","count":"4"}');
    });
    expect((await source().download(search, memorySink())).written).toBe(450);
    expect(clock.sleeps.filter((ms) => ms === 7000)).toHaveLength(2);
  });

  it('says that the server is busy when it stays so, also if the notice comes with status 200', async () => {
    for (const status of [429, 200]) {
      spoil(99, isFetch, (response) => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end('{"error":"API rate limit exceeded","count":"4"}');
      });
      await expect(source().download(search, memorySink())).rejects.toMatchObject(code('LITERATURE_BUSY'));
    }
    expect(clock.sleeps).toEqual(expect.arrayContaining([1000, 2000, 4000, 8000]));
  });

  it.each([
    ['an error of the server', (response: ServerResponse) => void response.writeHead(502).end()],
    ['a broken connection', (response: ServerResponse) => void response.destroy()],
    [
      'an answer that is cut off on the way',
      (response: ServerResponse) => {
        response.writeHead(200, { 'content-type': 'text/plain', 'content-length': '999' });
        response.write('PMID- 1\n', () => response.destroy());
      },
    ],
    [
      'a page of HTML',
      (response: ServerResponse) =>
        void response.writeHead(200, { 'content-type': 'text/plain' }).end('<!DOCTYPE html>'),
    ],
    [
      'another type of content',
      (response: ServerResponse) =>
        void response.writeHead(200, { 'content-type': 'image/png' }).end('PMID- 1'),
    ],
  ])('survives %s', async (_name, answer) => {
    spoil(1, isFetch, answer);
    expect((await source().download(search, memorySink())).written).toBe(450);
  });

  it('survives silence', async () => {
    spoil(1, isFetch, () => undefined);
    // A loaded machine may need several attempts after that.
    const patient = source({ idleMs: 300, attempts: 20 });
    expect((await patient.download(search, memorySink())).written).toBe(450);
  });

  it.each([
    ['LITERATURE_UNREACHABLE', 503, 'text/plain', ''],
    ['LITERATURE_DAMAGED', 200, 'text/html', '<html>log in</html>'],
    ['LITERATURE_REFUSED', 302, 'text/html', ''],
    ['LITERATURE_REFUSED', 404, 'text/plain', ''],
    [
      'LITERATURE_REFUSED',
      200,
      'application/json',
      '{"esearchresult":{"ERROR":"Search Backend failed:\n x"}}',
    ],
    ['LITERATURE_DAMAGED', 200, 'application/json', '{"esearchresult":{"count":"3","idlist":["1","2"]}}'],
    ['LITERATURE_DAMAGED', 200, 'application/json', '{"esearchresult":{"count":"2","idlist":["1","1"]}}'],
    ['LITERATURE_DAMAGED', 200, 'application/json', '{"esearchresult":{"count":"1","idlist":["1,2"]}}'],
    ['LITERATURE_DAMAGED', 200, 'application/json', '{"esearchresult":{"count":"-1","idlist":[]}}'],
    ['LITERATURE_DAMAGED', 200, 'application/json', '{"esearchresult":{"count":"1e99","idlist":[]}}'],
    ['LITERATURE_DAMAGED', 200, 'application/json', '{"esearchresult":{"idlist":[]}}'],
    ['LITERATURE_DAMAGED', 200, 'application/json', '[[['],
  ] as const)('ends with %s for status %i and %s: %s', async (name, status, type, body) => {
    spoil(
      99,
      () => true,
      (response) => void response.writeHead(status, { 'content-type': type, location: '/' }).end(body),
    );
    const attempt = source().download(search, memorySink());
    await expect(attempt).rejects.toMatchObject({
      ...code(name),
      nextStep: expect.stringMatching(/\.$/u) as unknown,
    });
  });

  it('gives up on an answer that is too long', async () => {
    spoil(
      99,
      () => true,
      (response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(Buffer.alloc(9 << 20, ' '));
      },
    );
    await expect(source().count(search)).rejects.toMatchObject(code('LITERATURE_REFUSED'));
    expect(fake.requests).toHaveLength(1);
  });

  it('asks again for records that an answer lacks, and then reports those that are missing', async () => {
    fake.unavailable.add('17').add('250');
    const sink = memorySink();
    const summary = await source().download(search, sink);
    expect(summary).toMatchObject({ found: 450, written: 448, missing: ['17', '250'] });
    expect(lossMessage(summary)).toBe('2 of 450 records could not be downloaded: 17, 250.');
    expect(sink.file(source().format)).not.toContain('not available');
    expect(fetches().filter(({ parameters }) => parameters.get('id') === '17')).toHaveLength(2);
  });

  it('does not take a record that is cut off at the end of an answer for a whole one', async () => {
    let cuts = 0;
    fake.edit = (body, { path }) => {
      if (!isFetch({ path }) || cuts > 0) return body;
      cuts += 1;
      return body.slice(0, body.lastIndexOf('\nAB  -') + 1);
    };
    const sink = memorySink();
    await source().download(search, sink);
    const records = readRecords(sink.file(source().format), 'medline');
    expect(records.filter(({ abstract }) => abstract !== undefined)).toHaveLength(450);
  });

  it('accepts records that end in an unusual way, such as books', async () => {
    fake.articles = [{ pmid: '5', title: 'Metals', entered: '2020/01/01', isBook: true }];
    expect((await source().download(search, memorySink())).written).toBe(1);
    fake.edit = (body) => body.replace(/^AID - .*$/mu, 'XX  - end');
    expect((await source().download(search, memorySink())).written).toBe(1);
  });

  it('asks by PMID when the server has forgotten the result of the search', async () => {
    let batches = 0;
    fake.whim = ({ path }) => {
      if (isFetch({ path }) && ++batches === 2) fake.histories.clear();
      return false;
    };
    const sink = memorySink();
    expect((await source().download(search, sink)).written).toBe(450);
    expect(new Set(sink.records.map(({ id }) => id)).size).toBe(450);
    expect(fetches().map(({ parameters }) => parameters.has('WebEnv'))).toEqual([true, true, false, false]);
  });

  it('passes on what PubMed says about words that it does not know', async () => {
    const summary = await source().download({ search: 'xyzzy' }, memorySink());
    expect(summary).toMatchObject({ found: 0, written: 0 });
    expect(summary.warnings).toEqual([
      'PubMed does not know the phrase "xyzzy".',
      'PubMed says "No items found.".',
    ]);
  });

  it('refuses an empty search without asking', async () => {
    await expect(source().count({ search: ' \n' })).rejects.toMatchObject(code('ARGUMENT_INVALID'));
    expect(fake.requests).toEqual([]);
  });

  it('uses the fetch of a proxy', async () => {
    const proxy = await startFakeProxy(new URL(fake.url).port);
    for (const name of ['no_proxy', 'NO_PROXY']) vi.stubEnv(name, '');
    vi.stubEnv('http_proxy', proxy.url);
    try {
      const ask = await proxiedFetch(process.env);
      expect(await source({ baseUrl: 'http://127.0.0.2:8099/entrez/eutils', fetch: ask }).count(search)).toBe(
        450,
      );
      expect(proxy.hosts).toEqual(['127.0.0.2']);
    } finally {
      vi.unstubAllEnvs();
      await proxy.close();
    }
  });

  it('names a certificate that is not trusted, and does not try again', async () => {
    const tls = path.join(root, 'test/fixtures/tls');
    const [key, cert] = ['key.pem', 'certificate.pem'].map((name) => fs.readFileSync(path.join(tls, name)));
    const server = await startFakeServer({}, { ...(key && { key }), ...(cert && { cert }) });
    try {
      await expect(source({ baseUrl: server.url }).count(search)).rejects.toMatchObject({
        ...code('LITERATURE_UNREACHABLE'),
        message: expect.stringContaining('certificate') as unknown,
      });
      expect(clock.sleeps).toEqual([]);
    } finally {
      await server.close();
    }
  });

  it('refuses an address whose questions others could read', () => {
    expect(() => source({ baseUrl: 'http://eutils.example/entrez' })).toThrow(BioBertError);
  });
});

describe('a search with more records than PubMed gives at once', () => {
  it('is divided by the date of entry, so that only records without one are lost, which is reported', async () => {
    fake.articles = [...articlesOf(10_100), { pmid: '77777', title: 'No date', entered: '0000/00/00' }];
    const sink = memorySink();
    const summary = await source().download(search, sink);
    expect(summary).toMatchObject({ found: 10_101, written: 10_100, missing: [], unlisted: 1 });
    expect(new Set(sink.records.map(({ id }) => id)).size).toBe(10_100);
    expect(lossMessage(summary)).toBe('1 of 10101 records could not be downloaded.');
  });

  it('is refused if one day has too many of them', async () => {
    fake.articles = articlesOf(10_000).map((article) => ({ ...article, entered: '1999/01/01' }));
    const attempt = source().download(search, memorySink());
    await expect(attempt).rejects.toMatchObject({
      ...code('LITERATURE_REFUSED'),
      message: expect.stringContaining('entered on 1999/01/01') as unknown,
    });
  });

  it('is refused before a record is fetched if it is beyond the limit', async () => {
    const attempt = source({ maxRecords: 449 }).download(search, memorySink());
    await expect(attempt).rejects.toMatchObject(code('LITERATURE_REFUSED'));
    expect(fetches()).toEqual([]);
  });
});

describe('a list of PMIDs', () => {
  it('is downloaded once each, in its order', async () => {
    const sink = memorySink();
    const summary = await source().download({ pmids: ['30', '4', '30', '999'] }, sink);
    expect(sink.records.map(({ id }) => id)).toEqual(['30', '4']);
    expect(summary).toEqual({ found: 3, written: 2, missing: ['999'], unlisted: 0, warnings: [] });
    expect(await source().count({ pmids: ['30', '4', '30'] })).toBe(2);
  });

  it.each([[['30', 'x']], [['0']], [['1 OR 2']], [[]]])('refuses %j', async (list) => {
    await expect(source().download({ pmids: list }, memorySink())).rejects.toMatchObject(
      code('ARGUMENT_INVALID'),
    );
    expect(fake.requests).toEqual([]);
  });
});

describe('a download that is interrupted', () => {
  it('stops between two batches when it is cancelled', async () => {
    const controller = new AbortController();
    const sink = memorySink((batch) => {
      if (batch === 1) controller.abort();
    });
    const attempt = source().download(search, sink, { signal: controller.signal });
    await expect(attempt).rejects.toMatchObject({ name: 'CancelledError' });
    expect(sink.records).toHaveLength(400);
  });

  it('stops waiting for an answer when it is cancelled', async () => {
    const controller = new AbortController();
    fake.whim = () => {
      controller.abort();
      return true;
    };
    const attempt = source({ idleMs: 600_000 }).count(search, controller.signal);
    await expect(attempt).rejects.toMatchObject({ name: 'CancelledError' });
  });

  it('goes on with the records that are missing, also after the search has found more', async () => {
    const stored = new Set([...pmids(1, 201), '300', '449']);
    fake.articles = [...articlesOf(5, 900), ...fake.articles];
    const sink = memorySink();
    const summary = await source().download(search, sink, { resume: { ids: stored } });
    expect(summary).toMatchObject({ found: 455, written: 455, missing: [] });
    const all = [...stored, ...sink.records.map(({ id }) => id)];
    expect([all.length, new Set(all).size]).toEqual([455, 455]);
  });
});

describe('the API key', () => {
  /** Everything that a log or a report could show of an error. */
  function shown(error: unknown): string {
    if (!(error instanceof Error)) return String(error);
    const { message, stack = '', cause } = error;
    const more = error instanceof BioBertError ? error.userMessage : '';
    return [message, stack, more, JSON.stringify(error), shown(cause)].join('\n');
  }

  it.each([
    [
      400,
      'application/json',
      `{"error":"API key invalid","api-key":"${key}","type":"client","status":"unknown"}`,
    ],
    [200, 'application/json', `{"esearchresult":{"ERROR":"Cannot search for ${key}"}}`],
    [400, 'text/xml', `<eFetchResult><ERROR>bad ${key}</ERROR></eFetchResult>`],
    [500, 'text/plain', key],
    [404, 'text/plain', key],
    [200, 'text/html', `<html>${key}</html>`],
  ])('is in no error, whatever the server answers: %i %s', async (status, type, body) => {
    spoil(
      99,
      () => true,
      (response) => void response.writeHead(status, { 'content-type': type }).end(body),
    );
    const error: unknown = await source({ apiKey: key })
      .count(search)
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(BioBertError);
    expect(shown(error)).not.toContain(key);
  });

  it('is in no error about a connection', async () => {
    const unreachable = source({ apiKey: key, baseUrl: 'http://127.0.0.1:9' });
    const error: unknown = await unreachable.count(search).catch((reason: unknown) => reason);
    expect(error).toMatchObject(code('LITERATURE_UNREACHABLE'));
    expect(shown(error)).not.toContain(key);
  });

  it('is named in the error when PubMed does not accept it, and not sent again', async () => {
    spoil(
      99,
      () => true,
      (response) =>
        void response
          .writeHead(400, { 'content-type': 'application/json' })
          .end('{"error":"API key invalid"}'),
    );
    await expect(source({ apiKey: key }).count(search)).rejects.toMatchObject({
      ...code('LITERATURE_KEY'),
      nextStep: 'Run the search again: it asks for the key. Without one it is slower.',
    });
    expect(fake.requests).toHaveLength(1);
  });
});
