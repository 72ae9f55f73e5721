import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRecords } from '../../../../src/core/records/readRecords';
import type { ExportedRecord } from '../../../../src/core/review/exportedRecord';
import type { Reference } from '../../../../src/core/review/reviewData';
import { writeBibtex } from '../../../../src/core/review/writeBibtex';
import { writeCslJson } from '../../../../src/core/review/writeCslJson';
import { writeRecordsCsv } from '../../../../src/core/review/writeRecordsCsv';
import { writeRis } from '../../../../src/core/review/writeRis';
import { recognisedFormat } from '../../../../src/core/documents/recognise';
import { exported, niacin } from './exportedRecords';

const writers = {
  ris: writeRis,
  bibtex: writeBibtex,
  'csl-json': writeCslJson,
  table: writeRecordsCsv,
} as const;
type Format = keyof typeof writers;
const formats = Object.keys(writers) as Format[];

/** The fields that a record and a record that was read have in common. */
function fieldsOf(record: Reference): Partial<Reference> {
  const { title, abstract, authors, year, journal, volume, issue, pages, doi, pmid, pmcid, keywords } =
    record;
  return { title, abstract, authors, year, journal, volume, issue, pages, doi, pmid, pmcid, keywords };
}

function readBack(records: readonly ExportedRecord[], format: Format): readonly Partial<Reference>[] {
  return readRecords(writers[format](records), format).map(fieldsOf);
}

/** Pieces that mean something in one of the formats, or that are difficult for a program. */
const pieces = [
  ...[
    '{',
    '}',
    '\\',
    '%',
    '&',
    '#',
    '_',
    '$',
    '~',
    '^',
    '`',
    '"',
    "'",
    "''",
    '``',
    '--',
    '---',
    '@',
    '<',
    '>',
  ],
  ...[
    '\\textbf{',
    '\\end{document}',
    '\\&',
    '%comment',
    '$x$',
    '@article{x,',
    '},',
    ' = ',
    'p < 0.05 & n > 20',
  ],
  ...[
    'TY  - JOUR',
    'ER  -',
    'AB  - x',
    'R&D;',
    ',',
    '""',
    '",',
    'ß',
    'é',
    'α',
    'Müller',
    '漢字',
    'אב',
    '😀',
    'x²',
  ],
  ...[
    'BRCA1',
    'mRNA',
    'word',
    '1',
    '.',
    '(',
    ')',
    '[',
    ']',
    '*',
    '\n',
    '\r\n',
    '\t',
    ' ',
    '/therapy',
    '\\u0041',
  ],
];
const piecesWithMarkup = [...pieces, '&amp;', '&lt;i>', '<i>', '</sub>', '&#60;', '&alpha;'];

const textOf = (parts: readonly string[]): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...parts), { maxLength: 20 }).map((list) => `Of ${list.join('')} end`);
const collapsed = (text: string): string => text.replace(/\s+/g, ' ');

const name = fc.constantFrom(
  'Zinc',
  'Müller',
  'van der Berg',
  "O'Neill",
  'D’Ávila',
  'Smith-Jones',
  '王',
  'N_o',
  'R&D',
);
const given = fc.constantFrom('Anna', 'J. A.', 'Jean-Paul', 'Ø', 'X {Y}');
const author = fc.oneof(
  fc.tuple(name, given).map((parts) => parts.join(', ')),
  fc.constantFrom('WHO', 'Gout Study Group', '100% Consortium'),
);
const keyword = fc.constantFrom(
  'gout',
  'Receptors, Estrogen',
  'TNF-α',
  '5% glucose',
  'A & B',
  'x_y',
  'c{d}',
  'a|b',
);

const recordWith = (parts: readonly string[]): fc.Arbitrary<ExportedRecord> =>
  fc
    .record({
      title: textOf(parts),
      abstract: fc.option(textOf(parts), { nil: undefined }),
      journal: fc.option(textOf(parts), { nil: undefined }),
      volume: fc.option(fc.constantFrom('12', '3 Suppl 1', '5 & 6', '100%'), { nil: undefined }),
      issue: fc.option(fc.constantFrom('4', 'Pt_2', '1-2'), { nil: undefined }),
      pages: fc.option(fc.constantFrom('5', '101-109', 'e12', 'S1-S9', '1-2, 7-9', '7-7'), {
        nil: undefined,
      }),
      authors: fc.array(author, { maxLength: 4 }),
      keywords: fc.array(keyword, { maxLength: 4 }),
      year: fc.option(fc.integer({ min: 1900, max: 2029 }), { nil: undefined }),
      doi: fc.option(fc.constantFrom('10.1000/zinc_1', '10.1002/(sici)1097;2-#', '10.1/a%b&c'), {
        nil: undefined,
      }),
      pmid: fc.option(fc.constantFrom('1', '33000001'), { nil: undefined }),
      pmcid: fc.option(fc.constant('PMC1234567'), { nil: undefined }),
    })
    .map((record) => exported(record));

const asRead = ({ record }: ExportedRecord): Partial<Reference> => ({
  ...fieldsOf(record),
  title: collapsed(record.title ?? ''),
  abstract: record.abstract === undefined ? undefined : collapsed(record.abstract),
  journal: record.journal === undefined ? undefined : collapsed(record.journal),
  pages: record.pages,
});

describe.each(formats)('the writer of %s', (format) => {
  it('writes what is read back', () => {
    expect(readBack([exported({})], format)).toEqual([fieldsOf(niacin)]);
  });

  it('writes a file whose format is recognised', () => {
    expect(recognisedFormat(writers[format]([exported({})]))).toBe(format);
  });

  it('keeps records apart, and their order', () => {
    const records = ['a', 'b', 'c'].map((title) => exported({ title }, { key: `key_${title}` }));
    expect(readBack(records, format).map(({ title }) => title)).toEqual(['a', 'b', 'c']);
  });

  it('writes any text so that it is read back', () => {
    const isExact = format === 'bibtex' || format === 'csl-json';
    const records = fc.array(recordWith(isExact ? piecesWithMarkup : pieces), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(records, (list) => {
        expect(readBack(list, format)).toEqual(list.map(asRead));
      }),
      { numRuns: 300 },
    );
  });

  it('writes a text of 150,000 characters', () => {
    const abstract = 'Niacin {raises} 5% & more. '.repeat(5_600).trim();
    expect(readBack([exported({ abstract })], format)).toMatchObject([{ abstract }]);
  });

  it('writes an author without a comma as family name and given name', () => {
    const authors = ['Muller A', 'Anna van Dyk', 'Gout Study Group'];
    const inverted = ['Muller, A', 'van Dyk, Anna', 'Gout Study Group'];
    expect(readBack([exported({ authors })], format)).toMatchObject([
      { authors: format === 'table' ? authors : inverted },
    ]);
  });

  it('writes a record without any field', () => {
    const empty = { id: 'r2', source: 's1', index: 1, authors: [], keywords: [], types: [] };
    const text = writers[format]([{ record: empty, key: 'anon' }]);
    expect(readRecords(text, format).map(({ id }) => id)).toEqual(['anon']);
  });

  it('writes nothing but a head for no records', () => {
    expect(readRecords(writers[format]([]), format).map(({ id }) => id)).toEqual([undefined]);
  });
});
