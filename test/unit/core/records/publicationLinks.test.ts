import { describe, expect, it } from 'vitest';
import { publicationLinks } from '../../../../src/core/records/publicationLinks';

describe('the addresses of a publication', () => {
  it('are those of its identifiers', () => {
    const known = { doi: '10.1002/(sici)1097<1::aid>3.0.co;2-#', pmid: '11906441', pmcid: 'PMC123' };
    expect(publicationLinks(known).map(({ url }) => url)).toEqual([
      'https://doi.org/10.1002/(sici)1097%3C1%3A%3Aaid%3E3.0.co%3B2-%23',
      'https://pubmed.ncbi.nlm.nih.gov/11906441/',
      'https://pmc.ncbi.nlm.nih.gov/articles/PMC123/',
    ]);
    expect(publicationLinks({})).toEqual([]);
  });

  it.each([
    { doi: 'javascript:alert(1)' },
    { doi: '10.1/x' },
    { doi: '10.1000/a b' },
    { pmid: '1/../2' },
    { pmid: '' },
    { pmcid: 'PMC1?x' },
  ])('leave out %j', (identifiers) => {
    expect(publicationLinks(identifiers)).toEqual([]);
  });

  it('encode a damaged character', () => {
    expect(publicationLinks({ doi: '10.1000/a\ud800' })[0]?.url).toBe('https://doi.org/10.1000/a%EF%BF%BD');
  });
});
