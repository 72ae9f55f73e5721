/**
 * Names the bibliography in a draft, where the program that sets the draft looks for it. Nothing of the draft is rewritten:
 * lines are inserted, so that YAML and LaTeX of the user stay byte for byte.
 */
import { citationSyntax } from './citationSyntax';

export interface Insertion {
  /** UTF-16 offset in the draft as it is. */
  readonly offset: number;
  readonly text: string;
}

export interface BibliographyAddition {
  /** The line that names the bibliography, as it is shown to the user. */
  readonly line: string;
  /** In the order of their offsets. */
  readonly insertions: readonly Insertion[];
}

/**
 * Returns what has to be inserted so that a draft names a bibliography.
 *
 * @param draft The text of the draft.
 * @param file The path of the bibliography relative to the folder of the draft, with forward slashes.
 * @param languageId The language id of VS Code.
 * @returns undefined if the draft names a bibliography already, or if no safe place is known: metadata in another format, a
 *   chapter of a LaTeX document, a language whose bibliography is not known here.
 *
 * @example
 * bibliographyAddition('# Aspirin', 'references.bib', 'markdown')
 * // { line: 'bibliography: references.bib', insertions: [{ offset: 0, text: '---\nbibliography: references.bib\n---\n\n' }] }
 */
export function bibliographyAddition(
  draft: string,
  file: string,
  languageId: string,
): BibliographyAddition | undefined {
  const syntax = citationSyntax(languageId);
  if (syntax === 'latex') return inLatex(draft, file);
  if (syntax !== 'pandoc') return undefined;
  const isPandoc = languageId === 'markdown';
  const line = `bibliography: ${yamlText(isPandoc ? literalMarkdown(file) : file)}`;
  const insertion = inFrontMatter(draft, line, isPandoc);
  return insertion && { line, insertions: [insertion] };
}

/** Whether YAML states a bibliography at its top level. Values of other fields are indented. */
export function namesBibliography(yaml: string): boolean {
  return /^(["']?)bibliography\1[ \t]*:/m.test(yaml);
}

/** Pandoc takes a block for metadata only if no blank line follows the first line. */
const opening = /^---[ \t]*\r?\n(?![ \t]*\r?\n)/;
const closing = /^(?:---|\.\.\.)[ \t]*$/m;
/** Pandoc reads metadata at any place after a blank line. */
const metadataBlock =
  /(?<![^\n]|\S[ \t]*\r?\n)---[ \t]*\r?\n(?![ \t]*\r?\n)[^]*?\n(?:---|\.\.\.)[ \t]*\r?$/gm;
/** The first line of a mapping: a key and a colon. */
const yamlKey = /^(?:"[^"\n]*"|'[^'\n]*'|[^\s"'{[\-?%&*!|>@`#,\]}][^\n]*?):(?:[ \t\r]|$)/;
/** A title block of Pandoc: title, authors and date, each with its continued lines. */
const titleBlock = /^(?:%.*\r?\n(?:[ \t]+\S.*\r?\n)*){1,3}/;

function inFrontMatter(draft: string, line: string, isPandoc: boolean): Insertion | undefined {
  const eol = lineEnd(draft);
  const later = isPandoc ? [...draft.matchAll(metadataBlock)].map(([block]) => block) : [];
  if (later.some(namesBibliography)) return undefined;
  // TOML of Hugo, which Pandoc does not read.
  if (/^\+\+\+[ \t]*\r?\n/.test(draft)) return undefined;
  const start = opening.exec(draft)?.[0].length;
  const length = start === undefined ? undefined : closing.exec(draft.slice(start))?.index;
  if (start !== undefined && length !== undefined) {
    const yaml = draft.slice(start, start + length);
    if (namesBibliography(yaml) || !isMapping(yaml)) return undefined;
    return { offset: start + length, text: `${line}${eol}` };
  }
  const block = `---${eol}${line}${eol}---${eol}`;
  if (!isPandoc || !draft.startsWith('%')) return { offset: 0, text: `${block}${eol}` };
  const title = titleBlock.exec(draft)?.[0];
  // The title block is only one at the very beginning.
  return title === undefined ? undefined : { offset: title.length, text: `${eol}${block}` };
}

/** Whether a line can be added at the end. A list or a text between lines of dashes is no metadata. */
function isMapping(yaml: string): boolean {
  const first = yaml.split(/\r?\n/).find((line) => line.trim() !== '' && !line.startsWith('#'));
  return first === undefined || yamlKey.test(first);
}

function yamlText(text: string): string {
  return /^[A-Za-z0-9_./-]+$/.test(text) ? text : JSON.stringify(text);
}

/**
 * Pandoc reads the texts of metadata as Markdown, in which signs of file names may mean something: an apostrophe becomes a
 * typographic one, two hyphens become a dash. A backslash before a sign takes its meaning away.
 */
function literalMarkdown(file: string): string {
  // Single signs inside words mean nothing.
  const isPlain = /^(?:[\p{L}\p{N}/. ]|(?<=[\p{L}\p{N}])[_-](?=[\p{L}\p{N}]))*$/u.test(file);
  return isPlain && !file.includes('...') ? file : file.replace(/[!--:-@[-`{-~]|\.(?=\.\.)/g, '\\$&');
}

const biblatex = /\\usepackage\s*(?:\[[^\]]*\]\s*)?\{[^{}]*\bbiblatex\b[^{}]*\}/g;
const natbib = /\\usepackage\s*(?:\[[^\]]*\]\s*)?\{[^{}]*\bnatbib\b[^{}]*\}/g;
const latexBibliography =
  /\\(?:(?:no)?bibliography|add(?:bib|global|section)\w*)\s*[[{]|\\begin\s*\{thebibliography\}/g;

function inLatex(draft: string, file: string): BibliographyAddition | undefined {
  const [begin, end] = [/\\begin\s*\{document\}/g, /\\end\s*\{document\}/g].map((each) =>
    places(draft, each).at(-1),
  );
  // A chapter is set by the document that inputs it.
  if (begin === undefined || end === undefined || places(draft, latexBibliography).length > 0)
    return undefined;
  if (places(draft, biblatex).length > 0) {
    const line = `\\addbibresource{${file}}`;
    const isPrinted = places(draft, /\\printbibliography\b/g).length > 0;
    const lines = isPrinted ? [] : [lineBefore(draft, end, '\\printbibliography')];
    return { line, insertions: [lineBefore(draft, begin, line), ...lines] };
  }
  // BibTeX reads no other signs in the name of a file.
  if (!/^[A-Za-z0-9_./-]+$/.test(file)) return undefined;
  const line = `\\bibliography{${file.replace(/\.bib$/, '')}}`;
  const style = places(draft, natbib).length > 0 ? 'plainnat' : 'plain';
  const hasStyle = places(draft, /\\bibliographystyle\s*\{/g).length > 0;
  const lines = [...(hasStyle ? [] : [`\\bibliographystyle{${style}}`]), line];
  return { line, insertions: [lineBefore(draft, end, lines.join(lineEnd(draft)))] };
}

/** The offsets of a pattern outside of comments. */
function places(latex: string, pattern: RegExp): readonly number[] {
  return [...latex.matchAll(pattern)]
    .map(({ index }) => index)
    .filter((index) => {
      const before = latex.slice(latex.lastIndexOf('\n', index - 1) + 1, index);
      return !/(?<!\\)(?:\\\\)*%/.test(before);
    });
}

function lineBefore(text: string, offset: number, line: string): Insertion {
  const eol = lineEnd(text);
  const isLineStart = offset === 0 || text[offset - 1] === '\n';
  return { offset, text: `${isLineStart ? '' : eol}${line}${eol}` };
}

/** The line ends of the text. */
function lineEnd(text: string): '\n' | '\r\n' {
  return /\r?\n/.exec(text)?.[0] === '\r\n' ? '\r\n' : '\n';
}
