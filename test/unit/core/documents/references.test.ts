import { describe, expect, it } from 'vitest';
import { placeOf, proseOf } from './checks';

describe('BibTeX', () => {
  it.each<[name: string, text: string, prose: string[]]>([
    [
      'reads titles, abstracts and keywords',
      '@article{brca1key,\n  author = {Smith, A.},\n  title = {The {BRCA1} gene},\n  journal = "Gene",\n  abstract = "In Sj{\\"o}gren {"}disease{"} 5% of\n    TNF-$\\alpha$.",\n  keywords = {TP53; lung cancer, EGFR},\n  doi = {10.1000/x}\n}',
      ['The BRCA1 gene', 'In Sjögren "disease" 5% of TNF-α.', 'TP53', 'lung cancer', 'EGFR'],
    ],
    ['reads values in several parts', '@book{a, title = {One } # foo # "two", year = 2000}', ['One two']],
    [
      'leaves out text, macros and comments between entries',
      'TP53\n@string{x = "EGFR"}\n@comment{KRAS}\n@misc{a, note = {On TNF.}}',
      ['On TNF.'],
    ],
    ['continues after a broken entry', '@book{a, title = {One\n\n@book{b, title = {Two}}', ['One', 'Two']],
  ])('%s', (_, text, prose) => {
    expect(proseOf(text, 'bibtex')).toEqual(prose);
  });

  it('includes braces in the span of a mention', () => {
    expect(placeOf('@a{k, title={A {B}RCA1 gene}}', 'bibtex', 'BRCA1')).toBe('B}RCA1');
  });
});

describe('MEDLINE', () => {
  const text =
    'PMID- 1\nOWN - NLM\nTI  - The TNF gene in breast\n      cancer.\nAB  - First\n      line. https://a.org\nAD  - TP53 Institute\n      of Genes\nAU  - Kras B\nMH  - *Breast Neoplasms/genetics\nOT  - BRCA1\n\nPMID- 2\nTI  - Next one.\n';
  const prose = ['The TNF gene in breast cancer.', 'First line.', 'Breast Neoplasms', 'BRCA1', 'Next one.'];

  it('reads titles, abstracts, keywords and headings', () => {
    expect(proseOf(text, 'medline')).toEqual(prose);
    expect(proseOf(text.replace(/\n/g, '\r\n'), 'medline')).toEqual(prose);
  });

  it('maps a mention across two lines to one span', () => {
    expect(placeOf(text, 'medline', 'breast cancer')).toBe('breast\n      cancer');
  });
});

describe('RIS', () => {
  it('reads titles, abstracts and keywords', () => {
    const text =
      'TY  - JOUR\nTI  - The TNF gene\nAU  - Smith, A.\nAB  - One line\nand one more.\nKW  - BRCA1\nlung cancer\nUR  - https://a.org/TP53\nER  - \n\nTY  - BOOK\nT1  - Next\nN2  - Abstract.\nER  - \n';
    expect(proseOf(text, 'ris')).toEqual([
      'The TNF gene',
      'One line and one more.',
      'BRCA1',
      'lung cancer',
      'Next',
      'Abstract.',
    ]);
  });

  it('leaves out notices that databases and publishers append to abstracts', () => {
    const abstracts = [
      'One. (PsycINFO Database Record (c) 2015 APA, all rights reserved) (journal abstract)',
      'Two. © 2015, Springer Science+Business Media New York.',
      'Three. Copyright © 2013 Elsevier Ltd. All rights reserved.',
      'Four © is a sign, and 2015 a year.',
    ];
    const text = abstracts.map((abstract) => `TY  - JOUR\nAB  - ${abstract}\nER  - \n`).join('\n');
    expect(proseOf(text, 'ris').map((each) => each.trim())).toEqual([
      'One.',
      'Two.',
      'Three.',
      'Four © is a sign, and 2015 a year.',
    ]);
  });
});
