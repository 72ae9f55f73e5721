import { describe, expect, it } from 'vitest';
import { formatOf } from '../../../../src/core/documents/format';
import type { DocumentFormat } from '../../../../src/core/types';
import { placeOf, proseOf } from './checks';

const lines = (...each: readonly string[]): string => `${each.join('\n')}\n`;

describe('RIS in its dialects', () => {
  const record = ['TY  - JOUR', 'T1  - Apixaban after stroke', 'N2  - Apixaban prevents stroke.', 'ER  - '];
  const prose = ['Apixaban after stroke', 'Apixaban prevents stroke.'];

  it.each<[string, string]>([
    ['one blank after the tag', lines(...record.map((line) => line.replace('  -', ' -')))],
    ['lines of carriage returns', lines(...record).replace(/\n/g, '\r')],
    ['a byte order mark and Windows lines', `\uFEFF${lines(...record).replace(/\n/g, '\r\n')}`],
    ['empty fields and blank lines', lines('TY  - JOUR', 'DB  -', '', ...record.slice(1))],
    ['no blank after the last tag', lines(...record.slice(0, 3), 'ER  -')],
    ['the type last', lines(...record.slice(1, 3), 'TY  - JOUR', 'ER  - ')],
    ['lines of a search history before the record', lines('3. exp stroke/ and apixaban.mp.', '', ...record)],
  ])('are read with %s', (_name, text) => {
    expect(proseOf(text, 'ris')).toEqual(prose);
  });

  it('reads no line between two records', () => {
    const text = lines(...record, '', 'Record #2 of 2', 'Provider: warfarin', '', ...record);
    expect(proseOf(text, 'ris')).toEqual([...prose, ...prose]);
  });

  it('takes a line that begins like a tag with one blank for text, where tags have two', () => {
    const text = lines('TY  - JOUR', 'AB  - The mean of', 'T1 - weighted images fell.', 'ER  - ');
    expect(proseOf(text, 'ris')).toEqual(['The mean of T1 - weighted images fell.']);
  });

  it('keeps the paragraphs of an abstract apart', () => {
    const text = lines('TY  - JOUR', 'AB  - Aims', '', 'Niacin lowered lipids.', 'ER  - ');
    expect(proseOf(text, 'ris')).toEqual(['Aims', 'Niacin lowered lipids.']);
  });

  it('leaves out the qualifiers of keywords', () => {
    const text = lines('TY  - JOUR', 'KW  - *Niacin [*adverse effects]', 'KW  - Gout/drug therapy', 'ER  - ');
    expect(proseOf(text, 'ris')).toEqual(['Niacin', 'Gout']);
  });
});

describe('HTML in the fields of records', () => {
  it.each<[string, string[]]>([
    ['CO<sub>2</sub> and IFN-&gamma; in <i>TP63</i>', ['CO2 and IFN-γ in TP63']],
    ['<jats:title>Aims</jats:title><jats:p>Niacin rose.</jats:p>', ['Aims', 'Niacin rose.']],
    ['IL-2&#945; &amp;amp; TGF-&amp;#x3b2;3', ['IL-2α & TGF-β3']],
    ['&lt;p&gt;Niacin&lt;/p&gt; rose', ['Niacin', 'rose']],
    ['p<0.05 and n>20 with <b>niacin</b>', ['p<0.05 and n>20 with niacin']],
    ['a<b and c>d', ['a<b and c>d']],
  ])('is decoded: %s', (value, prose) => {
    expect(proseOf(`TY  - JOUR\nTI  - ${value}\nER  - \n`, 'ris')).toEqual(prose);
    expect(proseOf(`title,year\n"${value}",2020\n`, 'table')).toEqual(prose);
  });

  it('is decoded in BibTeX, beside LaTeX', () => {
    const text =
      '@misc{k, abstract = {<p>{N}iacin rose.</p> IFN-&gamma; H<sub>2</sub>O &amp; TNF-$\\alpha$}}';
    expect(proseOf(text, 'bibtex')).toEqual(['Niacin rose.', 'IFN-γ H2O & TNF-α']);
    expect(placeOf(text, 'bibtex', 'IFN-γ')).toBe('IFN-&gamma;');
  });
});

describe('Web of Science', () => {
  const text = lines(
    '\uFEFFFN Clarivate Analytics Web of Science',
    'VR 1.0',
    'PT J',
    'AU Zinc, A',
    '   Gold, B',
    'TI Niacin in',
    '   gout',
    'SO LEAD LETTERS',
    'DE niacin; uric',
    '   acid; gout',
    'AB Niacin raises uric acid.',
    'C1 [Zinc, A] Univ Iron.',
    'CR Tp63 A, 2001, CANCER, V1',
    'ER',
    '',
    'PT J',
    'TI Second title',
    'ER',
    '',
    'EF',
  );

  it('reads titles, abstracts and keywords, over line ends', () => {
    const prose = [
      'Niacin in gout',
      'niacin',
      'uric acid',
      'gout',
      'Niacin raises uric acid.',
      'Second title',
    ];
    expect(proseOf(text, 'wos')).toEqual(prose);
    expect(proseOf(text.replace(/\n/g, '\r\n'), 'wos')).toEqual(prose);
  });
});

describe('EndNote', () => {
  it('reads tagged text', () => {
    const text = lines(
      '%0 Journal Article',
      '%A Zinc, A.',
      '%T Niacin in gout',
      '%J Lead Letters',
      '%K niacin',
      'uric acid',
      '%X Niacin raises',
      'uric acid.',
      '',
      '%0 Book',
      '%T Second title',
    );
    const prose = ['Niacin in gout', 'niacin', 'uric acid', 'Niacin raises uric acid.', 'Second title'];
    expect(proseOf(text, 'endnote')).toEqual(prose);
  });

  it('reads XML with styled text', () => {
    const styled = (value: string, look = 'face="normal" font="default"') =>
      `<style ${look}>${value}</style>`;
    const title = `${styled('IFN-')}${styled('g', 'font="Symbol"')}${styled(' and Ca')}${styled('2+', 'face="superscript"')}`;
    const text = `<xml><records><record><database name="Zinc.enl">Zinc.enl</database><titles><title>${title}</title><secondary-title>Cancer</secondary-title></titles><keywords><keyword>${styled('niacin')}</keyword></keywords><abstract>${styled('Niacin &lt; 5 mg.')}</abstract><urls><pdf-urls><url>gout.pdf</url></pdf-urls></urls></record><record><titles><title>Second</title></titles></record></records></xml>`;
    expect(proseOf(text, 'xml-records')).toEqual(['IFN-γ and Ca2+', 'niacin', 'Niacin < 5 mg.', 'Second']);
    expect(placeOf(text, 'xml-records', 'niacin')).toBe('niacin');
    expect(formatOf({ fileName: 'a.xml', head: text })).toBe('xml-records');
  });

  it('reads a file that was cut off', () => {
    expect(proseOf('<xml><records><record><abstract>Niacin in', 'xml-records')).toEqual(['Niacin in']);
  });
});

describe('search results of Europe PMC', () => {
  it('are read without the names of authors and journals', () => {
    const text =
      '<responseWrapper><resultList><result><id>7</id><title>Niacin in &lt;i&gt;mice&lt;/i&gt;</title><authorString>Zinc A, Gold B.</authorString><journalInfo><journal><title>Cancer</title></journal></journalInfo><abstractText>Niacin rose.</abstractText><meshHeadingList><meshHeading><descriptorName>Gout</descriptorName></meshHeading></meshHeadingList></result></resultList></responseWrapper>';
    expect(proseOf(text, 'xml-records')).toEqual(['Niacin in mice', 'Niacin rose.', 'Gout']);
    expect(formatOf({ fileName: 'a.xml', head: text })).toBe('xml-records');
  });
});

describe('the format "Abstract" of PubMed', () => {
  const text = lines(
    '1. Lead Lett. 2021 May 3;12(4):101-9. doi: 10.1000/zinc.1. Epub 2021 Apr 2.',
    '',
    'Niacin in gout: a',
    'trial.',
    '',
    'Zinc A(1), Gold B(1)(2).',
    '',
    'Author information:',
    '(1)Department of Iron, Copper University.',
    '',
    'BACKGROUND: Niacin raises uric acid.',
    'RESULTS: Gout',
    'was frequent.',
    '',
    '© 2021 Lead Ltd.',
    '',
    'DOI: 10.1000/zinc.1',
    'PMCID: PMC1234567',
    'PMID: 33000001 [Indexed for MEDLINE]',
    '',
    'Conflict of interest statement: Zinc owns copper.',
    '',
    '',
    '2. Tin J. 2020;1:2.',
    '',
    'Second title.',
  );

  it('reads titles and abstracts', () => {
    const prose = [
      'Niacin in gout: a trial.',
      'BACKGROUND: Niacin raises uric acid. RESULTS: Gout was frequent.',
      'Second title.',
    ];
    expect(proseOf(text, 'pubmed-text')).toEqual(prose);
    expect(formatOf({ fileName: 'abstract-niacin-set.txt', head: text })).toBe('pubmed-text');
  });

  it('takes a numbered line in an abstract for text', () => {
    const list = text.replace('© 2021 Lead Ltd.', '3. J Tin. 2019;4:5. was cited.');
    expect(proseOf(list, 'pubmed-text')).toContain('3. J Tin. 2019;4:5. was cited.');
  });
});

describe('a table of records', () => {
  const rows = (delimiter: string) =>
    [
      ['Authors', 'Title', 'Source title', 'Abstract', 'Author Keywords', 'Link'],
      [
        'Zinc A.',
        '"A ""new"" niacin"',
        'Cancer',
        '"Niacin, twice\ndaily, rose."',
        'gout; niacin/metabolism',
        'x',
      ],
      ['', 'Second', '', '', '', ''],
    ]
      .map((row) => row.join(delimiter))
      .join('\r\n');
  const prose = ['A "new" niacin', 'Niacin, twice daily, rose.', 'gout', 'niacin', 'Second'];

  it.each([',', ';', '\t'])('is read cell by cell, divided by %j', (delimiter) => {
    const text = `\uFEFF${rows(delimiter)
      .replace(/gout; /, delimiter === ';' ? '"gout; ' : 'gout; ')
      .replace(/niacin\/metabolism/, delimiter === ';' ? 'niacin/metabolism"' : 'niacin/metabolism')}`;
    expect(proseOf(text, 'table')).toEqual(prose);
    expect(formatOf({ fileName: 'export.txt', head: text })).toBe('table');
  });

  it('with unknown column names is read where its cells are prose', () => {
    const text =
      'no,what,grade\n1,Niacin raises uric acid in many patients,A\n2,Zinc lowers it after several weeks,B\n';
    expect(proseOf(text, 'table')).toEqual([
      'Niacin raises uric acid in many patients',
      'Zinc lowers it after several weeks',
    ]);
  });

  it('leaves out cells that stand for a missing value', () => {
    const text = 'title,abstract,year\nNiacin,NA,2020\nNA of niacin,"NULL",2021\n';
    expect(proseOf(text, 'table')).toEqual(['Niacin', 'NA of niacin']);
  });

  it('ends an unclosed quote at the end of its line', () => {
    expect(proseOf('title,year\n"Niacin,2020\nZinc,2021\n', 'table')).toEqual(['"Niacin', 'Zinc']);
  });
});

describe('JSON of records', () => {
  it('reads CSL-JSON', () => {
    const text = JSON.stringify(
      [
        {
          id: 'zinc2020',
          type: 'article-journal',
          'container-title': 'Cancer',
          title: 'Niacin in <i>TP63</i> "mice"',
          abstract: 'First.\nNiacin\u2009rose.',
          author: [{ family: 'Zinc', given: 'Anna' }],
          keyword: 'gout, niacin',
        },
      ],
      undefined,
      1,
    ).replace('\u2009', '\\u2009');
    expect(proseOf(text, 'csl-json')).toEqual([
      'Niacin in TP63 "mice"',
      'First. Niacin rose.',
      'gout',
      'niacin',
    ]);
    expect(placeOf(text, 'csl-json', '"mice"')).toBe('\\"mice\\"');
    for (const fileName of ['library.json', 'library.bib'])
      expect(formatOf({ fileName, head: text })).toBe('csl-json');
  });

  it('reads CORD-19 and names each section once', () => {
    const text = JSON.stringify({
      paper_id: 'a1',
      metadata: { title: 'Niacin', authors: [{ first: 'A', last: 'Zinc' }] },
      abstract: [{ text: 'Niacin rose.', section: 'Abstract' }],
      body_text: [
        { text: 'One.', section: 'Results' },
        { text: 'Two.', section: 'Results' },
      ],
      bib_entries: { BIBREF0: { title: 'Cited' } },
      ref_entries: { FIGREF0: { text: 'A figure.', type: 'figure' } },
    });
    expect(proseOf(text, 'cord19').filter((each) => each !== 'Abstract')).toEqual([
      'Niacin',
      'Niacin rose.',
      'One.',
      'Results',
      'Two.',
      'A figure.',
    ]);
    expect(formatOf({ fileName: 'a1.json', head: text })).toBe('cord19');
  });
});

describe('odd BibTeX', () => {
  it.each<[string, string, string[]]>([
    [
      'resolves strings',
      '@string{niacin = "Niacin prevents"}\n@misc{a, title = niacin # { gout}, month = jan}',
      ['Niacin prevents gout'],
    ],
    [
      'keeps an abstract with the start of an entry in it',
      '@misc{a,\n abstract = "One\n @article{ is written here.",\n note = {Two}\n}\n@misc{b, title={Three}}',
      ['One @article is written here.', 'Two', 'Three'],
    ],
    [
      'keeps an abstract with a whole entry in it',
      '@misc{a,\n abstract = {One\n @article{x, title={y}} here},\n note = {Two}\n}',
      ['One @articlex, title=y here', 'Two'],
    ],
    [
      'ends a field with an unbalanced brace at the next field',
      '@misc{a,\n abstract = {One {two},\n note = {Three}\n}\n@misc{b, title={Four}}',
      ['One two', 'Three', 'Four'],
    ],
  ])('%s', (_name, text, prose) => {
    expect(proseOf(text, 'bibtex')).toEqual(prose);
  });
});

describe('the content', () => {
  it.each<[string, string, DocumentFormat]>([
    ['a.ris', 'FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nTI A\n', 'wos'],
    ['a.txt', 'PT J\nAU Zinc, A\nTI A\n', 'wos'],
    ['a.ris', '%0 Journal Article\n%T A\n', 'endnote'],
    ['a.nbib', 'TY  - JOUR\nTI  - A\nER  - \n', 'ris'],
    ['a.txt', 'Record #1 of 2\nProvider: X\n\n\nTY  - JOUR\nAN  - 1\n', 'ris'],
    ['a.txt', 'DB  - X\nTI  - A\nAB  - B\nTY  - JOUR\nER  - \n', 'ris'],
    ['a.ris', 'PMID- 12345\nOWN - NLM\nTI  - A\n', 'medline'],
    ['a.bib', '[{"title": "A", "issued": {}}]', 'csl-json'],
    ['a.txt', '[\n{"id":"A","type":"article-journal","title":"A"}\n]', 'csl-json'],
    ['a.txt', '[{"title": "A", "type": "object"}]', 'plain'],
    ['a.txt', 'PMID- 1\rTI  - A\r', 'medline'],
    ['a.csv', 'a,b\n1,2\n', 'table'],
    ['a.md', 'TY  - JOUR\nTI  - A\nER  - \n', 'markdown'],
    ['a.txt', 'Title and abstract, then text.\n', 'plain'],
    ['a.txt', 'The gene\nTP63 is one.\n', 'plain'],
    ['a.txt', '1. Zinc A. Niacin. Lead Lett. 2020;1:2.\n\n2. Gold B. Gout. Tin J. 2021;3:4.\n', 'plain'],
    ['a.json', '{"a": 1}', 'plain'],
  ])('of %s decides where the extension is that of another export: %j', (fileName, head, format) => {
    expect(formatOf({ fileName, head })).toBe(format);
    expect(formatOf({ fileName, head, languageId: 'plaintext' })).toBe(format);
  });
});
