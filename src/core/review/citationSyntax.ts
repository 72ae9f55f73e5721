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
 * The end of a word, a number or a sentence, or a closing sign. A straight quote and a sign of markup close if something stands
 * before them.
 */
const wordEnd = /(?:[\p{L}\p{M}\p{N}\p{Pe}\p{Pf}%°′.,;:!?…]|[^\s([{`]["'*_`$])$/u;

/**
 * The text that cites publications. It is set apart from a word before it, in LaTeX by a space at which no line breaks.
 *
 * @param before The text of the line before the cursor; inside `\cite{…` only the keys are written.
 */
export function citationText(keys: readonly string[], syntax: CitationSyntax, before: string): string {
  if (syntax === 'latex' && citeKey.test(before)) return keys.join(', ');
  const space = syntax === 'latex' ? '~' : ' ';
  return `${wordEnd.test(before) ? space : ''}${citation(keys, syntax)}`;
}

function citation(keys: readonly string[], syntax: CitationSyntax): string {
  switch (syntax) {
    case 'pandoc':
      return `[${keys.map((key) => `@${key}`).join('; ')}]`;
    case 'latex':
      return `\\cite{${keys.join(',')}}`;
    case 'typst':
      return keys.map((key) => `@${key}`).join(' ');
  }
}
