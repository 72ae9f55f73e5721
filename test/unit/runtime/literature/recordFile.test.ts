import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorCodes } from '../../../../src/core/errors';
import { readRecords } from '../../../../src/core/records/readRecords';
import { europePmc } from '../../../../src/runtime/literature/europePmc';
import type {
  FetchedRecord,
  LiteratureSource,
  SearchQuery,
} from '../../../../src/runtime/literature/literature';
import { pubMed } from '../../../../src/runtime/literature/pubmed';
import { discardDownload, downloadToFile } from '../../../../src/runtime/literature/recordFile';
import { startFakeLiterature } from '../../../support/fakeLiterature';
import { virtualClock } from '../../../support/virtualClock';
import '../../../support/propertySeed';

let folder = '';
let file = '';
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-records-'));
  file = path.join(folder, 'records.txt');
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Gives the records 0 to 9 in batches of two, of which it skips what is stored. */
function counting(onBatch: (first: number) => void = () => undefined): LiteratureSource<SearchQuery> {
  return {
    name: 'Numbers',
    format: { extension: 'txt', head: '(', separator: ',', tail: ')' },
    count: () => Promise.resolve(10),
    download: async (_query, sink, { resume } = {}) => {
      for (let first = 0; first < 10; first += 2) {
        onBatch(first);
        const all: FetchedRecord[] = [first, first + 1].map((id) => ({ id: String(id), text: `é${id}` }));
        const records = all.filter(({ id }) => !resume?.ids.has(id));
        if (records.length > 0) await sink.append(records, `after ${first}`);
      }
      return { found: 10, written: 10, missing: [], unlisted: 0, warnings: [] };
    },
  };
}

const whole = '(é0,é1,é2,é3,é4,é5,é6,é7,é8,é9)';
const query = { search: 'all' };
const stop = (at: number) => (first: number) => {
  if (first === at) throw new Error('killed');
};
const interrupt = (at: number) =>
  expect(downloadToFile(counting(stop(at)), query, file)).rejects.toThrow('killed');
const read = (ending = '') => fs.readFileSync(file + ending, 'utf8');

describe('downloadToFile', () => {
  it('writes one file and leaves nothing beside it', async () => {
    fs.writeFileSync(file, 'older');
    await downloadToFile(counting(), query, file);
    expect(read()).toBe(whole);
    expect(fs.readdirSync(folder)).toEqual(['records.txt']);
  });

  it('makes a missing folder, and no file for a query without records', async () => {
    file = path.join(folder, 'more', 'records.txt');
    const empty: LiteratureSource<SearchQuery> = {
      ...counting(),
      download: () => Promise.resolve({ found: 0, written: 0, missing: [], unlisted: 0, warnings: [] }),
    };
    await downloadToFile(empty, query, file);
    expect(fs.readdirSync(path.dirname(file))).toEqual([]);
  });

  it('goes on after an interruption, and gives the source its last cursor', async () => {
    await interrupt(6);
    const cursors: (string | undefined)[] = [];
    const source = counting();
    await downloadToFile(
      {
        ...source,
        download: (asked, sink, options) => {
          cursors.push(options?.resume?.cursor);
          return source.download(asked, sink, options);
        },
      },
      query,
      file,
    );
    expect(cursors).toEqual(['after 4']);
    expect(read()).toBe(whole);
  });

  it('has each record exactly once after a kill at any byte of either file', async () => {
    await interrupt(8);
    const [part, journal] = [fs.readFileSync(`${file}.part`), fs.readFileSync(`${file}.part.jsonl`)];
    // A kill leaves at least what the journal says; a power cut may also lose the end of the part file.
    const parts = fc.oneof(
      fc.string().map((rubbish) => Buffer.concat([part, Buffer.from(rubbish.repeat(20))])),
      fc.nat(part.length).map((kept) => part.subarray(0, kept)),
    );
    await fc.assert(
      fc.asyncProperty(parts, fc.nat(journal.length), async (kept, noted) => {
        fs.writeFileSync(`${file}.part`, kept);
        fs.writeFileSync(`${file}.part.jsonl`, journal.subarray(0, noted));
        await downloadToFile(counting(), query, file);
        expect(read()).toBe(whole);
        fs.rmSync(file);
      }),
      { numRuns: 25 },
    );
  });

  it('goes on after each of two kills, also if the first left half a line in the journal', async () => {
    await interrupt(4);
    fs.appendFileSync(`${file}.part.jsonl`, '{"bytes":');
    await interrupt(8);
    const resumed: unknown[] = [];
    const source: LiteratureSource<SearchQuery> = {
      ...counting(),
      download: (asked, sink, options) => {
        resumed.push(...(options?.resume?.ids ?? []));
        return counting().download(asked, sink, options);
      },
    };
    await downloadToFile(source, query, file);
    expect(resumed).toEqual(['0', '1', '2', '3', '4', '5', '6', '7']);
    expect(read()).toBe(whole);
  });

  it('begins again for another query', async () => {
    await interrupt(6);
    await downloadToFile(counting(), { search: 'other' }, file);
    expect(read()).toBe(whole);
  });

  it('begins again after the download was discarded', async () => {
    await interrupt(6);
    await discardDownload(file);
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  it('leaves the older file as it is until the download is complete', async () => {
    fs.writeFileSync(file, 'older');
    await interrupt(6);
    expect(read()).toBe('older');
  });

  it('refuses a second download to the same file at the same time', async () => {
    let second: Promise<unknown> | undefined;
    const source = counting((first) => {
      if (first === 0) second = downloadToFile(counting(), query, file).catch((error: unknown) => error);
    });
    const slow: LiteratureSource<SearchQuery> = {
      ...source,
      download: async (asked, sink, options) => {
        const summary = await source.download(asked, sink, options);
        expect(await second).toMatchObject({ code: errorCodes.LITERATURE_BUSY });
        return summary;
      },
    };
    await downloadToFile(slow, query, file);
    expect(read()).toBe(whole);
  });

  it('says that a file cannot be written', async () => {
    fs.writeFileSync(path.join(folder, 'plain'), '');
    const attempt = downloadToFile(counting(), query, path.join(folder, 'plain', 'records.txt'));
    await expect(attempt).rejects.toMatchObject({ code: errorCodes.OUTPUT_UNWRITABLE });
  });
});

describe('an interrupted download of a real source', () => {
  const articles = Array.from({ length: 450 }, (_, index) => ({
    pmid: String(index + 1),
    title: `Niacin ${index}`,
    entered: '2020/01/01',
  }));

  it.each([
    ['PubMed', 'medline', (url: string) => pubMed({ baseUrl: url, clock: virtualClock() })],
    [
      'Europe PMC',
      'xml-records',
      (url: string) => europePmc({ baseUrl: `${url}/rest`, pageSize: 200, clock: virtualClock() }),
    ],
  ] as const)(
    'of %s has each record once in the end, in a file that our reader reads',
    async (_name, format, make) => {
      const fake = await startFakeLiterature(articles);
      try {
        const source = make(fake.url);
        const controller = new AbortController();
        const options = { signal: controller.signal, onProgress: () => controller.abort() };
        await expect(downloadToFile(source, query, file, options)).rejects.toMatchObject({
          name: 'CancelledError',
        });
        // A killed process may have written a part of the next batch.
        fs.appendFileSync(`${file}.part`, '\nPMID- 999\n<result>');
        fs.appendFileSync(`${file}.part.jsonl`, '{"bytes":9');
        const before = fake.requests.length;
        expect(await downloadToFile(source, query, file)).toMatchObject({ found: 450, written: 450 });
        const pmids = readRecords(read(), format).map(({ pmid }) => pmid);
        expect(pmids).toEqual(articles.map(({ pmid }) => pmid));
        expect(fake.requests.slice(before)).toHaveLength(3);
      } finally {
        await fake.close();
      }
    },
  );
});
