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

/** An insertion into the line of the cursor. */
export interface InsertedCitation {
  readonly text: string;
  /** The number of characters between its place and the cursor: they end the group that it joins. 0: it joins none. */
  readonly back: number;
}

/**
 * A group of citations right before the cursor, or a space before it; its end is captured. Footnotes are left out,
 * and references to figures and sections, which Quarto writes as citations.
 */
const pandocGroup =
  /(?<![\\^!])\[(?=[^[\]]*(?<![\p{L}\p{N}_.+@\\])@(?!(?:fig|tbl|sec|eq|lst|thm)[-:])[\p{L}\p{N}_])[^[\]]*(\] ?)$/u;

/** Commands that put all their keys into one pair of brackets. An optional argument would then belong to another key. */
const latexGroup =
  /\\(?:[Cc]itep?|(?:[Pp]aren|[Aa]uto|[Ss]mart|[Ff]oot|super)cite)\*?\{[^{}]*[^{}\s,][^{}]*(\}[ ~]?)$/;

/**
 * Cites publications in a line. A citation joins the group that it follows: `[@a]` becomes `[@a; @b]`; Typst joins them
 * itself. Otherwise it is set apart from a word before it, in LaTeX by a space at which no line breaks.
 *
 * @param before The text of the line before the cursor; inside `\cite{…` only the keys are written.
 */
export function citationText(
  keys: readonly string[],
  syntax: CitationSyntax,
  before: string,
): InsertedCitation {
  if (syntax === 'latex' && citeKey.test(before)) return { text: keys.join(', '), back: 0 };
  const end = groupEnd(syntax, before);
  if (end !== undefined) return { text: joined(keys, syntax), back: end.length };
  const space = syntax === 'latex' ? '~' : ' ';
  return { text: `${wordEnd.test(before) ? space : ''}${citation(keys, syntax)}`, back: 0 };
}

function groupEnd(syntax: CitationSyntax, before: string): string | undefined {
  if (syntax === 'typst') return undefined;
  return (syntax === 'latex' ? latexGroup : pandocGroup).exec(before)?.[1];
}

/** Keys that follow others in a group. */
function joined(keys: readonly string[], syntax: CitationSyntax): string {
  return keys.map((key) => (syntax === 'latex' ? `,${key}` : `; @${key}`)).join('');
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
