import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bibliographyAddition } from '../../../../src/core/review/draftBibliography';

/** The draft with the bibliography; undefined if nothing is to be added. */
function named(draft: string, languageId = 'markdown', file = 'references.bib'): string | undefined {
  const addition = bibliographyAddition(draft, file, languageId);
  return addition?.insertions.reduceRight(
    (text, { offset, text: added }) => text.slice(0, offset) + added + text.slice(offset),
    draft,
  );
}

describe('the front matter of a draft', () => {
  it.each([
    ['a draft without', '# Urate\n', '---\nbibliography: references.bib\n---\n\n# Urate\n'],
    ['an empty draft', '', '---\nbibliography: references.bib\n---\n\n'],
    [
      'one with a title',
      '---\ntitle: Urate\n---\nText',
      '---\ntitle: Urate\nbibliography: references.bib\n---\nText',
    ],
    ['one that ends with dots', '---\ntitle: U\n...\n', '---\ntitle: U\nbibliography: references.bib\n...\n'],
    ['an empty one', '---\n---\n', '---\nbibliography: references.bib\n---\n'],
    [
      'a text in lines and a comment',
      '---\n# mine\nabstract: |\n  Urate:\n\n  ---\n\n  high\n\n---\n',
      '---\n# mine\nabstract: |\n  Urate:\n\n  ---\n\n  high\n\nbibliography: references.bib\n---\n',
    ],
    [
      'lists without indent',
      '---\n"author":\n- A\n- B\n---\n',
      '---\n"author":\n- A\n- B\nbibliography: references.bib\n---\n',
    ],
    [
      'line ends of Windows',
      '---\r\ntitle: U\r\n---\r\nText',
      '---\r\ntitle: U\r\nbibliography: references.bib\r\n---\r\nText',
    ],
    [
      'a title block of Pandoc',
      '% Urate\n  in rats\n% A; B\n\nText',
      '% Urate\n  in rats\n% A; B\n\n---\nbibliography: references.bib\n---\n\nText',
    ],
    ['a rule at the beginning', '---\n\nText\n', '---\nbibliography: references.bib\n---\n\n---\n\nText\n'],
  ])('gets a line: %s', (_, draft, expected) => {
    expect(named(draft)).toBe(expected);
  });

  it.each([
    ['a bibliography', '---\ntitle: U\nbibliography: mine.bib\n---\n'],
    ['a list of them', '---\nbibliography:\n- a.bib\n---\n'],
    ['metadata at another place', 'Text\n\n---\nbibliography: a.bib\n...\n'],
    ['a quoted key', '---\n"bibliography" : a.bib\n---\n'],
    ['JSON', '---\n{"title": "U"}\n---\n'],
    ['a heading between rules', '---\nUrate\n---\n'],
    ['TOML', '+++\ntitle = "U"\n+++\n'],
  ])('is left alone: %s', (_, draft) => {
    expect(named(draft)).toBeUndefined();
  });

  it('quotes a path that YAML or the Markdown of Pandoc would read otherwise', () => {
    const line = (file: string, languageId: string) => bibliographyAddition('', file, languageId)?.line;
    expect(line('../references-biobert.bib', 'markdown')).toBe('bibliography: ../references-biobert.bib');
    expect(line('../my review/references.bib', 'quarto')).toBe('bibliography: "../my review/references.bib"');
    expect(line("../Ann's_#1--a/r.bib", 'markdown')).toBe(
      String.raw`bibliography: "../Ann\\'s\\_\\#1\\-\\-a/r.bib"`,
    );
    expect(line("../Ann's/r.bib", 'rmd')).toBe(`bibliography: "../Ann's/r.bib"`);
  });

  it('keeps every character of the draft, and is named once', () => {
    const part = fc.constantFrom(
      '---\n',
      '...\n',
      'title: U\n',
      '- a\n',
      '  b: |\n',
      '\n',
      '% T\n',
      'Text\n',
      '\r\n',
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const draft = parts.join('');
        const addition = bibliographyAddition(draft, 'references.bib', 'markdown');
        if (!addition) return;
        const [insertion] = addition.insertions;
        expect(addition.insertions).toHaveLength(1);
        expect(insertion?.offset).toBeLessThanOrEqual(draft.length);
        const after = named(draft) ?? '';
        // The line is at the beginning of a line, and is found there.
        expect(after).toMatch(/^bibliography: references\.bib\r?$/m);
        expect(named(after)).toBeUndefined();
      }),
    );
  });
});

describe('a LaTeX document', () => {
  const body = '\\begin{document}\nText \\cite{a}\n\\end{document}\n';

  it.each([
    ['BibTeX', '', '\\bibliographystyle{plain}\n\\bibliography{references}\n'],
    [
      'natbib',
      '\\usepackage[round]{natbib}\n',
      '\\bibliographystyle{plainnat}\n\\bibliography{references}\n',
    ],
    ['a style', '\\bibliographystyle{apalike}\n', '\\bibliography{references}\n'],
    ['a comment', '% \\bibliography{old}\n', '\\bibliographystyle{plain}\n\\bibliography{references}\n'],
  ])('gets its bibliography before the end: %s', (_, preamble, added) => {
    expect(named(preamble + body, 'latex')).toBe(
      `${preamble}\\begin{document}\nText \\cite{a}\n${added}\\end{document}\n`,
    );
  });

  it('gets a resource and a list with biblatex', () => {
    expect(named(`\\usepackage[style=apa]{biblatex}\n${body}`, 'latex')).toBe(
      '\\usepackage[style=apa]{biblatex}\n\\addbibresource{references.bib}\n' +
        '\\begin{document}\nText \\cite{a}\n\\printbibliography\n\\end{document}\n',
    );
  });

  it.each([
    ['a chapter', 'Text \\cite{a}'],
    ['a bibliography', body.replace('\\end', '\\bibliography{mine}\n\\end')],
    ['a resource', `\\addbibresource{mine.bib}\n${body}`],
    ['a list by hand', body.replace('\\end', '\\begin{thebibliography}{9}\\end{thebibliography}\n\\end')],
  ])('is left alone: %s', (_, draft) => {
    expect(named(draft, 'latex')).toBeUndefined();
  });

  it('is left alone if BibTeX cannot read the path', () => {
    expect(named(body, 'latex', '../my review/references.bib')).toBeUndefined();
  });
});

it('knows nothing to add to other languages', () => {
  expect(named('Text', 'typst')).toBeUndefined();
  expect(named('Text', 'plaintext')).toBeUndefined();
});
