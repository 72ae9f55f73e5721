import { describe, expect, it } from 'vitest';
import { placeOf, proseOf } from './checks';

const article = (body: string): string =>
  `<?xml version="1.0"?>\n<!DOCTYPE article>\n<article><body>${body}</body></article>`;

describe('JATS', () => {
  it.each<[name: string, body: string, prose: string[]]>([
    [
      'reads titles, paragraphs and captions',
      '<sec id="TP53"><label>1</label><title>The <italic>BRCA1</italic> gene</title><p>One.</p><p>Two\n   lines.</p></sec><fig><caption><title>Cap.</title></caption></fig>',
      ['The BRCA1 gene', 'One.', 'Two lines.', 'Cap.'],
    ],
    [
      'reads scripts and references',
      '<p>H<sub>2</sub>O, Ca<sup>2+</sup>, TNF-&alpha;, &#x3b2; &amp; &lt;5</p>',
      ['H2O, Ca2+, TNF-α, β & <5'],
    ],
    [
      'leaves out citations',
      '<p>Known (<xref ref-type="bibr" rid="b">Lee et al., 2019</xref>; <xref ref-type="bibr">Ito, 2020</xref>) in cells<sup><xref ref-type="bibr">3</xref></sup>. See <xref ref-type="fig">Figure 1</xref>.</p>',
      ['Known in cells. See Figure 1.'],
    ],
    [
      'keeps the space before the first citation of a paragraph',
      '<p>A gene. <xref ref-type="bibr">3</xref></p><p>BRCA1 is <xref ref-type="bibr">4</xref>known.</p>',
      ['A gene.', 'BRCA1 is known.'],
    ],
    [
      'reads each table cell separately',
      '<table><tr><th>Gene</th><td><italic>TP53</italic></td></tr></table>',
      ['Gene', 'TP53'],
    ],
    [
      'reads CDATA, leaves comments and code out',
      '<p>A <![CDATA[<b> & c]]><!-- TP53 --> d</p><code>EGFR</code>',
      ['A <b> & c d'],
    ],
    [
      'reads simple formulas',
      '<p>TNF-<inline-formula><mml:math><mml:mi>α</mml:mi></mml:math></inline-formula> and <disp-formula><tex-math>\\alpha</tex-math></disp-formula> end.</p>',
      ['TNF-α and end.'],
    ],
    [
      'reads only the titles of references',
      '<ref-list><ref><label>1</label><element-citation><name><surname>Kras</surname></name><article-title>On <italic>EGFR</italic></article-title><source>Gene</source></element-citation></ref></ref-list>',
      ['On EGFR'],
    ],
    [
      'leaves out who did, paid for and is thanked for the work',
      '<p>One.</p><ack><p>We thank K. Ras.</p></ack><fn-group content-type="author-contribution"><title>Contributions</title><fn fn-type="con"><p>YHT, design</p></fn></fn-group><notes notes-type="COI-statement"><p>None.</p></notes><fn-group><fn fn-type="other"><p>Ethics.</p></fn></fn-group>',
      ['One.', 'Ethics.'],
    ],
    [
      'goes on after tags without partners',
      '<p>One <b>two<p>Three</i> & four p < 0.05</p>',
      ['One two', 'Three', '& four p < 0.05'],
    ],
  ])('%s', (_, body, prose) => {
    expect(proseOf(article(body), 'jats')).toEqual(prose);
  });

  it('leaves names, journals and licences out', () => {
    const front =
      '<front><journal-meta><journal-title>Gene</journal-title></journal-meta><article-meta><article-id>1</article-id><title-group><article-title>On TNF</article-title></title-group><contrib-group><contrib><name><surname>Kras</surname></name></contrib></contrib-group><abstract><p>It is.</p></abstract><kwd-group><kwd>BRCA1</kwd></kwd-group></article-meta></front>';
    expect(proseOf(`<article>${front}</article>`, 'jats')).toEqual(['On TNF', 'It is.', 'BRCA1']);
  });

  it('reads a document that ends too early as far as it goes', () => {
    expect(proseOf('<article><p>One.</p><p>Two <italic>TP53</ital', 'jats')).toEqual(['One.', 'Two TP53']);
  });

  it('places a mention with its markup', () => {
    expect(placeOf(article('<p>in Ca<sup>2+</sup> and</p>'), 'jats', 'Ca2+')).toBe('Ca<sup>2+</sup>');
    expect(placeOf(article('<p>TNF-&#945; and</p>'), 'jats', 'TNF-α')).toBe('TNF-&#945;');
  });
});

describe('other XML', () => {
  it('reads titles, abstracts, keywords, headings and substances of PubMed', () => {
    const record =
      '<PubmedArticle><MedlineCitation><PMID>1</PMID><Article><Journal><Title>Gene</Title></Journal><ArticleTitle>On <i>TNF</i>.</ArticleTitle><Abstract><AbstractText Label="AIM">It is.</AbstractText></Abstract><AuthorList><Author><LastName>Kras</LastName></Author></AuthorList></Article><MeshHeading><DescriptorName>Neoplasms</DescriptorName></MeshHeading><Keyword>BRCA1</Keyword></MedlineCitation></PubmedArticle>';
    const prose = ['On TNF.', 'It is.', 'Neoplasms', 'BRCA1'];
    expect(proseOf(`<PubmedArticleSet>${record}\n${record}</PubmedArticleSet>`, 'jats')).toEqual([
      ...prose,
      ...prose,
    ]);
  });

  it('reads the passages of BioC', () => {
    expect(
      proseOf(
        '<collection><source>x</source><document><id>1</id><passage><infon key="a">b</infon><offset>0</offset><text>On TNF.</text><annotation><text>TNF</text></annotation></passage></document></collection>',
        'jats',
      ),
    ).toEqual(['On TNF.']);
  });

  it('reads the text of unknown elements', () => {
    expect(proseOf('<note><to>TP53</to><body a="EGFR">On <i>TNF</i>.</body></note>', 'jats')).toEqual([
      'TP53',
      'On TNF.',
    ]);
  });
});
