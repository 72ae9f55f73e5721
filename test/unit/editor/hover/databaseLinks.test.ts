import { describe, expect, it } from 'vitest';
import { encodeForLink, escapeForLink, linksFor } from '../../../../src/editor/hover/databaseLinks';

describe('linksFor', () => {
  it('returns the databases of the type', () => {
    const labels = (type: string): string[] => linksFor(type, 'x').map(({ label }) => label);
    expect(labels('Gene')).toEqual(['NCBI Gene', 'PubTator 3', 'Europe PMC']);
    expect(labels('Disease')).toEqual(['MeSH', 'PubTator 3', 'Europe PMC']);
    expect(labels('Chemical')).toEqual(['PubChem', 'MeSH', 'PubTator 3', 'Europe PMC']);
    expect(labels('Species')).toEqual(['NCBI Taxonomy', 'PubTator 3', 'Europe PMC']);
    expect(labels('Variant')).toEqual(['dbSNP', 'ClinVar', 'PubTator 3', 'Europe PMC']);
    expect(labels('CellLine')).toEqual(['Cellosaurus', 'PubTator 3', 'Europe PMC']);
    expect(labels('Organ')).toEqual(['PubTator 3', 'Europe PMC']);
  });

  it.each(['__proto__', 'constructor', 'toString'])('returns general links for a label %s', (type) => {
    expect(linksFor(type, 'x').map(({ label }) => label)).toEqual(['PubTator 3', 'Europe PMC']);
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
