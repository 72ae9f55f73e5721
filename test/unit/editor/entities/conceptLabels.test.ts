import { describe, expect, it } from 'vitest';
import { conceptsLabel, idLabel, sourcedLabel } from '../../../../src/editor/entities/conceptLabels';

describe('idLabel', () => {
  it.each([
    ['MESH:D008687', 'MeSH D008687'],
    ['OMIM:114480', 'OMIM 114480'],
    ['NCBIGene:672', 'NCBI Gene 672'],
    ['NCBITaxon:9606', 'NCBI Taxonomy 9606'],
    ['CHEBI:15365', 'ChEBI 15365'],
    ['FPLX:ERK', 'FamPlex ERK'],
    ['lab:ERK:2', 'lab:ERK:2'],
    ['constructor:1', 'constructor:1'],
    [':1', ':1'],
    ['plain', 'plain'],
  ])('of %s is %s', (id, expected) => {
    expect(idLabel(id)).toBe(expected);
  });
});

describe('sourcedLabel', () => {
  it.each([
    ['MESH:D008687', 'MeSH 2024', 'MeSH D008687'],
    ['NCBIGene:672', 'HGNC', 'NCBI Gene 672 (HGNC)'],
    ['LAB:7', 'our-terms.tsv', 'LAB:7 (our-terms.tsv)'],
    ['LAB:7', '', 'LAB:7'],
  ])('of %s from %s is %s', (id, source, expected) => {
    expect(sourcedLabel({ id, name: 'x', source })).toBe(expected);
  });
});

describe('conceptsLabel', () => {
  const methotrexate = { id: 'MESH:D008727', name: 'Methotrexate', source: 'MeSH' };
  const brca1 = { id: 'NCBIGene:672', name: 'BRCA1', source: 'HGNC', species: 'human' };

  it('has the preferred name only if another name is shown', () => {
    expect(conceptsLabel([methotrexate], 'MTX')).toBe('Methotrexate · MeSH D008727');
    expect(conceptsLabel([methotrexate], 'methotrexate')).toBe('MeSH D008727');
  });

  it('has the species of a gene, and all concepts of a composite mention', () => {
    expect(conceptsLabel([brca1], 'Brca-1')).toBe('NCBI Gene 672 · human');
    expect(conceptsLabel([brca1, methotrexate], 'x')).toBe(
      'BRCA1 · NCBI Gene 672 · human + Methotrexate · MeSH D008727',
    );
  });
});
