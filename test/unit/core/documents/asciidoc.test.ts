import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../../../src/core/documents/parse';
import { expectSound, placeOf, proseOf } from './checks';

describe('AsciiDoc', () => {
  it.each<[name: string, text: string, prose: string[]]>([
    [
      'reads the title, headings, paragraphs and lists, each apart',
      '= On _ACE_\nGene Author <a@b.org>\nv1, 2020\n:toc:\n:keywords: CKD\n\n== Results [[gene]]\n\nLosartan lowers\n*blood* pressure.\n\n* first\ngoes on\n** second\n. third\n+\nattached\n\nCKD:: chronic disease\nAKI::\n  acute one\n\nOther title\n-----------\nText.',
      [
        'On ACE',
        'CKD',
        'Results',
        'Losartan lowers blood pressure.',
        'first goes on',
        'second',
        'third',
        'attached',
        'CKD',
        'chronic disease',
        'AKI',
        'acute one',
        'Other title',
        'Text.',
      ],
    ],
    [
      'reads scripts, simple formulas and attributes',
      ':tnf: TNF-α\n\nH~2~O, Mg^2+^, {tnf}, IL-1stem:[beta], latexmath:[\\gamma] and latexmath:[\\frac{a}{b}] in cancer^12^ {unknown}&beta;',
      ['H2O, Mg2+, TNF-α, IL-1β, γ and in cancer β'],
    ],
    [
      'reads link texts, and leaves out addresses and keys',
      'See https://GENE.org[the *page*], link:GENE.html[more], <<gene>>, <<gene,the part>>, xref:gene[that] and https://GENE.org. cite:[gene] ((CKD))(((GENE,GENE)))',
      ['See the page, more,, the part, that and. CKD'],
    ],
    [
      'leaves out code and comments',
      'Use `GENE` and +++GENE+++.\n// GENE\nGo on.\n\n[source,r]\n----\nGENE\n\nGENE\n----\n\n....\nGENE\n....\n\n////\nGENE\n////\n\n[source]\nGENE\nGENE\n\n GENE\n GENE\n\n```r\nGENE\n```\n\n[stem]\n++++\nGENE\n++++\n\nEnd.',
      ['Use and. Go on.', 'End.'],
    ],
    [
      'reads captions, admonitions and blocks of prose',
      '.Dose of *losartan*\nimage::GENE.png[GENE, 300]\n\nNOTE: It was\nstopped.\n\n[WARNING]\n====\nNot in CKD.\n====\n\n[quote, Gene]\n____\nA quote.\n____',
      ['Dose of losartan', 'It was stopped.', 'Not in CKD.', 'A quote.'],
    ],
    [
      'reads cells of tables, each apart',
      '.Drugs\n[cols="1,1"]\n|===\n|Drug |Gene\n\n|losartan\n|ACE\nand more\n2+|both\na|one | two\n|===\nAfter it.',
      ['Drugs', 'Drug', 'Gene', 'losartan', 'ACE and more', 'both', 'one', 'two', 'After it.'],
    ],
    [
      'reads footnotes in their sentence',
      'It fell.footnote:[In _rats_.] Then it rose.',
      ['It fell. (In rats.) Then it rose.'],
    ],
    ['reads text with unclosed marks', 'A *b `c {d [e ^f "`g`".\n\nEnd', ['A b `c {d [e ^f "g".', 'End']],
  ])('%s', (_, text, prose) => {
    for (const each of [text, text.replace(/\n/g, '\r\n')]) {
      expect(proseOf(each, 'asciidoc')).toEqual(prose);
      expectSound(each, parseDocument(each, 'asciidoc').segments);
    }
  });

  it.each([
    ['the Mg^2+^ level', 'Mg2+', 'Mg^2+^'],
    ['|===\n|a |On *ACE* here\n|===', 'ACE', 'ACE'],
    [':tnfal: TNF-α\n\nThe {tnfal} rose', 'TNF-α', '{tnfal}'],
    ['blood\n*pressure* fell', 'blood pressure', 'blood\n*pressure'],
  ])('places in %j the mention %j at %j', (text, mention, place) => {
    expect(placeOf(text, 'asciidoc', mention)).toBe(place);
  });

  it('reports a listing that is not closed', () => {
    const text = 'One.\n\n----\nTwo.\n\nThree.';
    expect(parseDocument(text, 'asciidoc').simplified).toEqual([
      { start: 6, end: text.length, limit: 'unclosed' },
    ]);
  });
});
