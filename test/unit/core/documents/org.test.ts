import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../../../src/core/documents/parse';
import { expectSound, placeOf, proseOf } from './checks';

describe('Org', () => {
  it.each<[name: string, text: string, prose: string[]]>([
    [
      'reads titles, headings, paragraphs and lists, each apart',
      '#+TITLE: On /ACE/\n#+AUTHOR: Gene\n\n* TODO [#A] Results :gene:tag:\nSCHEDULED: <2020-01-01 Wed>\nLosartan lowers\n*blood* pressure.\n\n- first\n  goes on\n- [X] second\n- CKD :: chronic disease\n1. third\n** Methods\nText.',
      [
        'On ACE',
        'Results',
        'Losartan lowers blood pressure.',
        'first goes on',
        'second',
        'CKD',
        'chronic disease',
        'third',
        'Methods',
        'Text.',
      ],
    ],
    [
      'reads scripts and simple formulas',
      'H_{2}O, H_2O, Ca^{2+}, Ca^2+, CD4^+, TNF-\\alpha, IL-1\\beta{}x, $\\gamma$, \\(\\delta\\), snake_case, in cancer^{12} and \\(\\frac{a}{b}\\) x',
      ['H2O, H2O, Ca2+, Ca2+, CD4+, TNF-α, IL-1βx, γ, δ, snake_case, in cancer and x'],
    ],
    [
      'reads link texts, and leaves out keys and addresses',
      'See [[https://GENE.org][the *page* on H_{2}O]], [[file:GENE.png]], [cite/t:see @gene p. 3], cite:gene,b. [fn:1] <<gene>> <2020-01-01 Wed>',
      ['See the page on H2O,,,.'],
    ],
    [
      'leaves out code, comments, drawers and keywords',
      'Use =GENE= or ~GENE x~ now.\n# GENE\n#+OPTIONS: GENE\n: GENE\n\n#+BEGIN_SRC r\nGENE\n\nGENE\n#+END_SRC\n\n:PROPERTIES:\n:ID: GENE\n:END:\n\n#+begin_example\nGENE\n#+end_example\n* COMMENT GENE\nGENE\n** GENE\n* End',
      ['Use or now.', 'End'],
    ],
    [
      'leaves out mathematics',
      'So\n\\begin{equation}\nGENE\n\\end{equation}\nholds $$\nGENE\n$$ and \\[ GENE \\] ends.',
      ['So', 'holds and ends.'],
    ],
    [
      'reads captions, cells of tables and quotes',
      '#+CAPTION: Dose of *losartan*\n#+NAME: gene\n[[file:GENE.png]]\n\n| Drug | Gene |\n|------+------|\n| losartan | ACE |\n#+TBLFM: GENE\n\n#+begin_quote\nA quote.\n#+end_quote\n\n#+begin_abstract\nAn abstract.\n#+end_abstract',
      ['Dose of losartan', 'Drug', 'Gene', 'losartan', 'ACE', 'A quote.', 'An abstract.'],
    ],
    [
      'reads footnotes',
      'It fell.[fn:: In /rats/.] Then it rose[fn:a].\n\n[fn:a] In mice\nand rats.',
      ['It fell. (In rats.) Then it rose.', 'In mice and rats.'],
    ],
    ['reads text with unclosed marks', 'A *b =c [[d $e [f.\n\nEnd', ['A b =c [[d $e [f.', 'End']],
  ])('%s', (_, text, prose) => {
    for (const each of [text, text.replace(/\n/g, '\r\n')]) {
      expect(proseOf(each, 'org')).toEqual(prose);
      expectSound(each, parseDocument(each, 'org').segments);
    }
  });

  it.each([
    ['the Ca^{2+} level', 'Ca2+', 'Ca^{2+}'],
    ['| a | On *ACE* here |', 'ACE', 'ACE'],
    ['TNF-\\alpha rose', 'TNF-α', 'TNF-\\alpha'],
    ['blood\n*pressure* fell', 'blood pressure', 'blood\n*pressure'],
  ])('places in %j the mention %j at %j', (text, mention, place) => {
    expect(placeOf(text, 'org', mention)).toBe(place);
  });

  it('reads on at the next heading after a block that is not closed, and reports it', () => {
    const text = 'One.\n#+begin_src r\nTwo.\n\n* Three\nFour.';
    const { segments, simplified } = parseDocument(text, 'org');
    expect(segments.map((segment) => segment.text)).toEqual(['One.', 'Three', 'Four.']);
    expect(simplified.map((part) => part.limit)).toEqual(['unclosed']);
  });
});
