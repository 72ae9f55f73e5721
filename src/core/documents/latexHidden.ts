import type { Span } from '../types';

const conditional = /\\(?:(if(?!f(?![a-zA-Z])|thenelse)[a-zA-Z@]*)|(fi)|(else))(?![a-zA-Z@])/g;

/**
 * The offset after the part of `\iffalse` that is not printed, which begins at `start`: after its `\else` or `\fi`. Inner
 * conditionals are passed over. Without an end, nothing up to the end of the text is printed.
 */
export function afterFalse(text: string, start: number): number {
  conditional.lastIndex = start;
  let depth = 0;
  for (let match = conditional.exec(text); match; match = conditional.exec(text)) {
    if (match[1] !== undefined) depth += 1;
    else if (match[2] !== undefined) depth -= 1;
    if (depth === 0 || (depth === 1 && match[3] !== undefined)) return conditional.lastIndex;
  }
  return text.length;
}

const border =
  /\\(?:(part|chapter|section|subsection|subsubsection|paragraph)\*?\s{0,8}(?:\[[^\][]{0,200}\]\s{0,8})?\{((?:[^{}]|\{[^{}]{0,160}\}){1,160})\}|(acknowledge?ments?)(?![a-zA-Z])\s{0,8}(?!\s|[{}])|(appendix|bibliography|printbibliography|begin\{thebibliography|end\{document)(?![a-zA-Z]))/g;
const levels = ['part', 'chapter', 'section', 'subsection', 'subsubsection', 'paragraph'];
const administrative =
  /^\W*(?:\d[\d.]*\W*)?(?:acknowledge?ments?\b|funding\b|financial (?:support|disclosure)|(?:authors?['’]?s?['’]? )?contributions?(?: of (?:the )?authors| statement)?\W*$|authors?['’]?s?['’]? contributions?\b|contributorship\b|(?:(?:declaration|statement) of )?(?:conflicts? of|competing|financial) interests?\b|disclosures?\W*$)/i;

/**
 * The sections about the authors: acknowledgements, funding, contributions, conflicts of interest. They are not read,
 * because names and initials of authors look like names of genes.
 */
export function administrativeSections(text: string): Span[] {
  const sections: Span[] = [];
  let open: { readonly start: number; readonly level: number } | undefined;
  for (const match of text.matchAll(border)) {
    if (isInComment(text, match.index)) continue;
    const [, kind, title = '', isAcknowledgement] = match;
    const level = kind === undefined ? (isAcknowledgement === undefined ? 0 : 2) : levels.indexOf(kind);
    if (open && level > open.level) continue;
    if (open) sections.push({ start: open.start, end: match.index });
    const isAdministrative =
      isAcknowledgement !== undefined ||
      (kind !== undefined && administrative.test(title.replace(/\\[a-zA-Z]+\*?|[{}]/g, ' ')));
    open = isAdministrative ? { start: match.index, level } : undefined;
  }
  if (open) sections.push({ start: open.start, end: text.length });
  return sections;
}

function isInComment(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 200), at);
  return /(?:^|[^\\])%/.test(before.slice(before.lastIndexOf('\n') + 1));
}
