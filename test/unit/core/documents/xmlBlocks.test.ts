import fc from 'fast-check';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { jats } from '../../../../src/core/documents/jats';
import { parseDocument } from '../../../../src/core/documents/parse';
import { cutXml } from '../../../../src/core/documents/xmlBlocks';

vi.setConfig({ testTimeout: 60_000 });

const file = path.resolve(import.meta.dirname, '../../../fixtures/abstracts/article.xml');

/** Elements around and inside paragraphs, well-formed and broken, inside and outside of the elements that the parser reads. */
const xml = fc.letrec<{ node: string; text: string; element: string }>((tie) => ({
  text: fc.constantFrom(
    'BRCA1 is ',
    'a gene. ',
    ' <!-- p <p> -->',
    '<![CDATA[<p>TP53]]>',
    'H<sub>2</sub>O ',
    '<xref ref-type="bibr">3</xref>',
    '[<xref ref-type="bibr" rid="a">1</xref>, ',
    '&alpha;',
    'https://a.org/b ',
    '<br/>',
    '<p>',
    '</p>',
    '</sec>',
    '<',
    '<p class=x>',
    '<?pi <p> ?>',
    '\n',
  ),
  element: fc
    .tuple(
      fc.constantFrom(
        'p',
        'p',
        'p',
        'sec',
        'sec sec-type="conflict"',
        'title',
        'italic',
        'label',
        'ref',
        'mixed-citation',
        'article-title',
        'fig',
        'caption',
        'table',
        'tr',
        'td',
        'ack',
        'inline-formula',
        'disp-formula',
        'mml:math',
        'jats:p',
        'code',
        'fn',
        'def-item',
        'term',
        'def',
        'email',
        'graphic',
        'alternatives',
      ),
      fc.array(tie('node'), { maxLength: 5 }),
    )
    .map(([tag, inside]) => `<${tag}>${inside.join('')}</${tag.split(' ')[0] ?? ''}>`),
  node: fc.oneof({ depthSize: 'small' }, tie('text'), tie('element'), tie('element')),
}));

const roots = ['article', 'collection', 'html', 'nobody', 'book'];

describe('cutXml', () => {
  it('gives the segments that one parse of the whole document gives', () => {
    let divided = 0;
    const holds = fc.property(
      fc.constantFrom(...roots),
      fc.array(xml.element, { minLength: 1, maxLength: 8 }),
      (root, nodes) => {
        const text = `<?xml version="1.0"?>\n<!DOCTYPE ${root} [<!ENTITY alpha "a">]>\n<${root}>\n<body>${nodes.join('\n')}</body></${root}>\n`;
        if (cutXml(text).length > 2) divided += 1;
        expect(parseDocument(text, 'jats').segments).toEqual(jats.parse(text, ''));
      },
    );
    fc.assert(holds, { numRuns: 500 });
    expect(divided).toBeGreaterThan(80);
  });

  it('divides an article into its paragraphs, and covers it', () => {
    const text = fs.readFileSync(file, 'utf8');
    const cuts = cutXml(text);
    expect(cuts.length).toBeGreaterThan(5);
    expect(cuts.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
    expect(parseDocument(text, 'jats').segments).toEqual(jats.parse(text, ''));
  });

  it.each([
    ['a sentence', '<article><p>One <italic>two <p>three</p></italic></p></article>', 2],
    ['an attribute without quotes', '<article><p>One.</p><x a=b><p>Two.</p></x></article>', 2],
    ['an element that is closed twice', '<article><p>One.</p></p><p>Two.</p></article>', 2],
    ['a document of unknown kind', '<unknown><p>One.</p><p>Two.</p></unknown>', 1],
    ['a second root element', '<article><p>One.</p></article><article><p>Two.</p></article>', 2],
  ])('begins no block after or inside %s', (_what, text, blocks) => {
    expect(cutXml(text)).toHaveLength(blocks);
  });
});

describe('an edit of an article', () => {
  it('parses only that paragraph', () => {
    const parse = vi.spyOn(jats, 'parse');
    const text = fs.readFileSync(file, 'utf8');
    const before = parseDocument(text, 'jats');
    const whole = parse.mock.calls.reduce((sum, [source]) => sum + source.length, 0);
    expect(whole).toBe(text.length);
    parse.mockClear();
    const at = text.indexOf('</p>', text.length / 2);
    const edited = `${text.slice(0, at)} TP53.${text.slice(at)}`;
    const after = parseDocument(edited, 'jats', before);
    expect(parse.mock.calls).toHaveLength(1);
    expect(parse.mock.calls[0]?.[0].length).toBeLessThan(text.length / 2);
    expect(after.segments).toEqual(parseDocument(edited, 'jats').segments);
  });
});
