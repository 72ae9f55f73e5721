import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { DocumentFormat } from '../../../../src/core/types';
import { countFor, growingDocuments } from '../../../support/hostileTexts';
import { formats } from '../../../support/markupPieces';
import { WorkCounter } from '../../../support/workCounter';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** The work may double with the length of a document, and grow by a bit. */
const maxGrowth = 2.3;
/** Steps that do not depend on the length: tables that are made at first use, and lists that get more room. */
const freeSteps = 50_000;
/**
 * Steps for each character that any document may take. micromark may take that many for a block of Markdown before the
 * block is read as plain text; until then the work may grow faster than the length.
 */
const budgets: Partial<Record<DocumentFormat, number>> = { markdown: 2_500, notebook: 2_500 };

let counter: WorkCounter;
let readAll: (text: string, format: DocumentFormat) => void;

beforeAll(async () => {
  counter = new WorkCounter();
  ({ readAll } = await import('./readAll'));
});

afterAll(() => counter.dispose());

function expectLinear(format: DocumentFormat, textOf: (count: number) => string, count: number): void {
  const stepsFor = (text: string) => counter.count(() => readAll(text, format));
  const longText = textOf(2 * count);
  const [once, twice] = [stepsFor(textOf(count)), stepsFor(longText)];
  const budget = (budgets[format] ?? 0) * longText.length;
  expect(twice).toBeLessThanOrEqual(Math.max(maxGrowth * once, budget) + freeSteps);
}

describe.each(formats)('the work for a %s document', (format) => {
  it('at most doubles and a bit when a repeated part does', () => {
    fc.assert(
      fc.property(growingDocuments(format), (document) =>
        expectLinear(format, document.textOf, countFor(document, 4_000)),
      ),
      { seed: 18, numRuns: 15 },
    );
  });
});

/** Texts for which a parser once took more than linear time. */
const families: Readonly<Record<string, readonly [DocumentFormat, number, (count: number) => string]>> = {
  'nested lists': ['markdown', 5_000, (n) => `${'- '.repeat(n)}BRCA1 causes cancer.`],
  'nested quotes and lists': ['markdown', 5_000, (n) => `${'> - '.repeat(n)}BRCA1`],
  'nested numbered lists': ['markdown', 2_000, (n) => `${'1. '.repeat(n)}BRCA1`],
  'lists nested by indentation': [
    'markdown',
    60,
    (n) => Array.from({ length: n }, (_, i) => `${'  '.repeat(i)}- a\n`).join(''),
  ],
  'lists nested by indentation in a quote': [
    'markdown',
    60,
    (n) => Array.from({ length: n }, (_, i) => `> ${'  '.repeat(i)}- a\n`).join(''),
  ],
  'many lists in one quote': ['markdown', 400, (n) => `> ${'- '.repeat(9)}a\n`.repeat(n)],
  'closing brackets': ['markdown', 4_000, (n) => ']'.repeat(n)],
  'emphasis that does not close': ['markdown', 5_000, (n) => '*a_'.repeat(n)],
  'lazy lines of a quote': ['markdown', 2_000, (n) => `> a\n${'b\n'.repeat(n)}`],
  'code that does not close': [
    'markdown',
    100,
    (n) => Array.from({ length: n }, (_, i) => '`'.repeat(i + 1)).join('a'),
  ],
  'scripts in LaTeX': ['latex', 2_000, (n) => 'a$^{1}$ '.repeat(n)],
  'scripts in BibTeX': ['bibtex', 2_000, (n) => `@article{k, title={${'a$^{1}$ '.repeat(n)}}}`],
  'scripts in JATS': ['jats', 2_000, (n) => `<article><p>${'H<sub>2</sub>O '.repeat(n)}</p></article>`],
  'nested scripts': ['jats', 2_000, (n) => `<p>${'<sub>'.repeat(n)}a${'</sub>'.repeat(n)}</p>`],
  'environments in one paragraph': ['latex', 1_000, (n) => '\\begin{verbatim}x\\end{verbatim} '.repeat(n)],
  'macros that print much': [
    'latex',
    500,
    (n) => `\\newcommand{\\a}{${`{${'y'.repeat(60)}}`.repeat(78)}}\n\n${'\\a\n\n'.repeat(n)}`,
  ],
  'nested sections': ['jats', 1_000, (n) => `<article>${'<sec>'.repeat(n)}<p>a</p>`],
  'paragraphs in an element with a long tag': [
    'jats',
    500,
    (n) => `<article><body id="${'x'.repeat(20 * n)}">${'<p>a</p>'.repeat(n)}`,
  ],
  'Greek letters in one word': ['plain', 1_000, (n) => 'alpha'.repeat(n)],
  'negations in one sentence': ['plain', 1_000, (n) => `BRCA1 ${'not '.repeat(n)}cancer`],
};

describe('the work for a document', () => {
  it.each(Object.entries(families))('at most doubles and a bit with %s', (_name, [format, count, textOf]) =>
    expectLinear(format, textOf, count),
  );
});
