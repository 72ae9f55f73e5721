import { describe, expect, it } from 'vitest';
import { toPassages } from '../../../../src/core/exports/exportPassages';
import { readRecords } from '../../../../src/core/records/readRecords';
import type { Entity, Segment } from '../../../../src/core/types';

/** The prose of `TNF-$\alpha$ kills.`: `TNF-α kills.`; the document has ten characters before it. */
const marked: Segment = {
  text: 'TNF-α kills.',
  base: 10,
  runs: [
    { start: 0, length: 4, documentStart: 0, documentLength: 4 },
    { start: 4, length: 1, documentStart: 4, documentLength: 8 },
    { start: 5, length: 7, documentStart: 12, documentLength: 7 },
  ],
};

function at(start: number, end: number): Entity {
  return { start, end, text: '', name: '', type: 'Gene', probability: 0.9 };
}

describe('toPassages', () => {
  it('maps a mention with markup to the prose', () => {
    expect(toPassages([marked], [at(10, 22)])).toEqual([
      {
        text: 'TNF-α kills.',
        mentions: [{ start: 0, end: 5, text: 'TNF-α', type: 'Gene', probability: 0.9 }],
      },
    ]);
  });

  it('covers all characters of an atomic run', () => {
    const ligature: Segment = {
      text: 'xbeta.',
      base: 0,
      runs: [
        { start: 0, length: 1, documentStart: 0, documentLength: 1 },
        { start: 1, length: 4, documentStart: 1, documentLength: 2 },
        { start: 5, length: 1, documentStart: 3, documentLength: 1 },
      ],
    };
    expect(toPassages([ligature], [at(0, 3)])[0]?.mentions[0]).toMatchObject({
      start: 0,
      end: 5,
      text: 'xbeta',
    });
  });

  it('gives each mention to its own segment, and no passage for a segment of white space', () => {
    const second: Segment = {
      text: 'IL2',
      base: 40,
      runs: [{ start: 0, length: 3, documentStart: 0, documentLength: 3 }],
    };
    const blank: Segment = {
      text: ' ',
      base: 35,
      runs: [{ start: 0, length: 1, documentStart: 0, documentLength: 1 }],
    };
    const passages = toPassages([marked, blank, second], [at(10, 22), at(40, 43)]);
    expect(passages.map(({ mentions }) => mentions.map(({ text }) => text))).toEqual([['TNF-α'], ['IL2']]);
  });
});

describe('readRecords', () => {
  it('finds the publications of a MEDLINE file and their PMIDs, and covers the file', () => {
    const text = '\nPMID- 123\nTI  - A\n\nPMID- 45\nTI  - B\n';
    expect(readRecords(text, 'medline')).toMatchObject([
      { start: 0, end: 20, id: '123', titleStart: 17 },
      { start: 20, end: text.length, id: '45', titleStart: 35 },
    ]);
  });

  it.each([
    ['ris', 'TY  - JOUR\nDO  - 10.1/x\nAN  - 99\nER  - \nTY  - JOUR\nTI  - y\n', ['99', undefined]],
    [
      'bibtex',
      '@string{a = "b"}\n@article{smith2019,\n title = {x}}\n@Book(jones, title = {y})',
      ['smith2019', 'jones'],
    ],
    [
      'jats',
      '<PubmedArticleSet><PubmedArticle><PMID Version="1">7</PMID></PubmedArticle><PubmedArticle><PMID>8</PMID></PubmedArticle></PubmedArticleSet>',
      ['7', '8'],
    ],
    ['jats', '<article xmlns="x"><article-id pub-id-type="doi">10.7/e</article-id></article>', ['10.7/e']],
    ['plain', 'PMID- 1', [undefined]],
  ] as const)('names the publications of %s', (format, text, ids) => {
    const records = readRecords(text, format);
    expect(records.map(({ id }) => id)).toEqual(ids);
    expect(records[0]?.start).toBe(0);
    expect(records.at(-1)?.end).toBe(text.length);
  });
});
