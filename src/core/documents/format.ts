import type { DocumentFormat } from '../types';
import { recognisedFormat } from './recognise';

/** Information about a document other than its whole text. */
export interface DocumentHints {
  /** The editor's language id (`markdown`, `latex`, `medline` …). */
  readonly languageId?: string;
  /** A path or file name; only its extension is used. */
  readonly fileName?: string;
  /** The first {@link headLength} characters, to recognise exports whatever they are named. */
  readonly head?: string;
}

/** Number of characters at the beginning of a document that are enough to recognise its format. */
export const headLength = 8000;

interface FormatRow {
  readonly format: DocumentFormat;
  /** Language ids of VS Code and of extensions for it. */
  readonly languages: readonly string[];
  /** In lower case, without their point. */
  readonly extensions: readonly string[];
}

const row = (format: DocumentFormat, languages: string, extensions: string): FormatRow => ({
  format,
  languages: languages.split(' '),
  extensions: extensions === '' ? [] : extensions.split(' '),
});

/** The language ids and extensions of every format. The editor, its file watcher and the terminal all use this list. */
const rows: readonly FormatRow[] = [
  row('plain', 'plaintext', 'txt text'),
  row('markdown', 'markdown quarto rmd mdx', 'md markdown mdown mkd qmd rmd mdx'),
  row('latex', 'latex tex latex-expl3 doctex rsweave', 'tex ltx latex rnw'),
  row('typst', 'typst', 'typ'),
  row('restructuredtext', 'restructuredtext', 'rst rest'),
  row('asciidoc', 'asciidoc', 'adoc asciidoc'),
  row('org', 'org', 'org'),
  row('bibtex', 'bibtex biblatex', 'bib'),
  row('medline', 'medline', 'nbib medline'),
  row('ris', 'ris', 'ris'),
  row('wos', 'wos', 'ciw isi'),
  row('endnote', 'endnote', 'enw refer'),
  row('table', 'csv tsv', 'csv tsv'),
  row('jats', 'xml jats html', 'xml nxml jats html htm xhtml'),
  row('notebook', 'jupyter', 'ipynb'),
  row('paper', 'biobert-paper', 'pdf docx xlsx'),
  row('csl-json', 'csl-json', 'json'),
  // These are only recognised by their content.
  row('pubmed-text', 'pubmed-text', ''),
  row('xml-records', 'xml-records', ''),
  row('cord19', 'cord19', ''),
];

/** Extensions of files of which only exports of records are documents: most are data or settings. */
const onlyExports: ReadonlySet<string> = new Set(['csv', 'tsv', 'json']);

const byLanguage = new Map(rows.flatMap(({ format, languages }) => languages.map((each) => [each, format])));
const byExtension = new Map(
  rows.flatMap(({ format, extensions }) => extensions.map((each) => [each, format])),
);

/** The language ids of all documents that have an extension of their own. */
export const documentLanguages: readonly string[] = rows
  .filter(({ extensions }) => extensions.length > 0)
  .flatMap(({ languages }) => languages);

/** The first language id of each format. */
export const formatLanguages: readonly string[] = rows.flatMap(({ languages }) => languages.slice(0, 1));

/** The language id by which a user names a format. */
export function languageOf(format: DocumentFormat): string {
  return rows.find((each) => each.format === format)?.languages[0] ?? format;
}

/** The extensions of all documents that can be read, without their point. */
export const documentExtensions: readonly string[] = [...byExtension.keys()];

/** The extensions of a language, without their point. Undefined for a language that is not in the list. */
export function extensionsOfLanguage(languageId: string): readonly string[] | undefined {
  const format = byLanguage.get(languageId);
  return rows.find((each) => each.format === format)?.extensions;
}

/** Formats of files that a program has written. Their extension is often that of another format. */
const exported: ReadonlySet<DocumentFormat | undefined> = new Set([
  undefined,
  'plain',
  'bibtex',
  'medline',
  'ris',
  'wos',
  'endnote',
  'table',
  'jats',
]);

/**
 * Detects the format of a document: from the editor's language id, else from the file extension. The content decides
 * where the extension is a general one, such as `.txt`, or that of an export in another format.
 * @example formatOf({ fileName: 'refs.bib' }) // 'bibtex'
 */
export function formatOf({ languageId = '', fileName = '', head = '' }: DocumentHints): DocumentFormat {
  const fromExtension = namedFormat(fileName);
  const fromLanguage = byLanguage.get(languageId.toLowerCase());
  // VS Code takes files of languages that it does not know for plain text.
  const named = fromLanguage === undefined || fromLanguage === 'plain' ? fromExtension : fromLanguage;
  return (exported.has(named) ? recognisedFormat(head) : undefined) ?? named ?? 'plain';
}

/** Whether a file of this name may be an export of records: its extension says so, or its content decides. */
export function mayBeExport(fileName: string): boolean {
  return exported.has(namedFormat(fileName));
}

/** The format that an extension names. That of JSON names none, because most JSON has no records. */
function namedFormat(fileName: string): DocumentFormat | undefined {
  const extension = extensionOf(fileName);
  return extension === 'json' ? undefined : byExtension.get(extension);
}

/** Whether files of this name are documents only if they are exports of records. */
export function isOnlyExport(fileName: string): boolean {
  return onlyExports.has(extensionOf(fileName));
}

/** Whether a file with one of the {@link documentExtensions} is a document. Tables and JSON are only if they have records. */
export function isDocument({ fileName = '', head = '' }: DocumentHints): boolean {
  return !isOnlyExport(fileName) || recognisedFormat(head) !== undefined;
}

/** The extension of a file name, in lower case and without its point. */
export function extensionOf(fileName: string): string {
  const name = fileName.slice(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(dot + 1).toLowerCase() : '';
}
