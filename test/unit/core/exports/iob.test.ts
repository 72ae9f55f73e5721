import { describe, expect, it } from 'vitest';
import { chunksOf, readIob } from '../../../../src/core/exports/iob';

describe('readIob', () => {
  it('reads tokens and tags, and ends a sentence at each empty line', () => {
    expect(readIob('BRCA1\tB-Gene\nis\tO\n\n\nTP53\tB-Gene\n')).toEqual([
      { tokens: ['BRCA1', 'is'], tags: ['B-Gene', 'O'] },
      { tokens: ['TP53'], tags: ['B-Gene'] },
    ]);
  });

  it('reads CRLF, blanks between columns, more columns, and no line break at the end', () => {
    expect(readIob('BRCA1 NN B\r\nis VB O\r\n\r\nx\tNN\tO')).toEqual([
      { tokens: ['BRCA1', 'is'], tags: ['B', 'O'] },
      { tokens: ['x'], tags: ['O'] },
    ]);
  });

  it('counts documents if the file marks them', () => {
    const sentences = readIob('-DOCSTART- 1\tO\n\na\tO\n\nb\tO\n\n-DOCSTART- 2\tO\n\nc\tO\n');
    expect(sentences.map(({ document }) => document)).toEqual([0, 0, 1]);
  });
});

describe('chunksOf', () => {
  it.each([
    ['B-A I-A O', ['0-1 A']],
    ['B-A B-A', ['0-0 A', '1-1 A']],
    ['O I-A I-A', ['1-2 A']],
    ['B-A I-B', ['0-0 A', '1-1 B']],
    ['I-A B-A I-A', ['0-0 A', '1-2 A']],
    ['B I O B', ['0-1 ', '3-3 ']],
    ['S-A B-A I-A E-A', ['0-0 A', '1-3 A']],
    ['O O', []],
    ['', []],
  ])('reads the chunks of %j like conlleval', (tags, chunks) => {
    const found = chunksOf(tags === '' ? [] : tags.split(' '));
    expect(found.map(({ first, last, type }) => `${first}-${last} ${type}`)).toEqual(chunks);
  });
});
