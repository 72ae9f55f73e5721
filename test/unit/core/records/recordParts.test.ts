import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../../../src/core/documents/parse';
import { toDocument } from '../../../../src/core/documents/place';
import { recordAt, recordParts } from '../../../../src/core/records/recordParts';
import type { DocumentFormat } from '../../../../src/core/types';

const many = (record: (index: number) => string): string =>
  Array.from({ length: 250 }, (_, i) => record(i)).join('');

const files: Readonly<Partial<Record<DocumentFormat, string>>> = {
  ris: many((i) => `TY  - JOUR\nTI  - Niacin ${i}\nER  - \n\n`),
  medline: many((i) => `PMID- ${i}\nTI  - Niacin ${i}\n\n`),
  wos: many((i) => `PT J\nTI Niacin ${i}\nER\n\n`),
  endnote: many((i) => `%0 Book\n%T Niacin ${i}\n\n`),
  'pubmed-text': many((i) => `${i + 1}. Lead Lett. 2021;${i}:1.\n\nNiacin ${i}\n\nPMID: ${i}\n\n\n`),
  table: `Year;Title\n${many((i) => `2020;Niacin ${i}\n`)}`,
  bibtex: `@string{niacin = "Niacin"}\n${many((i) => `@misc{k${i}, title = niacin # { ${i}}}\n`)}`,
  'csl-json': `[${many((i) => `${i === 0 ? '' : ','}{"title": "Niacin ${i}"}`)}]`,
  jats: `<PubmedArticleSet>${many((i) => `<PubmedArticle><ArticleTitle>Niacin ${i}</ArticleTitle></PubmedArticle>`)}</PubmedArticleSet>`,
};
const endnoteXml = `<xml><records>${many((i) => `<record><titles><title>Niacin ${i}</title></titles></record>`)}</records></xml>`;
const europePmc = `<responseWrapper><resultList>${many((i) => `<result><title>Niacin ${i}</title></result>`)}</resultList></responseWrapper>`;

const places = (part: string, shift: number, format: DocumentFormat) =>
  parseDocument(part, format).segments.map((segment) => {
    const { start, end } = toDocument(segment, 0, segment.text.length);
    return { text: segment.text, start: start + shift, end: end + shift };
  });

describe('the parts of a file of records', () => {
  it.each([
    ...(Object.entries(files) as [DocumentFormat, string][]),
    ['xml-records', endnoteXml] as const,
    ['xml-records', europePmc] as const,
  ])('have the prose of the file, at its places, in %s', (format, text) => {
    const parts = [...recordParts(text, format)];
    expect(parts.map(({ records }) => records)).toEqual([100, 100, 50]);
    const found = parts.flatMap((part) => places(part.text, part.shift, format));
    expect(found).toEqual(places(text, 0, format));
    expect(found.map((each) => each.text)).toEqual(Array.from({ length: 250 }, (_, i) => `Niacin ${i}`));
  });

  it('are the file itself if it is short or has no records', () => {
    expect([...recordParts('TY  - JOUR\nTI  - A\nER  - \n', 'ris')]).toHaveLength(1);
    expect([...recordParts('Text.', 'plain')]).toEqual([{ text: 'Text.', shift: 0, records: 1 }]);
  });
});

describe('the record at an offset', () => {
  it('begins at its start and ends at the next one', () => {
    expect([0, 4, 5, 9].map((offset) => recordAt([0, 5], offset, 10))).toEqual([
      { start: 0, end: 5 },
      { start: 0, end: 5 },
      { start: 5, end: 10 },
      { start: 5, end: 10 },
    ]);
  });
});
