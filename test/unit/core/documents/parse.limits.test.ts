import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../../../src/core/documents/parse';
import { simplificationsIn } from '../../../../src/core/documents/simplified';
import { notebookOf } from '../../../support/hostileTexts';

const nested = `${'- '.repeat(200)}BRCA1 is a gene.`;
const brackets = ']'.repeat(20_000);

const proseOf = (text: string, format: 'markdown' | 'latex' | 'jats' | 'notebook') =>
  parseDocument(text, format).segments.map((segment) => segment.text);

describe('a block whose markup takes too long to read', () => {
  it.each([
    ['nested lists', nested],
    ['unmatched brackets', `${brackets} BRCA1 is a gene.`],
    ['unmatched emphasis', `${'*a_'.repeat(5_000)} BRCA1 is a gene.`],
  ])('is read as plain text: %s', (_, block) => {
    const text = `The *TP53* gene.\n\n${block}\n\nThe *EGFR* gene.`;
    const { segments, simplified } = parseDocument(text, 'markdown');
    const prose = segments.map((segment) => segment.text);
    expect([prose.at(0), prose.at(-1)]).toEqual(['The TP53 gene.', 'The EGFR gene.']);
    expect(prose.slice(1, -1).join(' ')).toContain('BRCA1 is a gene.');
    const start = text.indexOf(block);
    expect(simplified).toEqual([{ start, end: start + block.length, limit: 'markup' }]);
  });

  it.each([
    ['markdown', '*BRCA1* in [plain text] and [front matter].\n\n[plain text]: #\n[front matter]: #\n'],
    ['markdown', '*BRCA1* in [plain text].\n\n[plain text]: #\n'],
    ['markdown', '*BRCA1* in [front matter].\n\n[front matter]: #\n'],
    ['latex', '\\newcommand{\\plain}{text}\n\n\\emph{BRCA1} is \\plain.'],
  ] as const)('is not confused with a block of %s that only uses these words: %s', (format, text) => {
    const { segments, simplified } = parseDocument(text, format);
    expect(segments.at(0)?.text).toMatch(/^BRCA1 /u);
    expect(simplified).toEqual([]);
  });

  it('is told after an edit elsewhere', () => {
    const before = parseDocument(`The gene.\n\n${nested}`, 'markdown');
    const edited = `The new gene.\n\n${nested}`;
    const after = parseDocument(edited, 'markdown', before);
    expect(after.simplified).toEqual(parseDocument(edited, 'markdown').simplified);
    expect(after.simplified).toHaveLength(1);
  });

  it('does not affect the other paragraphs of a notebook cell', () => {
    const text = notebookOf(`The *TP53* gene.\n\n${nested}`);
    expect(proseOf(text, 'notebook')[0]).toBe('The TP53 gene.');
    expect(parseDocument(text, 'notebook').simplified).toMatchObject([{ limit: 'markup' }]);
  });

  it('does not affect what authors write', () => {
    const text = [
      '- - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - -',
      '> > 1. - * The [BRCA1](a) gene ![b](c).',
      `| gene | role |\n|---|---|\n${'| *BRCA1* | [repair](a) |\n'.repeat(2_000)}`,
      'A *word* and `code`, $x$ and [@key].\n'.repeat(200),
    ].join('\n\n');
    expect(parseDocument(text, 'markdown').simplified).toEqual([]);
  });
});

describe('macros that print more than ten times the document', () => {
  const macro = `\\newcommand{\\a}{${'{protein }'.repeat(80)}}`;

  it('are not expanded from then on', () => {
    const text = `${macro}\n\n${'\\a\n\n'.repeat(5_000)}The BRCA1 gene.`;
    const { segments, simplified } = parseDocument(text, 'latex');
    const printed = segments.reduce((sum, segment) => sum + segment.text.length, 0);
    expect(printed).toBeGreaterThan(100_000);
    expect(printed).toBeLessThan(10 * text.length + 100_000);
    expect(segments.at(-1)?.text).toBe('The BRCA1 gene.');
    expect(simplified.every(({ limit }) => limit === 'macros')).toBe(true);
    expect(simplified.length).toBeGreaterThan(100);
  });

  it('leave a document with a few uses as it is', () => {
    const { segments, simplified } = parseDocument(`${macro}\n\n${'\\a\n\n'.repeat(20)}`, 'latex');
    expect(segments).toHaveLength(20);
    expect(simplified).toEqual([]);
  });
});

describe('a notebook that cannot be split', () => {
  it('is read as plain text', () => {
    const { segments, simplified } = parseDocument(`${'['.repeat(200_000)}\n\nThe BRCA1 gene.`, 'notebook');
    expect(segments.at(-1)?.text).toBe('The BRCA1 gene.');
    expect(simplified[0]).toMatchObject({ start: 0, limit: 'markup' });
  });
});

describe('simplificationsIn', () => {
  const simplified = [
    { start: 0, end: 5, limit: 'markup' },
    { start: 10, end: 20, limit: 'markup' },
    { start: 20, end: 30, limit: 'macros' },
  ] as const;

  it('counts the parts of a range by reason', () => {
    expect(simplificationsIn({ simplified }, { start: 0, end: 40 })).toEqual([
      { limit: 'markup', parts: 2, start: 0 },
      { limit: 'macros', parts: 1, start: 20 },
    ]);
    expect(simplificationsIn({ simplified }, { start: 5, end: 20 })).toEqual([
      { limit: 'markup', parts: 1, start: 10 },
    ]);
  });
});
