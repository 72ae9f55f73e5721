import { describe, expect, it } from 'vitest';
import { writeBibtex } from '../../../../src/core/review/writeBibtex';
import { exported } from './exportedRecords';

describe('writeBibtex', () => {
  it('writes an entry with its key', () => {
    expect(writeBibtex([exported({ abstract: undefined })])).toBe(
      [
        '@article{zinc2021niacin,',
        '  title = {Niacin and {BRCA1} in gout},',
        '  author = {Zinc, Anna and Müller, Ben},',
        '  year = {2021},',
        '  journal = {Lead Letters},',
        '  volume = {12},',
        '  number = {4},',
        '  pages = {101--109},',
        '  doi = {10.1000/zinc.1},',
        '  pmid = {33000001},',
        '  pmcid = {PMC1234567},',
        '  keywords = {gout, {Receptors, Estrogen}},',
        '}',
        '',
      ].join('\n'),
    );
  });

  it.each([
    ['Book', 'book', 'journal'],
    ['Book Chapter', 'incollection', 'booktitle'],
    ['Conference Paper', 'inproceedings', 'booktitle'],
    ['THES', 'phdthesis', 'journal'],
    ['report', 'techreport', 'journal'],
    ['Preprint', 'misc', 'journal'],
  ])('writes a %s as @%s', (type, entry, container) => {
    const text = writeBibtex([exported({ types: [type] })]);
    expect(text).toMatch(new RegExp(String.raw`^@${entry}\{`));
    expect(text).toContain(`  ${container} = {Lead Letters},`);
  });

  it('writes no brace that BibTeX would count', () => {
    const text = writeBibtex([exported({ title: '}} \\} {', abstract: 'x}', doi: '10.1/a}b' })]);
    let depth = 0;
    for (const sign of text) {
      depth += sign === '{' ? 1 : sign === '}' ? -1 : 0;
      expect(depth).toBeGreaterThanOrEqual(0);
    }
    expect(depth).toBe(0);
    expect(text.trimEnd().endsWith('\n}')).toBe(true);
  });

  it('protects the names of groups and parts of names with a comma', () => {
    const authors = ['Gout Study Group', 'Zinc, Anna, Jr', 'Salt and Pepper, X'];
    expect(writeBibtex([exported({ authors })])).toContain(
      'author = {{Gout Study Group} and Zinc, {Anna, Jr} and {Salt and Pepper}, X}',
    );
  });
});
