import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { parseDocument } from '../../../../src/core/documents/parse';
import { formats } from './checks';
import { markupLike } from './markupLike';

vi.setConfig({ testTimeout: 60_000 });

describe.each(formats)('parsing a %s document again after edits', (format) => {
  it('gives the same segments as a parse without the earlier result', () => {
    const edit = fc.record({ at: fc.nat(), remove: fc.nat({ max: 20 }), insert: markupLike(format) });
    const document = fc.array(markupLike(format), { maxLength: 4 }).map((parts) => parts.join('\n\n'));
    const holds = fc.property(document, fc.array(edit, { minLength: 1, maxLength: 3 }), (text, edits) => {
      let parsed = parseDocument(text, format);
      for (const { at, remove, insert } of edits) {
        const start = at % (parsed.text.length + 1);
        const edited = parsed.text.slice(0, start) + insert.slice(0, 40) + parsed.text.slice(start + remove);
        parsed = parseDocument(edited, format, parsed);
        const fresh = parseDocument(edited, format);
        expect(parsed.segments).toEqual(fresh.segments);
        expect(parsed.blocks).toEqual(fresh.blocks);
      }
    });
    fc.assert(holds, { numRuns: 150 });
  });
});

describe('parsing after an edit', () => {
  const paragraphs = Array.from(
    { length: 200 },
    (_, index) => `Paragraph ${index} is on the *BRCA${index}* gene.`,
  );
  const text = paragraphs.join('\n\n');

  it.each(['plain', 'markdown', 'latex'] as const)(
    'keeps the runs of %s segments outside the block',
    (format) => {
      const before = parseDocument(text, format);
      const at = text.indexOf('Paragraph 100') + 5;
      const after = parseDocument(`${text.slice(0, at)}xyz${text.slice(at)}`, format, before);
      const anew = after.segments.filter((segment, index) => segment.runs !== before.segments[index]?.runs);
      expect(anew.map((segment) => segment.text.slice(0, 13))).toEqual(['Paragxyzraph ']);
      expect(after.segments.at(-1)?.base).toBe((before.segments.at(-1)?.base ?? 0) + 3);
    },
  );

  it.each([
    ['jats', `<article>${paragraphs.map((each) => `<p>${each}</p>`).join('')}</article>`],
    ['medline', paragraphs.map((each, index) => `PMID- ${index}\nTI  - ${each}\n`).join('\n')],
    ['notebook', JSON.stringify({ cells: paragraphs.map((source) => ({ cell_type: 'markdown', source })) })],
  ] as const)('keeps the runs of %s segments outside the edited one', (format, document) => {
    const before = parseDocument(document, format);
    const edited = document.replace('Paragraph 100', 'Paragraph one hundred');
    const after = parseDocument(edited, format, before);
    expect(
      after.segments.filter((segment, index) => segment.runs !== before.segments[index]?.runs),
    ).toHaveLength(1);
  });

  it('applies a definition far away to its links', () => {
    const document = 'On [the *TP53* gene][a].\n\nEnd.\n\n';
    const before = parseDocument(document, 'markdown');
    const after = parseDocument(`${document}[a]: https://a.org`, 'markdown', before);
    expect(before.segments[0]?.text).toBe('On [the TP53 gene][a].');
    expect(after.segments[0]?.text).toBe('On the TP53 gene.');
  });

  it('does not parse an unchanged text again', () => {
    const before = parseDocument(text, 'plain');
    expect(parseDocument(text, 'plain', before)).toBe(before);
  });
});
