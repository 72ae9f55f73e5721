import { describe, expect, test } from 'vitest';
import { conceptUrl } from '../../../../src/core/linking/conceptUrl';

describe('conceptUrl', () => {
  test.each([
    ['NCBIGene:672', 'https://www.ncbi.nlm.nih.gov/gene/672'],
    ['MESH:D008687', 'https://meshb.nlm.nih.gov/record/ui?ui=D008687'],
    ['MESH:C000593732', 'https://meshb.nlm.nih.gov/record/ui?ui=C000593732'],
    ['OMIM:114480', 'https://www.omim.org/entry/114480'],
    ['CHEBI:15365', 'https://www.ebi.ac.uk/chebi/searchId.do?chebiId=CHEBI:15365'],
    ['NCBITaxon:9606', 'https://www.ncbi.nlm.nih.gov/Taxonomy/Browser/wwwtax.cgi?id=9606'],
    ['FPLX:ERK', 'https://identifiers.org/fplx:ERK'],
    ['DOID:1612', 'https://disease-ontology.org/?id=DOID:1612'],
    ['MONDO:0007254', 'https://monarchinitiative.org/MONDO:0007254'],
    ['HP:0001250', 'https://hpo.jax.org/browse/term/HP:0001250'],
    ['HGNC:1100', 'https://www.genenames.org/data/gene-symbol-report/#!/hgnc_id/HGNC:1100'],
    ['CVCL_0030', 'https://www.cellosaurus.org/CVCL_0030'],
    ['Cellosaurus:CVCL_0030', 'https://www.cellosaurus.org/CVCL_0030'],
    ['mesh:D008687', 'https://meshb.nlm.nih.gov/record/ui?ui=D008687'],
  ])('%s is at %s', (id, url) => {
    expect(conceptUrl(id)).toBe(url);
  });

  test.each([
    '',
    ':',
    ':672',
    'NCBIGene:',
    'NCBIGene:672/../../evil',
    'NCBIGene: 672',
    'NCBIGene:672\n',
    'NCBIGene:672:673',
    'MESH:d008687',
    'MESH:D008687&x=1',
    'MESH:D008687|D003920',
    'FPLX:../admin',
    'FPLX:a b',
    'FPLX:"><script>',
    `FPLX:${'A'.repeat(101)}`,
    'CVCL_00301',
    'HGNC:BRCA1',
    'constructor:1',
    '__proto__:1',
    'javascript:alert(1)',
    'https://example.org/1',
    'LAB:17',
    'plain',
    '672',
  ])('%j has no address', (id) => {
    expect(conceptUrl(id)).toBeUndefined();
  });

  test('refuses a very long identifier', () => {
    expect(conceptUrl(`NCBIGene:${'1'.repeat(1_000_000)}`)).toBeUndefined();
  });
});
