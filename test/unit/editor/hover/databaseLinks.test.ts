import { describe, expect, it } from 'vitest';
import {
  encodeForLink,
  escapeForLink,
  literatureLinks,
  searchesOfType,
} from '../../../../src/editor/hover/databaseLinks';

describe('searchesOfType', () => {
  const labels = (type: string): string[] => searchesOfType(type, 'x').map(({ label }) => label);

  it('returns the databases of the type', () => {
    expect(labels('Gene')).toEqual(['NCBI Gene']);
    expect(labels('Disease')).toEqual(['MeSH']);
    expect(labels('Chemical')).toEqual(['PubChem', 'MeSH']);
    expect(labels('Species')).toEqual(['NCBI Taxonomy']);
    expect(labels('Variant')).toEqual(['dbSNP', 'ClinVar']);
    expect(labels('CellLine')).toEqual(['Cellosaurus']);
  });

  it.each(['Organ', '__proto__', 'constructor', 'toString'])('returns nothing for a label %s', (type) => {
    expect(labels(type)).toEqual([]);
  });
});

describe('links', () => {
  it('search the literature for a name', () => {
    expect(literatureLinks('TNF-α').map(({ url }) => url)).toEqual([
      'https://www.ncbi.nlm.nih.gov/research/pubtator3/docsum?text=TNF-%CE%B1',
      'https://europepmc.org/search?query=TNF-%CE%B1',
    ]);
  });

  it('escapes only what would end a link in an address', () => {
    expect(escapeForLink('https://a.org/x?id=A%20(1)#!/<y> z')).toBe(
      'https://a.org/x?id=A%20%281%29#!/%3Cy%3E%20z',
    );
  });

  it.each([
    ['(+)-catechin (green)', '%28%2B%29-catechin%20%28green%29'],
    ["5'-AMP & *x*", '5%27-AMP%20%26%20%2Ax%2A'],
    ['TNF-α', 'TNF-%CE%B1'],
    ['bad \ud800 pair', 'bad%20%EF%BF%BD%20pair'],
  ])('returns links in which all special characters of %j are encoded', (name, encoded) => {
    expect(encodeForLink(name)).toBe(encoded);
  });
});
