import { annotationOf } from './decisionNotes';
import type { ExportedRecord } from './exportedRecord';
import { filled, markupLike, oneLine, personName } from './exportedText';
import { publicationKind, type PublicationKind } from './publicationKind';

const entryTypes: Readonly<Record<PublicationKind, string>> = {
  article: 'article',
  book: 'book',
  chapter: 'incollection',
  conference: 'inproceedings',
  thesis: 'phdthesis',
  report: 'techreport',
  preprint: 'misc',
  other: 'misc',
};

/**
 * Writes records as BibTeX in UTF-8, which BibTeX, Biber, Pandoc and Quarto read. Characters that mean something in LaTeX are
 * commands, braces too, because BibTeX counts them even after a backslash; DOIs are left as they are, as Zotero writes them.
 */
export function writeBibtex(records: readonly ExportedRecord[]): string {
  return records.map((exported) => bibtexEntry(exported)).join('\n');
}

function bibtexEntry(exported: ExportedRecord): string {
  const { record, key } = exported;
  const kind = publicationKind(record);
  const container = kind === 'conference' || kind === 'chapter' ? 'booktitle' : 'journal';
  const fields: readonly (readonly [name: string, value: string | undefined])[] = [
    ['title', record.title === undefined ? undefined : bibtexTitle(record.title)],
    ['author', filled(record.authors).map(bibtexName).join(' and ')],
    ['year', record.year === undefined ? undefined : String(record.year)],
    [container, latexText(record.journal)],
    ['volume', latexText(record.volume)],
    ['number', latexText(record.issue)],
    ['pages', latexText(record.pages?.replace(/-+/g, '-'))?.replaceAll('-', '--')],
    ['doi', record.doi?.replace(/[{}\\]/g, encodeURIComponent)],
    ['pmid', record.pmid],
    ['pmcid', record.pmcid],
    ['keywords', filled(record.keywords).map(bibtexKeyword).join(', ')],
    ['abstract', latexText(record.abstract)],
    ['annote', latexText(annotationOf(exported))],
  ];
  const lines = fields.flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [`  ${name} = {${value}},\n`],
  );
  return `@${entryTypes[kind]}{${key},\n${lines.join('')}}\n`;
}

/** The commands for characters that mean something in LaTeX. The empty group keeps the space after them. */
const commands: Readonly<Partial<Record<string, string>>> = {
  '\\': '\\textbackslash{}',
  '{': '\\textbraceleft{}',
  '}': '\\textbraceright{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '`': '\\textasciigrave{}',
};

function latexText(text: string): string;
function latexText(text: string | undefined): string | undefined;
function latexText(text: string | undefined): string | undefined {
  return text === undefined ? undefined : escaped(oneLine(text));
}

/** @param text On one line: it has no NUL, which stands for an empty group until all signs are escaped. */
function escaped(text: string): string {
  return text
    .replace(markupLike, (sign) => `${sign}\u0000`)
    .replace(/[\\{}~^`]/g, (sign) => commands[sign] ?? sign)
    .replace(/[%&#_$]/g, '\\$&')
    .replace(/(['-])(?=\1)/g, '$1{}')
    .replaceAll('\u0000', '{}');
}

/** A word whose capitals styles must not change: `BRCA1`, `mRNA`, the `C` in vitamin C. */
const capitalised = /(?<![\p{L}\p{N}])(?:\p{Lu}(?![\p{L}\p{N}])|[\p{L}\p{N}]+\p{Lu}[\p{L}\p{N}]*)/gu;

function bibtexTitle(title: string): string {
  const text = oneLine(title);
  const parts: string[] = [];
  let from = 0;
  for (const { 0: word, index } of text.matchAll(capitalised)) {
    parts.push(escaped(text.slice(from, index)), `{${word}}`);
    from = index + word.length;
  }
  return parts.join('') + escaped(text.slice(from));
}

function bibtexName(author: string): string {
  const name = personName(author);
  if ('literal' in name) return `{${latexText(name.literal)}}`;
  const part = (text: string): string => (/,|\band\b/i.test(text) ? `{${latexText(text)}}` : latexText(text));
  return `${part(name.family)}, ${part(name.given)}`;
}

/** BibLaTeX divides keywords at commas outside of braces. */
function bibtexKeyword(keyword: string): string {
  return /[,;]/.test(keyword) ? `{${latexText(keyword)}}` : latexText(keyword);
}
