import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recognisedFormat } from '../../../../src/core/documents/recognise';
import { errorCodes } from '../../../../src/core/errors';
import { readRecords } from '../../../../src/core/records/readRecords';
import { zotero } from '../../../../src/runtime/literature/zotero';
import { type FakeLiterature, startFakeLiterature, zoteroItem } from '../../../support/fakeLiterature';
import { memorySink } from '../../../support/memorySink';
import { virtualClock } from '../../../support/virtualClock';

const keyOf = (index: number) => `KEY${String(index).padStart(5, '0')}`;
const csl = {
  ...{ title: 'Niacin in gout', abstract: 'Niacin "raises"\nuric acid.', 'container-title': 'Lead Letters' },
  ...{
    volume: '12',
    issue: '4',
    page: '101-109',
    DOI: '10.1000/ZINC.1',
    issued: { 'date-parts': [['2021', 5, 3]] },
  },
  author: [
    { family: 'Zinc', given: 'Anna' },
    { family: 'Gold', given: 'Ben' },
  ],
};

let fake: FakeLiterature;
beforeEach(async () => {
  fake = await startFakeLiterature();
  fake.items = Array.from({ length: 120 }, (_, index) =>
    zoteroItem(keyOf(index), { title: `Metal ${index}` }),
  );
});
afterEach(() => fake.close());

const source = () => zotero({ baseUrl: fake.url, clock: virtualClock() });
const code = (name: keyof typeof errorCodes) => ({ code: errorCodes[name] });

describe('the library of Zotero', () => {
  it('is downloaded in pages, each record once', async () => {
    const sink = memorySink();
    const summary = await source().download({}, sink);
    expect(summary).toEqual({ found: 120, written: 120, missing: [], unlisted: 0, warnings: [] });
    expect(sink.records.map(({ id }) => id)).toEqual(Array.from({ length: 120 }, (_, index) => keyOf(index)));
    expect(fake.requests.map(({ parameters }) => parameters.get('start'))).toEqual(['0', '50', '100']);
    expect(fake.requests[0]?.parameters.getAll('itemType')).toEqual(['-attachment', '-note']);
    expect(await source().count({})).toBe(120);
  });

  it('gives records that our reader reads with tags and identifiers', async () => {
    const tags = [{ tag: 'Gout' }, { tag: 'Uric Acid, blood', type: 1 }];
    const extra = 'PMID: 33000001\nPMCID: PMC1234567\nCitation Key: zinc2021';
    fake.items = [
      zoteroItem('AAAA1111', csl, { tags, extra }),
      zoteroItem('AAAA1112', { ...csl, PMID: '7' }, { tags: [{ tag: 'Diabetes, Type 2' }] }),
    ];
    const sink = memorySink();
    await source().download({}, sink);
    const file = sink.file(source().format);
    expect(JSON.parse(file)).toHaveLength(2);
    expect(recognisedFormat(file)).toBe('csl-json');
    const [first, second] = readRecords(file, 'csl-json');
    expect(first).toMatchObject({
      ...{ id: 'zinc2021', title: 'Niacin in gout', abstract: 'Niacin "raises" uric acid.', year: 2021 },
      ...{
        authors: ['Zinc, Anna', 'Gold, Ben'],
        journal: 'Lead Letters',
        volume: '12',
        issue: '4',
        pages: '101-109',
      },
      ...{
        doi: '10.1000/zinc.1',
        pmid: '33000001',
        pmcid: 'PMC1234567',
        keywords: ['Gout', 'Uric Acid, blood'],
      },
    });
    expect(second).toMatchObject({ id: 'AAAA1112', pmid: '7', keywords: ['Diabetes, Type 2'] });
  });

  it('lists its collections and groups', async () => {
    expect(await source().collections()).toEqual([
      { key: 'AAAA1111', name: 'Gout', parent: undefined },
      { key: 'BBBB2222', name: 'Screened', parent: 'AAAA1111' },
    ]);
    expect(await source().groups()).toEqual([{ id: 77, name: 'Metals' }]);
  });

  it('gives the records of one collection', async () => {
    expect(await source().download({ collection: 'AAAA1111' }, memorySink())).toMatchObject({
      found: 2,
      written: 2,
    });
    expect(fake.requests[0]?.path).toBe('/api/users/0/collections/AAAA1111/items/top');
    await expect(source().count({ collection: '../items' })).rejects.toMatchObject(code('ARGUMENT_INVALID'));
    await expect(source().count({ group: 78 })).rejects.toMatchObject(code('LITERATURE_REFUSED'));
    expect(fake.requests[1]?.path).toBe('/api/groups/78/items/top');
  });

  it('reports records that the exporter of Zotero did not give', async () => {
    fake.items = [
      zoteroItem('AAAA1111', csl),
      { key: 'AAAA1112', data: {}, csljson: '[]' },
      { key: 'AAAA1113' },
    ];
    expect(await source().download({}, memorySink())).toMatchObject({
      ...{ found: 3, written: 1, missing: ['AAAA1112', 'AAAA1113'] },
    });
  });

  it('goes on after an interruption', async () => {
    const sink = memorySink();
    const resume = { ids: new Set(Array.from({ length: 119 }, (_, index) => keyOf(index))) };
    expect(await source().download({}, sink, { resume })).toMatchObject({ written: 120 });
    expect(sink.records.map(({ id }) => id)).toEqual([keyOf(119)]);
  });

  it('asks again for a page with too few records, and reports what stays away', async () => {
    fake.edit = (body) => JSON.stringify((JSON.parse(body) as unknown[]).slice(1));
    expect(await source().download({}, memorySink())).toMatchObject({
      found: 120,
      written: 117,
      unlisted: 3,
    });
    expect(fake.requests).toHaveLength(6);
  });
});

describe('a Zotero that does not answer', () => {
  it('says that Zotero does not run', async () => {
    await fake.close();
    await expect(source().count({})).rejects.toMatchObject({
      ...code('LITERATURE_UNREACHABLE'),
      nextStep: 'Start Zotero and try again.',
    });
  });

  const version = { 'zotero-api-version': '3' };
  it.each([
    [
      'other programs are not allowed',
      403,
      version,
      'Local API is not enabled',
      'LITERATURE_REFUSED',
      /Settings > Advanced/u,
    ],
    ['the collection is gone', 404, version, 'Not found', 'LITERATURE_REFUSED', /from the list/u],
    ['it is an old version', 404, {}, 'No endpoint found', 'LITERATURE_REFUSED', /version 7/u],
    [
      'another program answers',
      200,
      { 'content-type': 'application/json' },
      '[]',
      'LITERATURE_REFUSED',
      /version 7/u,
    ],
    [
      'the answer is no JSON',
      200,
      { ...version, 'content-type': 'application/json' },
      '[{',
      'LITERATURE_DAMAGED',
      /\.$/u,
    ],
    [
      'the answer is no list',
      200,
      { ...version, 'content-type': 'application/json' },
      '{}',
      'LITERATURE_DAMAGED',
      /\.$/u,
    ],
    [
      'the count is missing',
      200,
      { ...version, 'content-type': 'application/json' },
      '[]',
      'LITERATURE_DAMAGED',
      /\.$/u,
    ],
  ] as const)('says what to do when %s', async (_name, status, headers, body, name, nextStep) => {
    fake.whim = (_request, response) => {
      response.writeHead(status, headers).end(body);
      return true;
    };
    await expect(source().count({})).rejects.toMatchObject({
      ...code(name),
      nextStep: expect.stringMatching(nextStep) as unknown,
    });
  });

  it.each([
    'http://localhost:23119',
    'http://127.0.0.1.example.com:23119',
    'https://api.zotero.org',
    'http://10.0.0.1:23119',
  ])('refuses to ask %s', (baseUrl) => {
    expect(() => zotero({ baseUrl })).toThrow(expect.objectContaining(code('ARGUMENT_INVALID')));
  });
});
