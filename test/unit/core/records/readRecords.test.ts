import { describe, expect, it } from 'vitest';
import { familyName, recordName, type BibliographicRecord } from '../../../../src/core/records/record';
import { readRecords, recordStarts } from '../../../../src/core/records/readRecords';
import type { DocumentFormat } from '../../../../src/core/types';
import { recordFiles } from '../../../support/recordFiles';

const expected: Partial<BibliographicRecord> = {
  title: 'Niacin in gout',
  abstract: 'Niacin raises uric acid.',
  authors: ['Zinc, Anna', 'Gold, Ben'],
  year: 2021,
  journal: 'Lead Letters',
  volume: '12',
  issue: '4',
  pages: '101-109',
  doi: '10.1000/zinc.1',
};

describe('the records of a file', () => {
  it.each(Object.entries(recordFiles) as [DocumentFormat, string][])(
    'have their fields in %s',
    (format, text) => {
      const [record, ...others] = readRecords(text, format);
      expect(others).toEqual([]);
      expect(record).toMatchObject(expected);
      expect(record && recordName(record)).toBe('Zinc 2021, Niacin in gout');
      expect(text.slice(record?.titleStart)).toMatch(/^(?:\{N\}|N)iacin in/);
    },
  );

  it('of JATS are described by the front matter only', () => {
    const text =
      '<article><front><journal-meta><journal-title>Lead Letters</journal-title></journal-meta><article-meta><article-id pub-id-type="pmc">7</article-id><article-id pub-id-type="pmid">33000001</article-id><title-group><article-title>Niacin in <italic>TP63</italic> mice</article-title></title-group><contrib-group><contrib><name><surname>van der Zinc</surname><given-names>Anna</given-names></name></contrib></contrib-group><pub-date><year>2021</year></pub-date></article-meta></front><body><p>Text.</p></body><back><ref-list><ref><mixed-citation><article-title>Other</article-title><year>1999</year></mixed-citation></ref></ref-list></back></article>';
    expect(readRecords(text, 'jats')).toMatchObject([
      {
        title: 'Niacin in TP63 mice',
        year: 2021,
        pmid: '33000001',
        id: '33000001',
        authors: ['van der Zinc, Anna'],
      },
    ]);
  });

  it('of a page are one, which its head describes, however many articles the page has', () => {
    const body = '<body><article><h1>Niacin</h1></article><article><p>More.</p></article></body></html>';
    const head =
      '<!DOCTYPE html><html><head><meta name="citation_title" content="Niacin &amp; gout"><meta name="citation_author" content="Zinc, Anna"><meta name="citation_publication_date" content="2021/05/02"><meta name="citation_doi" content="10.1000/zinc.1"></head>';
    const [record, ...others] = readRecords(head + body, 'jats');
    expect(others).toEqual([]);
    expect(record).toMatchObject({ title: 'Niacin & gout', year: 2021, id: '10.1000/zinc.1' });
    expect(record && recordName(record)).toBe('Zinc 2021, Niacin & gout');
    const draft = (head + body).replace('<head>', '<head><meta name="generator" content="pandoc" />');
    expect(readRecords(draft, 'jats')).toMatchObject([{ title: undefined, start: 0, end: draft.length }]);
  });

  it.each<[string, DocumentFormat, string]>([
    [
      'RIS',
      'ris',
      'TY  - JOUR\nTI  - Niacin\nDO  - 10.1002/(SICI)1097(19990401)85:7<1585::AID-Z1>3.0.CO;2-G\nER  - \n',
    ],
    [
      'a table',
      'table',
      'Title,DOI\nNiacin,10.1002/(sici)1097(19990401)85:7&lt;1585::AID-Z1&gt;3.0.CO;2-G\n',
    ],
    [
      'XML',
      'xml-records',
      '<xml><records><record><titles><title>Niacin</title></titles><electronic-resource-num>10.1002/(SICI)1097(19990401)85:7&amp;lt;1585::AID-Z1&amp;gt;3.0.CO;2-G</electronic-resource-num></record></records></xml>',
    ],
  ])('of %s have DOIs with angle brackets as a whole', (_, format, text) => {
    expect(readRecords(text, format)[0]?.doi).toBe(
      '10.1002/(sici)1097(19990401)85:7<1585::aid-z1>3.0.co;2-g',
    );
  });

  it('of RIS have an article number for pages', () => {
    const text = 'TY  - JOUR\nTI  - Niacin\nVL  - 15\nC7  - e1001\nER  - \n';
    expect(readRecords(text, 'ris')[0]?.pages).toBe('e1001');
  });

  it('of Mendeley have their issue', () => {
    const text =
      '<xml><records><record><titles><title>Niacin</title></titles><volume>4</volume><issue>2</issue></record></records></xml>';
    expect(readRecords(text, 'xml-records')[0]).toMatchObject({ volume: '4', issue: '2' });
  });

  it('of BibTeX have pages with one hyphen', () => {
    expect(readRecords('@article{z, title = {Niacin}, pages = {101--109}}', 'bibtex')[0]?.pages).toBe(
      '101-109',
    );
  });

  it('of BibTeX are named by their citation key', () => {
    expect(readRecords('@misc{zinc21, pmid = {33000001}, doi = {10.1000/z}}', 'bibtex')).toMatchObject([
      { id: 'zinc21', pmid: '33000001' },
    ]);
  });

  it('of BibTeX have the type of the entry, whole keywords in braces, and one hyphen between pages', () => {
    const text =
      '@InProceedings{z, pages = {1--9}, volume = {5 \\& 6}, keywords = {gout, {Receptors, Estrogen}; niacin}}';
    expect(readRecords(text, 'bibtex')).toMatchObject([
      {
        types: ['InProceedings'],
        pages: '1-9',
        volume: '5 & 6',
        keywords: ['gout', 'Receptors, Estrogen', 'niacin'],
      },
    ]);
  });

  it.each([
    ['https://pubmed.ncbi.nlm.nih.gov/33000001/', { pmid: '33000001', pmcid: undefined }],
    ['http://www.ncbi.nlm.nih.gov/pubmed/33000001', { pmid: '33000001', pmcid: undefined }],
    ['https://pmc.ncbi.nlm.nih.gov/articles/PMC1234567/', { pmid: undefined, pmcid: 'PMC1234567' }],
    ['https://www.ncbi.nlm.nih.gov/pmc/articles/PMC1234567', { pmid: undefined, pmcid: 'PMC1234567' }],
    ['https://example.org/33000001/', { pmid: undefined, pmcid: undefined }],
  ])('of RIS have the identifier in the address %s', (address, identifiers) => {
    const text = `TY  - JOUR\nTI  - A\nID  - zinc21\nUR  - ${address}\nER  - \n`;
    expect(readRecords(text, 'ris')).toMatchObject([{ id: 'zinc21', ...identifiers }]);
  });

  it('of a table have no apostrophe that kept a cell from being a formula', () => {
    expect(readRecords("title,abstract\n'-Omics,'Tis\n", 'table')).toMatchObject([
      { title: '-Omics', abstract: "'Tis" },
    ]);
  });

  it('of JATS without a PMID are named by their PMCID', () => {
    const text =
      '<article><front><article-meta><article-id pub-id-type="doi">10.1000/z</article-id><article-id pub-id-type="pmc">7654321</article-id></article-meta></front></article>';
    expect(readRecords(text, 'jats')).toMatchObject([{ id: 'PMC7654321', doi: '10.1000/z' }]);
  });

  it('of PubMed text have citation, authors and identifiers', () => {
    const text =
      '1. Lead Lett. 2021 May 3;12(4):101-9. doi: 10.1000/zinc.1.\n\nNiacin in gout.\n\nZinc A(1), Gold BC(1)(2).\n\nAuthor information:\n(1)Iron.\n\nNiacin raises uric acid.\n\nDOI: 10.1000/zinc.1\nPMCID: PMC1234567\nPMID: 33000001 [Indexed for MEDLINE]\n';
    expect(readRecords(text, 'pubmed-text')).toMatchObject([
      {
        title: 'Niacin in gout.',
        abstract: 'Niacin raises uric acid.',
        authors: ['Zinc A', 'Gold BC'],
        year: 2021,
        journal: 'Lead Lett',
        volume: '12',
        issue: '4',
        pages: '101-9',
        doi: '10.1000/zinc.1',
        pmid: '33000001',
        pmcid: 'PMC1234567',
      },
    ]);
  });

  it('cover the file, and begin where the type is not the first tag', () => {
    const text =
      'x\nTI  - A\nTY  - JOUR\nER  - \n3. search\nTI  - B\nTY  - JOUR\nER  - \nTY  - JOUR\nTI  - C\n';
    const records = readRecords(text, 'ris');
    expect(records.map(({ title }) => title)).toEqual(['A', 'B', 'C']);
    expect(records[0]?.start).toBe(0);
    expect(records.at(-1)?.end).toBe(text.length);
    expect(recordStarts(text, 'ris')).toEqual(records.map(({ start }) => start));
  });

  it('are one record that covers a file of prose', () => {
    expect(readRecords('Text.', 'plain')).toEqual([
      { start: 0, end: 5, authors: [], keywords: [], types: [] },
    ]);
  });
});

describe('the family name of an author', () => {
  it.each([
    ['Zinc, Anna', 'Zinc'],
    ['van der Zinc, A.', 'van der Zinc'],
    ['van der Zinc AB', 'van der Zinc'],
    ['Zinc A', 'Zinc'],
    ['Zinc A.-B.', 'Zinc'],
    ['Anna Zinc', 'Zinc'],
    ['Anna M. van der Zinc', 'van der Zinc'],
    ['Zinc Trial Group', 'Zinc Trial Group'],
    ['Zinc', 'Zinc'],
  ])('of %s is %s', (author, name) => {
    expect(familyName(author)).toBe(name);
  });
});

describe('the name of a record', () => {
  it.each<[Parameters<typeof recordName>[0], string | undefined]>([
    [{ authors: ['Zinc A'], year: 2020, title: 'Niacin.' }, 'Zinc 2020, Niacin'],
    [{ authors: [], year: 2020, title: 'Niacin' }, '2020, Niacin'],
    [{ authors: ['Zinc A'], year: undefined, title: 'Niacin ...' }, 'Zinc, Niacin ...'],
    [{ authors: [], year: undefined, title: 'Niacin' }, 'Niacin'],
    [{ authors: ['Zinc A'], year: 2020, title: undefined }, undefined],
  ])('of %j is %j', (record, name) => {
    expect(recordName(record)).toBe(name);
  });
});
