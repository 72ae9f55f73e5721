import type { DocumentFormat } from '../types';

/** What is known of a document besides its whole text. */
export interface DocumentHints {
  /** Language id of the editor (`markdown`, `latex`, `medline` …). */
  readonly languageId?: string;
  /** A path or the last part of one; only its extension counts. */
  readonly fileName?: string;
  /** The first thousand characters or so, for exports that carry a general extension such as `.txt`. */
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

/** A reference export saved under a general extension is known by how it begins. */
const byHead: readonly (readonly [RegExp, DocumentFormat])[] = [
  [/^\s*PMID- ?\d/, 'medline'],
  [/^\s*TY {2}- /, 'ris'],
  [/^\s*<\?xml\b|^\s*<!DOCTYPE\b|^\s*<(?:article|PubmedArticleSet|PubmedArticle|pmc-articleset)\b/i, 'jats'],
  [/^\s*(?:%[^\n]*\n\s*)*@[a-z]+\s*[{(]\s*[^\s,{}()"]+\s*[,=]/i, 'bibtex'],
];

/**
 * The format of a document: by the editor's language id where it names one, else by the file extension, else
 * by how the text begins. What nothing is known of is plain text.
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
