import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../../../src/core/documents/parse';
import { findAbbreviations } from '../../../../src/core/text/abbreviations';
import { expectSound, placeOf, proseOf } from './checks';

const article = (body: string, doctype = ''): string => `${doctype}<article><body>${body}</body></article>`;

const formula = (tex: string, mathml = ''): string =>
  `<inline-formula><alternatives><tex-math id="M1">\\documentclass[12pt]{minimal} \\usepackage{amsmath} \\begin{document}$$${tex}$$\\end{document}</tex-math>${mathml}<inline-graphic xlink:href="a.gif"/></alternatives></inline-formula>`;

describe('a sentence of JATS', () => {
  it.each<[name: string, body: string, prose: string[]]>([
    [
      'a formula in TeX and MathML',
      `<p>IL-1${formula('\\beta', '<mml:math>\n <mml:mi>&#x003B2;</mml:mi>\n</mml:math>')} rose</p>`,
      ['IL-1β rose'],
    ],
    ['a formula in TeX only', `<p>IL-1${formula('\\beta')} rose</p>`, ['IL-1β rose']],
    [
      'mathematics',
      `<p>Losartan (${formula('\\frac{a}{b}', '<mml:math><mml:mfrac><mml:mi>a</mml:mi><mml:mi>b</mml:mi></mml:mfrac></mml:math>')}) blocks AGTR1.</p>`,
      ['Losartan () blocks AGTR1.'],
    ],
    [
      'scripts in MathML on lines of their own',
      '<p>Low <inline-formula><mml:math>\n<mml:msup>\n<mml:mi>Mg</mml:mi>\n<mml:mrow>\n<mml:mn>2</mml:mn><mml:mo>+</mml:mo>\n</mml:mrow>\n</mml:msup>\n</mml:math></inline-formula> levels</p>',
      ['Low Mg2+ levels'],
    ],
    ['a picture', '<p>The <inline-graphic xlink:href="a.gif"/> sign of CKD.</p>', ['The sign of CKD.']],
    ['an address', '<p>Ask <email>a@b.org</email>, please.</p>', ['Ask, please.']],
    ['code', '<p>We ran <code>GENE = 1</code> on it.</p>', ['We ran on it.']],
    [
      'places and numbers',
      '<p>Kits from <institution>Gene Labs</institution>, <country>France</country> in <volume>2</volume> (<issue>3</issue>) sets.</p>',
      ['Kits from, in () sets.'],
    ],
    [
      'raised lists of citations',
      '<p>Ace<sup><xref ref-type="bibr">2</xref>,<xref ref-type="bibr">3</xref></sup> and Agt<sup><xref ref-type="bibr">4</xref>–<xref ref-type="bibr">6</xref></sup>, Ren<xref ref-type="bibr"><sup>7</sup></xref><sup>,</sup><xref ref-type="bibr"><sup>8</sup></xref> and Mas<xref ref-type="bibr">9</xref>, <xref ref-type="bibr">10</xref> fell.</p>',
      ['Ace and Agt, Ren and Mas fell.'],
    ],
    [
      'ions',
      '<p>Cl<sup>–</sup> and Mg<sup>2+</sup>, see <xref ref-type="fig">Fig. 1</xref>.</p>',
      ['Cl– and Mg2+, see Fig. 1.'],
    ],
    ['small capitals', '<p>With <sc>d</sc>-glucose and more.</p>', ['With d-glucose and more.']],
  ])('is not cut by %s', (_, body, prose) => {
    expect(proseOf(article(body), 'jats')).toEqual(prose);
    expectSound(article(body), parseDocument(article(body), 'jats').segments);
  });

  it('gives the place of a formula', () => {
    const text = article(`<p>IL-1${formula('\\beta')} rose</p>`);
    expect(placeOf(text, 'jats', 'IL-1β')).toBe(`IL-1${formula('\\beta')}`);
    expect(placeOf(text, 'jats', 'rose')).toBe('rose');
  });

  it('is ended by code in a block', () => {
    expect(proseOf(article('<p>One<preformat>GENE</preformat>two.</p>'), 'jats')).toEqual(['One', 'two.']);
  });
});

describe('a footnote of JATS', () => {
  const note = '<fn id="f1"><label>a</label><p>Ramipril was <italic>not</italic> given.</p></fn>';

  it.each([
    ['after a sentence', `The dose was low.${note} It fell.`, ['The dose was low.', 'It fell.']],
    ['before a full stop', `The dose was low${note}. It fell.`, ['The dose was low', 'It fell.']],
    ['at the end', `The dose was low${note}`, ['The dose was low']],
    ['before the full stop at the end', `The dose was low${note}.`, ['The dose was low']],
  ])('is a text of its own %s', (_, paragraph, [before = '', after]) => {
    const text = article(`<p>${paragraph}</p><p>Next.</p>`);
    const { segments, simplified } = parseDocument(text, 'jats');
    const prose = [before, 'Ramipril was not given.', ...(after === undefined ? [] : [after]), 'Next.'];
    expect(segments.map((segment) => segment.text)).toEqual(prose);
    expectSound(text, segments);
    expect(simplified).toEqual([]);
  });

  it('does not cut the sentence that it is in, and is told', () => {
    const text = article(`<p>The dose${note} of heparin was low.</p><p>Next.</p>`);
    const { segments, simplified } = parseDocument(text, 'jats');
    expect(segments.map((segment) => segment.text)).toEqual(['The dose of heparin was low.', 'Next.']);
    expect(simplified.map(({ limit }) => limit)).toEqual(['footnotes']);
  });

  it('is read in a list of footnotes and below a table', () => {
    const body = `<table-wrap-foot>${note}</table-wrap-foot><fn-group>${note}${note}</fn-group>`;
    expect(proseOf(article(body), 'jats')).toEqual(Array<string>(3).fill('Ramipril was not given.'));
  });
});

describe('a glossary of JATS', () => {
  it('gives abbreviations with their long forms', () => {
    const text = article(
      '<def-list><def-item><term>CKD</term>\n<def><p>chronic kidney disease</p></def></def-item><def-item><term><italic>ACE</italic></term><def><p>angiotensin-converting enzyme</p><p>See there.</p></def></def-item></def-list>',
    );
    const prose = ['CKD (chronic kidney disease)', 'ACE (angiotensin-converting enzyme)', 'See there.'];
    expect(proseOf(text, 'jats')).toEqual(prose);
    expect(findAbbreviations(prose[0] ?? '')).toHaveLength(1);
    expect(placeOf(text, 'jats', 'chronic kidney disease')).toBe('chronic kidney disease');
    expectSound(text, parseDocument(text, 'jats').segments);
  });

  it('keeps longer terms apart from their meaning', () => {
    const text = article(
      '<def-list><def-item><term>kidney disease</term><def><p>a disease</p></def></def-item><def-item><term>GFR</term></def-item></def-list><p>End.</p>',
    );
    expect(proseOf(text, 'jats')).toEqual(['kidney disease', 'a disease', 'GFR', 'End.']);
  });
});

describe('entities of JATS', () => {
  it('are those that the document declares', () => {
    const doctype =
      '<?xml version="1.0"?>\n<!DOCTYPE article PUBLIC "-//X//" "x.dtd" [\n<!ENTITY nfk "NF-&#954;B">\n<!ENTITY bad "<b>">\n]>\n';
    const text = article('<p>&nfk; and &bad; rose.</p><p>Then &nfk; fell.</p>', doctype);
    expect(proseOf(text, 'jats')).toEqual(['NF-κB and &bad; rose.', 'Then NF-κB fell.']);
    expect(placeOf(text, 'jats', 'NF-κB')).toBe('&nfk;');
    expect(parseDocument(text, 'jats').blocks.length).toBeGreaterThan(1);
  });

  it('are the Greek letters of ISO 8879', () => {
    expect(proseOf(article('<p>TNF-&agr;, &thgr; and &PHgr;; &none;</p>'), 'jats')).toEqual([
      'TNF-α, θ and Φ; &none;',
    ]);
  });

  it('do not grow when they name each other', () => {
    const declarations = Array.from(
      { length: 20 },
      (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`,
    );
    const text = article(
      '<p>&e20; ends.</p>',
      `<!DOCTYPE article [<!ENTITY e0 "x">${declarations.join('')}]>`,
    );
    expect(proseOf(text, 'jats')[0]?.length).toBeLessThan(200);
  });
});

describe('a glossary with broken markup', () => {
  it.each([
    '<def-list><def-item><term>AML</term><def><table><p>one</p></table></def></def-item></def-list>',
    '<term>AML</term><def></sec><p><p><p>',
    '<def-item><term>AML</term><def><sec><p>one</p><sec><p>two',
  ])('is read to the end: %s', (text) => {
    expect(proseOf(`<article><body>${text}</body></article>`, 'jats').join(' ')).toMatch(/^AML/);
  });
});
