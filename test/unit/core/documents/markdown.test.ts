import { describe, expect, it } from 'vitest';
import { placeOf, proseOf } from './checks';

describe('Markdown', () => {
  it.each<[name: string, text: string, prose: string[]]>([
    [
      'ignores marks of emphasis',
      'The *BRCA1* and **TP**53 _genes_ ~~here~~.',
      ['The BRCA1 and TP53 genes here.'],
    ],
    [
      'reads simple formulas',
      'TNF-$\\alpha$, Ca$^{2+}$, $\\mathrm{IFN}\\gamma$, $p < 0.05$.',
      ['TNF-α, Ca2+, IFNγ, p < 0.05.'],
    ],
    ['leaves out mathematics', 'So $\\sum_{i=1}^n \\frac{a_i}{b}$ holds.\n\n$$\nx = TP53\n$$', ['So holds.']],
    ['reads prices as text', 'It costs $5 or $10 a dose.', ['It costs $5 or $10 a dose.']],
    [
      'reads sub- and superscripts',
      'H<sub>2</sub>O, H~2~O, Ca^2+^, CD4<sup>+</sup>',
      ['H2O, H2O, Ca2+, CD4+'],
    ],
    [
      'leaves out raised citations',
      'In cancer<sup>12,13</sup> it grows.<sup>4</sup> At 10<sup>6</sup> m<sup>2</sup>.',
      ['In cancer it grows. At 106 m2.'],
    ],
    [
      'decodes references and escapes',
      'TNF-&alpha; TNF-&#x3b2; a\\*b soft&shy;ware',
      ['TNF-α TNF-β a*b software'],
    ],
    [
      'leaves out code',
      'Run `TP53` and ``a ` b`` and <code>EGFR</code> now.\n\n```r\nBRCA1\n```\n\n    KRAS',
      ['Run and and now.'],
    ],
    [
      'leaves out citations',
      'Known [see @smith2019, p. 3; @doi:10.1000/x_y] as @lee2020 said [@a].',
      ['Known as said.'],
    ],
    [
      'leaves out URLs',
      'See <https://a.org/TP53>, https://a.org/EGFR or www.a.org/x and [the KRAS page](https://a.org "t").',
      ['See, or and the KRAS page.'],
    ],
    [
      'resolves references to links',
      'The [BRCA1 *gene*][b] and [TP53].\n\n[b]: https://a.org\n[tp53]: https://b.org',
      ['The BRCA1 gene and TP53.'],
    ],
    [
      'reads captions and leaves attributes out',
      '![Cells with *KRAS*.](x.png){#fig:k width="50%"}',
      ['Cells with KRAS.'],
    ],
    [
      'leaves out comments and tags',
      'A <!-- TP53 --> gene <span class="EGFR">KRAS</span>.\n\n<!-- BRCA1\n\nBRCA2 -->\n\nEnd.',
      ['A gene KRAS.', 'End.'],
    ],
    [
      'reads the text of HTML blocks',
      '<div class="a">\n<p>About <i>KRAS</i> &beta;.</p>\n<script>TP53</script>\n</div>',
      ['About KRAS β.'],
    ],
    [
      'reads headings',
      '# The *EGFR* gene {#egfr}\n\nTitle\n=====\n\n## Two ##',
      ['The EGFR gene', 'Title', 'Two'],
    ],
    [
      'reads each table cell separately',
      '| Gene | Drug |\n|---|:-:|\n| *TP53* | `x` none |',
      ['Gene', 'Drug', 'TP53', 'none'],
    ],
    [
      'reads lists',
      '- one\n  more\n\n  second\n- [x] two\n\n1. three',
      ['one more', 'second', 'two', 'three'],
    ],
    ['reads quotes and lazy lines', '> breast\n> cancer\nhere', ['breast cancer here']],
    [
      'reads footnotes separately',
      'A gene[^1].\n\n[^1]: About *KRAS*\n    here.',
      ['A gene.', 'About KRAS here.'],
    ],
    [
      'reads wiki links and highlights',
      'The [[BRCA1]] and [[genes/TP53|TP53]]-like ==EGFR==.',
      ['The BRCA1 and TP53-like EGFR.'],
    ],
    ['continues after an unclosed fence in a list item', '- a\n\n  ```\n  TP53\n\nEnd.', ['a', 'End.']],
    ['leaves out everything after an unclosed fence', 'A.\n\n```\nTP53\n\nEGFR', ['A.']],
    [
      'reads titles and abstracts of the metadata',
      '---\ntitle: "Role of *BRCA1*"\nauthor: A. Smith\nabstract: |\n  First line\n  goes on.\n\n  Second.\nkeywords: [TP53, \'lung cancer\']\n---\n\nText.',
      ['Role of BRCA1', 'First line goes on.', 'Second.', 'TP53', 'lung cancer', 'Text.'],
    ],
    ['does not take a horizontal rule for metadata', '---\n\nText: TP53\n', ['Text: TP53']],
    [
      'leaves out references and citations in TeX',
      'Genes \\cite{a} as in \\ref{fig:b} grow.\n\n\\newpage',
      ['Genes as in grow.'],
    ],
    ['leaves fenced divs and templates out', '::: {.note}\nText {{var}} here.\n:::', ['Text here.']],
  ])('%s', (_, text, prose) => {
    expect(proseOf(text, 'markdown')).toEqual(prose);
    expect(proseOf(text.replace(/\n/g, '\r\n'), 'markdown')).toEqual(prose);
  });

  it.each([
    ['The *BRCA1* gene', 'BRCA1', 'BRCA1'],
    ['*BRCA1* gene', 'BRCA1 gene', 'BRCA1* gene'],
    ['TNF-$\\alpha$ rose', 'TNF-α', 'TNF-$\\alpha$'],
    ['TNF-&alpha; rose', 'TNF-α', 'TNF-&alpha;'],
    ['with H<sub>2</sub>O', 'H2O', 'H<sub>2</sub>O'],
    ['and Ca<sup>2+</sup> in', 'Ca2+', 'Ca<sup>2+</sup>'],
    ['> breast\n> cancer', 'breast cancer', 'breast\n> cancer'],
  ])('places in %j the mention %j at %j', (text, mention, place) => {
    expect(placeOf(text, 'markdown', mention)).toBe(place);
  });
});
