import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../../../src/core/documents/parse';
import { expectSound, placeOf, proseOf } from './checks';

describe('Typst', () => {
  it.each<[name: string, text: string, prose: string[]]>([
    [
      'reads paragraphs, headings and lists, each apart',
      '= The _ACE_ gene <sec:a>\nLosartan lowers\n*blood* pressure.\n\nNext one.\n- first\n  goes on\n- second\nAfter it.\n+ third\n/ CKD: chronic disease',
      [
        'The ACE gene',
        'Losartan lowers blood pressure.',
        'Next one.',
        'first goes on',
        'second',
        'After it.',
        'third',
        'CKD',
        'chronic disease',
      ],
    ],
    [
      'reads scripts and simple formulas',
      'TNF-$alpha$, Mg#super[2+], H#sub("2")O, $"Ca"^(2+)$, $10^6$, #sym.beta\\-blocker, \\u{3b3}',
      ['TNF-α, Mg2+, H2O, Ca2+, 106, β-blocker, γ'],
    ],
    ['leaves out mathematics', 'So $sum_i GENE_i$ and $ x = GENE $ holds.', ['So and holds.']],
    ['leaves out raised citations', 'In cancer#super[12] it grows.', ['In cancer it grows.']],
    [
      'leaves out comments',
      'One // GENE\ntwo /* GENE /* GENE */ GENE */ three https://a.org//b four.\n// GENE\n',
      ['One two three four.'],
    ],
    [
      'leaves out keys, labels and citations',
      'Known @smith2020 and @lee[p.~4], see @fig:x. <fig:x> #cite(<GENE>, supplement: [GENE]) #ref(<GENE>)',
      ['Known and, see.'],
    ],
    [
      'leaves out code',
      '#import "GENE.typ": x\n#set text(font: "GENE")\n#let drug = "GENE"\nUse `GENE` and #drug here.\n\n```r\nGENE\n\nGENE\n```\nEnd.',
      ['Use and here.', 'End.'],
    ],
    [
      'reads content in code',
      '#show: paper.with(\n  title: [On *ACE*],\n  subtitle: "A subtitle",\n  authors: ("GENE",),\n  abstract: [One.\n\n  Two.],\n)\n#let note = [A note on #emph[CKD]]',
      ['On ACE', 'A subtitle', 'One.', 'Two.', 'A note on CKD'],
    ],
    [
      'reads captions and table cells, each apart',
      '#figure(\n  image("GENE.png", width: 80%),\n  caption: [Dose of _losartan_ (mg)],\n) <fig:x>\n\n#table(columns: 2,\n  table.header([Drug], [Gene]),\n  [a [b] c], [ACE], // [GENE]\n)',
      ['Dose of losartan (mg)', 'Drug', 'Gene', 'a [b] c', 'ACE'],
    ],
    [
      'reads the content of functions in a sentence',
      'Some #text(fill: red)[red] and #link("https://GENE.org")[linked *words*] and #drug[losartan]s.',
      ['Some red and linked words and losartans.'],
    ],
    [
      'reads footnotes between sentences',
      'It fell.#footnote[In _rats_.] Then it rose#footnote[In mice.].',
      ['It fell.', 'In rats.', 'Then it rose', 'In mice.'],
    ],
    [
      'ignores marks inside of words',
      'A snake_case a*b [x] 3-4 -- and---so~on.',
      ['A snake_case a*b [x] 3-4 – and—so on.'],
    ],
    [
      'goes on at the next heading if a bracket is not closed',
      '#figure(\n  [One],\n  image("GENE"\n= Heading\nText.',
      ['One', 'Heading', 'Text.'],
    ],
    ['reads the text after an unclosed mark', 'A *bold `mark\n\nNext $one.', ['A bold mark', 'Next $one.']],
  ])('%s', (_, text, prose) => {
    for (const each of [text, text.replace(/\n/g, '\r\n')]) {
      expect(proseOf(each, 'typst')).toEqual(prose);
      expectSound(each, parseDocument(each, 'typst').segments);
    }
  });

  it.each([
    ['TNF-$alpha$ rose', 'TNF-α', 'TNF-$alpha$'],
    ['the Mg#super[2+] level', 'Mg2+', 'Mg#super[2+]'],
    ['#f(caption: [On _ACE_ here])', 'ACE', 'ACE'],
    ['blood\n  *pressure*', 'blood pressure', 'blood\n  *pressure'],
  ])('places in %j the mention %j at %j', (text, mention, place) => {
    expect(placeOf(text, 'typst', mention)).toBe(place);
  });

  it.each([
    ['unclosed', 'One.\n\n```\nTwo.'],
    ['unclosed', 'One.\n\n/* Two.'],
    ['unclosed', 'One.\n\n#f(\n"a"'],
    ['footnotes', 'The dose#footnote[Two.] of it.'],
  ])('reports %s in %j', (limit, text) => {
    expect(parseDocument(text, 'typst').simplified.map((part) => part.limit)).toContain(limit);
  });

  it('parses only the paragraph that was edited', () => {
    const text = 'First one.\n\n#figure([A\n\nB], caption: [C])\n\nLast one.';
    const before = parseDocument(text, 'typst');
    const after = parseDocument(text.replace('Last', 'Very last'), 'typst', before);
    expect(before.blocks.length).toBeGreaterThan(2);
    expect(after.segments[0]?.runs).toBe(before.segments[0]?.runs);
  });
});
