import type { DocumentFormat } from '../types';

/** Information about a document other than its whole text. */
export interface DocumentHints {
  /** The editor's language id (`markdown`, `latex`, `medline` …). */
  readonly languageId?: string;
  /** A path or file name; only its extension is used. */
  readonly fileName?: string;
  /** About the first thousand characters, to recognise exports with a general extension such as `.txt`. */
  readonly head?: string;
}

const byLanguage = new Map<string, DocumentFormat>(
  Object.entries({
    markdown: 'markdown',
    quarto: 'markdown',
    rmd: 'markdown',
    mdx: 'markdown',
    latex: 'latex',
    tex: 'latex',
    'latex-expl3': 'latex',
    doctex: 'latex',
    rsweave: 'latex',
    bibtex: 'bibtex',
    biblatex: 'bibtex',
    medline: 'medline',
    ris: 'ris',
    xml: 'jats',
    jats: 'jats',
    html: 'jats',
    jupyter: 'notebook',
  }),
);

const byExtension = new Map<string, DocumentFormat>(
  Object.entries({
    md: 'markdown',
    markdown: 'markdown',
    mdown: 'markdown',
    mkd: 'markdown',
    qmd: 'markdown',
    rmd: 'markdown',
    mdx: 'markdown',
    tex: 'latex',
    ltx: 'latex',
    latex: 'latex',
    rnw: 'latex',
    bib: 'bibtex',
    nbib: 'medline',
    medline: 'medline',
    ris: 'ris',
    xml: 'jats',
    nxml: 'jats',
    jats: 'jats',
    html: 'jats',
    htm: 'jats',
    xhtml: 'jats',
    ipynb: 'notebook',
  }),
);

/**
 * Patterns that recognise an export from a reference manager by its first characters, if it was saved with a general
 * extension.
 */
const byHead: readonly (readonly [RegExp, DocumentFormat])[] = [
  [/^\s*PMID- ?\d/, 'medline'],
  [/^\s*TY {2}- /, 'ris'],
  [/^\s*<\?xml\b|^\s*<!DOCTYPE\b|^\s*<(?:article|PubmedArticleSet|PubmedArticle|pmc-articleset)\b/i, 'jats'],
  [/^\s*(?:%[^\n]*\n\s*)*@[a-z]+\s*[{(]\s*[^\s,{}()"]+\s*[,=]/i, 'bibtex'],
];

/**
 * Detects the format of a document: from the editor's language id, else from the file extension, else from the first
 * characters of the text. Default: plain text.
 * @example formatOf({ fileName: 'refs.bib' }) // 'bibtex'
 */
export function formatOf(hints: DocumentHints): DocumentFormat {
  return (
    byLanguage.get(hints.languageId?.toLowerCase() ?? '') ??
    byExtension.get(extensionOf(hints.fileName ?? '')) ??
    byHead.find(([pattern]) => pattern.test((hints.head ?? '').replace(/^\uFEFF/, '')))?.[1] ??
    'plain'
  );
}

function extensionOf(fileName: string): string {
  const name = fileName.slice(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(dot + 1).toLowerCase() : '';
}
