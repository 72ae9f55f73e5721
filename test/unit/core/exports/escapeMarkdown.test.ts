import fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { math, mathHtml } from 'micromark-extension-math';
import { describe, expect, it } from 'vitest';
import { escapeMarkdown } from '../../../../src/core/exports/escapeMarkdown';
import { lineOf, markdownTexts, textOfHtml } from '../../../support/markdownTexts';

function render(markdown: string): string {
  return micromark(markdown, {
    allowDangerousHtml: true,
    extensions: [gfm(), math()],
    htmlExtensions: [gfmHtml(), mathHtml()],
  });
}

/** Places in the exports, with the text around. */
const places: Readonly<Record<string, (text: string) => readonly [markdown: string, around: string]>> = {
  'a paragraph': (text) => [`${text}\n`, '@'],
  'a heading': (text) => [`## ${text}\n`, '@'],
  'an item': (text) => [`- ${text}\n`, '@'],
  'a quotation': (text) => [`- “${text}” *(negated)* [key] — ${text}\n`, '“@” (negated) [key] — @'],
  'bold text': (text) => [`- **x ${text}**: “${text}” *(a)*\n`, 'x @: “@” (a)'],
  'a cell': (text) => [`| a | b |\n| --- | --- |\n| “${text}” *(a)* | c |\n`, 'a\nb\n\n\n\n\n“@” (a)\nc'],
};

describe('text in Markdown', () => {
  it.each([
    'A long-term evaluation of the risk-benefit ratio (2019)',
    'tamoxifen – breast cancer (treats)',
    'p < 0.05, n > 10, ~50 % of 10^6 cells',
    'TNF-α/NF-κB, IL-1β+ and +1.5; a/b; 5\'-UTR; "quoted" & more!',
    'NM_000546.5 and snake_case_name',
    '[Treatment of gout with colchicine].',
    'HER2+ [1, 2] #5 {not} 3 * 4',
    'costs 5 $ or $ 6',
    'The end...',
  ])('leaves %j as it is, but for braces', (text) => {
    expect(escapeMarkdown(text).replace('\\{', '{')).toBe(text);
  });

  it.each([
    ['HLA-B*57:01 and *', String.raw`HLA-B\*57:01 and \*`],
    ['2^10^ and x^[n] [', String.raw`2\^10\^ and x\^[n] \[`],
    ['a_ _b', String.raw`a\_ \_b`],
    ['1. First', String.raw`1\. First`],
    ['a) First', String.raw`a\) First`],
    ['(iv) First', String.raw`\(iv) First`],
    ['- item', String.raw`\- item`],
    ['# heading #', String.raw`\# heading \#`],
    ['> quotation', String.raw`\> quotation`],
    ['a -- b', String.raw`a -\- b`],
    ['see [@kaplan] or [x](y) [1]', String.raw`see \[\@kaplan\] or \[x\](y) [1]`],
    ['<script>', '&lt;script>'],
    ['https://x.org and www.x.org', String.raw`https:\//x.org and www\.x.org`],
  ])('escapes %j', (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });

  it.each(Object.entries(places))('is read back as it was from %s', (_, place) => {
    fc.assert(
      fc.property(markdownTexts, (text) => {
        const [markdown, around] = place(escapeMarkdown(text));
        const html = render(markdown);
        expect(html).not.toMatch(/<(?:a|code|del|h1|ol|blockquote|img|hr|input|script)\b/u);
        const plain = (shown: string): string => shown.replace(/\s+/g, ' ').trim();
        expect(plain(textOfHtml(html))).toBe(plain(around.replaceAll('@', () => lineOf(text))));
      }),
      { numRuns: 2_000 },
    );
  });
});
