import { describe, expect, it } from 'vitest';
import { citationSyntax, citationText, typedKey } from '../../../../src/core/review/citationSyntax';

describe('the key that is typed', () => {
  it.each([
    ['pandoc', 'as shown [@kap', 'kap'],
    ['pandoc', '@', ''],
    ['pandoc', 'shown (@kaplan2019; @', ''],
    ['pandoc', 'see [-@kap', 'kap'],
    ['pandoc', 'write to ann@kap', undefined],
    ['pandoc', 'write \\@kap', undefined],
    ['pandoc', '[@kap] and', undefined],
    ['typst', 'as @kap:2', 'kap:2'],
    ['latex', 'as \\cite{kap', 'kap'],
    ['latex', '\\citep[see][p.~3]{ito2020, kap', 'kap'],
    ['latex', '\\autocite*{', ''],
    ['latex', '\\nocite{a,', ''],
    ['latex', '\\cite{kap} and', undefined],
    ['latex', '\\textbf{kap', undefined],
    ['latex', '@kap', undefined],
  ] as const)('in %s after %j is %j', (syntax, before, expected) => {
    expect(typedKey(before, syntax)).toBe(expected);
  });
});

describe('the text of a citation', () => {
  it.each([
    ['pandoc', '', '[@a; @b]'],
    ['latex', 'Text ', '\\cite{a,b}'],
    ['latex', '\\cite{c, ', 'a, b'],
    ['typst', '', '@a @b'],
  ] as const)('in %s after %j is %j', (syntax, before, expected) => {
    expect(citationText(['a', 'b'], syntax, before)).toEqual({ text: expected, back: 0 });
  });

  it.each([
    ['pandoc', 'in cancer', ' [@a]'],
    ['pandoc', 'of 40%', ' [@a]'],
    ['pandoc', 'of aspirin (ASA)', ' [@a]'],
    ['pandoc', 'of *aspirin*', ' [@a]'],
    ['pandoc', 'of “aspirin”', ' [@a]'],
    ['pandoc', 'It works.', ' [@a]'],
    ['pandoc', 'in cancer ', '[@a]'],
    ['pandoc', 'in cancer (', '[@a]'],
    ['pandoc', 'in *', '[@a]'],
    ['pandoc', 'in “', '[@a]'],
    ['pandoc', '', '[@a]'],
    ['latex', 'in cancer', '~\\cite{a}'],
    ['latex', 'in \\emph{cancer}', '~\\cite{a}'],
    ['latex', 'in cancer~', '\\cite{a}'],
    ['latex', '``', '\\cite{a}'],
    ['typst', 'in cancer', ' @a'],
  ] as const)('in %s is set apart from a word before it: after %j it is %j', (syntax, before, expected) => {
    expect(citationText(['a'], syntax, before)).toEqual({ text: expected, back: 0 });
  });

  it.each([
    ['pandoc', 'in cancer [@a]', 'in cancer [@a; @b; @c]'],
    ['pandoc', 'in cancer [@a] ', 'in cancer [@a; @b; @c] '],
    ['pandoc', '[see @a, p. 3; -@d:2020]', '[see @a, p. 3; -@d:2020; @b; @c]'],
    ['latex', 'in cancer~\\cite{a}', 'in cancer~\\cite{a,b,c}'],
    ['latex', '\\parencite{a, d}~', '\\parencite{a, d,b,c}~'],
  ] as const)('in %s joins the group that ends %j', (syntax, before, expected) => {
    const { text, back } = citationText(['b', 'c'], syntax, before);
    const at = before.length - back;
    expect(before.slice(0, at) + text + before.slice(at)).toBe(expected);
  });

  it.each([
    ['pandoc', '[@a]  '],
    ['pandoc', '[@a].'],
    ['pandoc', '[the paper](https://a.b) '],
    ['pandoc', 'with a note^[see @a]'],
    ['pandoc', 'in [@fig-flow]'],
    ['pandoc', '![write to ann@a.org]'],
    ['pandoc', '\\[@a]'],
    ['pandoc', '@a [p. 3]'],
    ['latex', '\\cite[p.~3]{a}'],
    ['latex', '\\citeauthor{a}'],
    ['latex', '\\nocite{a}'],
    ['latex', '\\cite{}'],
    ['latex', '\\textbf{a}'],
    ['typst', 'in cancer @a'],
  ] as const)('in %s stands for itself after %j', (syntax, before) => {
    expect(citationText(['b'], syntax, before).back).toBe(0);
  });

  it('is known for the languages of VS Code and of extensions in which people write', () => {
    const languages = ['markdown', 'quarto', 'rmd', 'latex', 'tex', 'typst'];
    for (const language of languages) expect(citationSyntax(language)).toBeDefined();
    for (const language of ['bibtex', 'plaintext', 'toString'])
      expect(citationSyntax(language)).toBeUndefined();
  });
});
