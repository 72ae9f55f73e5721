import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nameInGzip } from '../../../../src/runtime/documents/gzip';
import { readInput } from '../../../../src/cli/inputs';
import { maxBytes } from '../../../../src/runtime/documents/readFile';
import { listFolder } from '../../../../src/runtime/documents/folderListing';
import { splitFile } from '../../../../src/cli/splitCommand';
import { readRecords } from '../../../../src/core/records/readRecords';

let folder: string;
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-gzip-'))));
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const { signal } = new AbortController();
const at = (name: string) => path.join(folder, name);

function write(name: string, content: string | Buffer): string {
  fs.writeFileSync(at(name), content);
  return at(name);
}

const article = (pmid: number) =>
  `<PubmedArticle><MedlineCitation><PMID Version="1">${pmid}</PMID><Article><ArticleTitle>Gene é ${pmid} in asthma.</ArticleTitle></Article></MedlineCitation></PubmedArticle>`;
const baseline = (count: number) =>
  `<?xml version="1.0"?>\n<PubmedArticleSet>\n${Array.from({ length: count }, (_, index) => article(index + 1)).join('\n')}\n<DeleteCitation><PMID>7</PMID></DeleteCitation></PubmedArticleSet>\n`;

describe('readInput', () => {
  it('decompresses what gzip has compressed, also in several members and whatever the name', async () => {
    const members = Buffer.concat([gzipSync('BRCA1 '), gzipSync('alone.')]);
    expect(Buffer.from(await readInput(write('a.txt.gz', members), signal)).toString()).toBe('BRCA1 alone.');
    expect(Buffer.from(await readInput(write('a.txt', gzipSync('TP53.')), signal)).toString()).toBe('TP53.');
    expect(Buffer.from(await readInput(write('b.txt.gz', 'Not compressed.'), signal)).toString()).toBe(
      'Not compressed.',
    );
  });

  it('refuses a file that is damaged, truncated or too large when it is decompressed', async () => {
    const whole = gzipSync('BRCA1 alone, and more of it.');
    const damaged = { code: 'BB303', message: expect.stringContaining('damaged or incomplete') as string };
    await expect(readInput(write('a.gz', whole.subarray(0, -9)), signal)).rejects.toMatchObject(damaged);
    const broken = Buffer.from(whole);
    broken[broken.length - 5] = (broken.at(-5) ?? 0) ^ 1;
    await expect(readInput(write('b.gz', broken), signal)).rejects.toMatchObject(damaged);
    const bomb = gzipSync(Buffer.alloc(maxBytes + 1));
    expect(bomb.length).toBeLessThan(100_000);
    await expect(readInput(write('c.gz', bomb), signal)).rejects.toMatchObject({ code: 'BB301' });
  });
});

describe('listFolder', () => {
  it('lists compressed documents by the name within', async () => {
    for (const name of ['a.xml.gz', 'b.txt.gz', 'c.tar.gz', 'd.gz', '.gz']) write(name, gzipSync('x'));
    write('data.csv.gz', gzipSync('a,b\n1,2\n'));
    write(
      'records.csv.gz',
      gzipSync('Title,Abstract,Year,DOI\nNiacin in gout,Niacin.,2021,10.1/a\n'.repeat(500)),
    );
    const { inputs } = await listFolder(folder);
    expect(inputs.map((input) => path.basename(input.path))).toEqual([
      'a.xml.gz',
      'b.txt.gz',
      'records.csv.gz',
    ]);
  });
});

describe('nameInGzip', () => {
  it('leaves out the ending of gzip alone', () => {
    expect(['a.xml.gz', 'a.XML.GZ', 'a.gz.xml', 'x/.gz', 'a'].map(nameInGzip)).toEqual([
      'a.xml',
      'a.XML',
      'a.gz.xml',
      'x/.gz',
      'a',
    ]);
  });
});

describe('splitFile', () => {
  const split = (file: string, records: number) => splitFile(file, { folder: at('out'), records, signal });
  beforeEach(() => fs.mkdirSync(at('out')));

  it.each(['pubmed25n0001.xml.gz', 'pubmed25n0001.xml'])(
    'cuts %s into files with all records',
    async (name) => {
      const text = baseline(2500);
      const file = write(name, name.endsWith('.gz') ? gzipSync(text) : text);
      expect(await split(file, 1000)).toBe(2500);
      const parts = fs.readdirSync(at('out')).sort();
      expect(parts).toEqual([1, 2, 3].map((number) => `pubmed25n0001-0000${number}.xml`));
      const records = parts.flatMap((part) =>
        readRecords(fs.readFileSync(path.join(at('out'), part), 'utf8'), 'jats'),
      );
      expect(records.map(({ pmid }) => pmid)).toEqual(
        Array.from({ length: 2500 }, (_, index) => `${index + 1}`),
      );
      expect(records[1999]?.title).toContain('Gene é 2000');
    },
  );

  it('refuses damaged files, and files without records', async () => {
    const damaged = gzipSync(baseline(2000)).subarray(0, 3000);
    await expect(split(write('a.xml.gz', damaged), 100)).rejects.toMatchObject({ code: 'BB303' });
    await expect(split(write('b.xml', '<a/>'), 100)).rejects.toMatchObject({ code: 'BB304' });
    await expect(split(at('missing.xml'), 100)).rejects.toThrow('There is no such file');
  });
});
