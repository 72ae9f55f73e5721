import { describe, expect, it } from 'vitest';
import { fuseRankings, nearest } from '../../../../src/core/questions/rank';
import { PassageSearch } from '../../../../src/core/questions/search';
import { searchTerm, searchWords } from '../../../../src/core/questions/terms';
import { rankByWords } from '../../../../src/core/questions/words';

describe('search by words', () => {
  it('ranks passages that share rare words first, in any number and case', () => {
    const search = new PassageSearch<string>();
    search.add('a', 'Tamoxifen and raloxifene are modulators of the oestrogen receptor.');
    search.add('b', 'The patients were treated with an inhibitor of the receptor.');
    search.add('c', 'BRCA1 mutations raise the risk of breast cancer.');
    expect(search.search('Which mutation raises risks?', 5)).toEqual(['c']);
    expect(search.search('What is an INHIBITORS receptor?', 1)).toEqual(['b']);
    expect(search.search('is the of and', 5)).toEqual([]);
  });

  it('adds and removes passages', () => {
    const search = new PassageSearch<number>();
    search.add(1, 'olaparib');
    search.add(2, 'olaparib in ovarian cancer');
    search.remove(1);
    expect(search.search('olaparib', 5)).toEqual([2]);
    expect(search.size).toBe(1);
  });

  it('finds hyphenated names as a whole and by their parts', () => {
    expect(searchWords('IL-6 of CD4 T-cells')).toEqual([
      'IL6',
      'IL',
      '6',
      'of',
      'CD4',
      'Tcells',
      'T',
      'cells',
    ]);
    const search = new PassageSearch<number>();
    search.add(1, 'The level of IL-6 rose.');
    expect(search.search('il6', 1)).toEqual([1]);
  });

  it('removes plural endings, but does not change names', () => {
    expect(['genes', 'Therapies', 'analysis', 'virus', 'AIDS', 'Gas', 'the'].map(searchTerm)).toEqual([
      'gene',
      'therapy',
      'analysis',
      'virus',
      'aid',
      'gas',
      null,
    ]);
  });
});

describe('ranking by words only', () => {
  const texts = [
    'Carriers of BRCA1 and of TP53 were followed for nine years in two cohorts of women.',
    'Olaparib inhibits PARP in ovarian cancer.',
    'Nothing of the kind.',
    'Ovarian cancer, ovarian cancer.',
  ];

  it('puts the text with the rarest words first, and leaves out texts without a shared word', () => {
    expect(rankByWords('Does olaparib help in ovarian cancers?', texts, 9)).toEqual([1, 3]);
    expect(rankByWords('Does olaparib help in ovarian cancers?', texts, 1)).toEqual([1]);
  });

  it('finds nothing for stop words', () => {
    expect(rankByWords('Which of the?', texts, 9)).toEqual([]);
    expect(rankByWords('BRCA1', [], 9)).toEqual([]);
  });

  it('agrees with the index about the best text', () => {
    const search = new PassageSearch<number>();
    for (const [index, text] of texts.entries()) search.add(index, text);
    for (const question of ['Who carries BRCA1?', 'What inhibits PARP?', 'ovarian cancer']) {
      expect(rankByWords(question, texts, 1)).toEqual(search.search(question, 1));
    }
  });
});

describe('search by meaning', () => {
  it('ranks by the inner product', () => {
    const vectors = [Float32Array.of(1, 0), Float32Array.of(0, 1), Float32Array.of(0.6, 0.8)];
    expect(nearest(Float32Array.of(0.8, 0.6), vectors, 2)).toEqual([2, 0]);
  });
});

describe('fusion of rankings', () => {
  it('puts an id first that is near the top of both', () => {
    expect(
      fuseRankings(
        [
          ['a', 'b', 'c'],
          ['c', 'b', 'd'],
        ],
        2,
      ),
    ).toEqual(['c', 'b']);
    expect(fuseRankings([['a', 'b'], []])).toEqual(['a', 'b']);
    expect(fuseRankings([])).toEqual([]);
  });
});
