/** How the languages in which people write cite a publication. */

/** `[@key]` of Pandoc, which Quarto and R Markdown share; `\cite{key}` of LaTeX; `@key` of Typst. */
export type CitationSyntax = 'pandoc' | 'latex' | 'typst';

const syntaxes: ReadonlyMap<string, CitationSyntax> = new Map([
  ['markdown', 'pandoc'],
  ['quarto', 'pandoc'],
  ['rmd', 'pandoc'],
  ['latex', 'latex'],
  ['tex', 'latex'],
  ['latex-expl3', 'latex'],
  ['rsweave', 'latex'],
  ['typst', 'typst'],
]);

/** The language ids of VS Code in which citations are completed. */
export const citingLanguages: readonly string[] = [...syntaxes.keys()];

/** @param languageId A language id of VS Code. @returns undefined for a language that has no citations. */
export function citationSyntax(languageId: string): CitationSyntax | undefined {
  return syntaxes.get(languageId);
}

/** A key after `@`, which is no part of an e-mail address; a minus leaves out the author: `[-@key]`. */
const atKey = /(?<![\p{L}\p{N}_.+@\\]-?)@([\p{L}\p{N}_][\p{L}\p{N}_:.#$%&+?<>~/-]*)?$/u;

/** The last key in `\cite{a, b`, with the optional arguments of natbib and biblatex. */
const citeKey = /\\[A-Za-z]*cite[A-Za-z]*\*?\s*(?:\[[^\]]*\]\s*){0,2}\{(?:[^{}]*,)?\s*([^\s{},]*)$/;

/**
 * Returns the part of a key that the user has typed.
 *
 * @param before The text of the line before the cursor.
 * @returns undefined if no key belongs there.
 */
export function typedKey(before: string, syntax: CitationSyntax): string | undefined {
  const found = (syntax === 'latex' ? citeKey : atKey).exec(before);
  return found ? (found[1] ?? '') : undefined;
}

/**
 * The text that cites publications.
 *
 * @param before The text of the line before the cursor; inside `\cite{…` only the keys are written.
 */
export function citationText(keys: readonly string[], syntax: CitationSyntax, before: string): string {
  switch (syntax) {
    case 'pandoc':
      return `[${keys.map((key) => `@${key}`).join('; ')}]`;
    case 'latex':
      return citeKey.test(before) ? keys.join(', ') : `\\cite{${keys.join(',')}}`;
    case 'typst':
      return keys.map((key) => `@${key}`).join(' ');
  }
}
