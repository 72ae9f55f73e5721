import { describe, expect, it } from 'vitest';
import { placeOf, proseOf } from './checks';
import type { DocumentFormat } from '../../../../src/core/types';

describe('plain text', () => {
  it.each<[name: string, text: string, prose: string[]]>([
    ['separates paragraphs at blank lines', 'One gene.\n\n \t\nTwo genes.\n', ['One gene.', 'Two genes.']],
    ['joins wrapped lines by one blank', 'The BRCA1 gene\n   is long.', ['The BRCA1 gene is long.']],
    ['reads Windows line ends', 'The BRCA1\r\ngene.\r\n\r\nNext.', ['The BRCA1 gene.', 'Next.']],
    [
      'begins a segment at each list item',
      'Genes:\n- BRCA1 and\n  BRCA2\n- TP53\n2. EGFR',
      ['Genes:', '- BRCA1 and BRCA2', '- TP53', '2. EGFR'],
    ],
    [
      'separates a title from the text',
      'TNF in sepsis\nTumour necrosis factor is released early in the course of\nsepsis and drives it on.',
      ['TNF in sepsis', 'Tumour necrosis factor is released early in the course of sepsis and drives it on.'],
    ],
    [
      'does not end a segment where a wrapped line begins with a name',
      'In this study we asked whether the drug inhibits\nEGFR in cells that carry the mutation and whether it\nworks.',
      [
        'In this study we asked whether the drug inhibits EGFR in cells that carry the mutation and whether it works.',
      ],
    ],
    [
      'reads each line as a paragraph if lines are not wrapped',
      `${'Aspirin works. '.repeat(20)}\nIbuprofen works.`,
      ['Aspirin works. '.repeat(20).trim(), 'Ibuprofen works.'],
    ],
    [
      'leaves out addresses and DOIs',
      'See https://example.org/BRCA1(a), mail me@example.org or doi:10.1000/brca1.2. TP53 stays.',
      ['See, mail or. TP53 stays.'],
    ],
    ['leaves out invisible characters', '\uFEFFInter\u00ADleukin\u200B-6', ['Interleukin-6']],
    [
      'leaves out joiners and marks of the writing direction',
      '\u202BErb\u200CB2\u202C and \u200EMY\u200DC\u200F.',
      ['ErbB2 and MYC.'],
    ],
    [
      'reads ligatures, styled letters and small digits as letters and digits',
      '\uFB01brillin, \u{1D6FD}-actin, \uFF25\uFF27\uFF26, Mg\u00B2\u207A and N\u2082O.',
      ['fibrillin, β-actin, EGF, Mg2+ and N2O.'],
    ],
    ['collapses line separators', 'iron \u2028\u0085 deficiency', ['iron deficiency']],
    ['has no segment without a letter', '***\n\n--\n\n\u0000', []],
  ])('%s', (_, text, prose) => {
    expect(proseOf(text, 'plain')).toEqual(prose);
  });

  it.each([
    ['of\uFB01cinal \uFB01brillin rose', 'fibrillin', '\uFB01brillin'],
    ['of a\uFB03liated \u{1D404}\u{1D406}\u{1D405} rose', 'EGF', '\u{1D404}\u{1D406}\u{1D405}'],
    ['and \u{1F9EC}MYC\u{1F9EC} rose', 'MYC', 'MYC'],
    ['free Mg\u00B2\u207A rose', 'Mg2+', 'Mg\u00B2\u207A'],
    ['the MY\u200DC\u200D gene', 'MYC', 'MY\u200DC'],
  ])('maps a name to the characters of %j', (text, name, characters) => {
    expect(placeOf(text, 'plain', name)).toBe(characters);
  });

  it('maps a mention across a wrapped line to one span', () => {
    expect(placeOf('has breast\r\n  cancer now', 'plain', 'breast cancer')).toBe('breast\r\n  cancer');
  });

  it('reads a line of 100,000 characters', () => {
    const line = 'TP53 is a gene. '.repeat(6_250);
    expect(proseOf(line, 'plain')).toEqual([line.trim()]);
  });
});

describe('lines that end with a carriage return alone', () => {
  it.each<[DocumentFormat, string, string[]]>([
    ['plain', 'A gene\nis here.\n\nB', ['A gene is here.', 'B']],
    ['latex', 'A gene. % c\nB gene.\n\nC', ['A gene. B gene.', 'C']],
    ['markdown', '# Head\n\nA gene\nhere', ['Head', 'A gene here']],
    ['typst', '= Head\n\nA // c\nb', ['Head', 'A b']],
    ['bibtex', '@misc{a,\n title = {A\n gene}\n}\n@misc{b,\n title = {B}}', ['A gene', 'B']],
  ])('are read in %s as others', (format, text, prose) => {
    expect(proseOf(text, format)).toEqual(prose);
    expect(proseOf(text.replace(/\n/g, '\r'), format)).toEqual(prose);
    expect(placeOf(text.replace(/\n/g, '\r'), format, prose.at(-1) ?? '')).toBe(
      placeOf(text, format, prose.at(-1) ?? '').replace(/\n/g, '\r'),
    );
  });
});
