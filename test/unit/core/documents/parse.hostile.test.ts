import { describe, expect, it, vi } from 'vitest';
import { parseDocument } from '../../../../src/core/documents/parse';
import { expectSound, formats } from './checks';

/** Time limit in milliseconds that a parser with quadratic time would exceed. */
vi.setConfig({ testTimeout: 60_000 });

const units = [
  '[',
  '*',
  '{',
  '$',
  '<a>',
  '`',
  '](',
  '![',
  '_a',
  '*a_',
  '~',
  '&',
  '<',
  '> ',
  '- ',
  '\\',
  '[a](',
  '[^a]',
  '|',
];
const more = [
  '\\begin{verbatim}',
  '\\begin{equation}',
  '\\textit{',
  '\\item[',
  '\\"',
  '<sub>',
  '<!--',
  '<![CDATA[',
  '&a;',
  '@a{b,',
  'title={',
];
const still = [
  'a@',
  'www.',
  '10.1000/',
  'http://',
  '[a]: b\n',
  '[[',
  '[@',
  'a\n',
  '\n ',
  '\u0000',
  '\\newcommand{\\x}{y}\\x ',
  '- a\n',
  'TI  - ',
];

describe.each(formats)('a %s document', (format) => {
  it.each([...units, ...more, ...still])('is parsed if it consists of 20,000 characters of %j', (unit) => {
    const text = unit.repeat(Math.ceil(20_000 / unit.length));
    expectSound(text, parseDocument(text, format).segments);
  });

  it('is parsed if it has a line of 100,000 characters', () => {
    const text = `${'TP53 *is* a $gene$. '.repeat(5_000)}\n\nEnd.`;
    expect(parseDocument(text, format).text).toBe(text);
  });
});
