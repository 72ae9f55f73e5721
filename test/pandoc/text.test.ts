/** `npm run test:pandoc`: Pandoc reads texts in the exports of evidence as they are. */
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { escapeMarkdown } from '../../src/core/exports/escapeMarkdown';
import { lineOf, markdownTexts, textOfHtml } from '../support/markdownTexts';

it.each([
  ['items', (text: string) => `- “${text}” *(negated)*\n`],
  ['headings', (text: string) => `## ${text}\n\n`],
  ['paragraphs', (text: string) => `${text}\n\n`],
])('reads texts as they are in %s', (_, place) => {
  const texts = fc.sample(markdownTexts, { numRuns: 1_000, seed: 2 });
  // Typographic quotation marks and ellipses are what a writer wants, but cannot be compared.
  const { stdout, status } = spawnSync('pandoc', ['-f', 'markdown-smart', '-t', 'html', '--wrap=none'], {
    input: texts.map((text) => place(escapeMarkdown(text))).join(''),
    encoding: 'utf8',
  });
  expect(status).toBe(0);
  const plain = (shown: string): string => shown.replace(/\s+/g, ' ').trim();
  const shown = stdout.split(/<\/(?:li|h2|p)>/u).map((html) => plain(textOfHtml(html)));
  const expected = texts.map((text) => {
    const line = lineOf(text);
    return place('@').startsWith('-') ? `“${line}” (negated)` : line;
  });
  expect(shown.filter((each) => each !== '')).toEqual(expected);
});
