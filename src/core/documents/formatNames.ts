import type { DocumentFormat } from '../types';

/** The name of each format in a message, after "read as" or "looks like". */
export const formatNames: Readonly<Record<DocumentFormat, string>> = {
  plain: 'plain text',
  markdown: 'Markdown',
  latex: 'LaTeX',
  jats: 'XML',
  notebook: 'a Jupyter notebook',
  paper: 'the text of a paper',
  typst: 'Typst',
  restructuredtext: 'reStructuredText',
  asciidoc: 'AsciiDoc',
  org: 'Org',
  bibtex: 'BibTeX',
  medline: 'PubMed (nbib)',
  'pubmed-text': 'PubMed abstracts',
  ris: 'RIS',
  wos: 'Web of Science text',
  endnote: 'EndNote tagged text',
  table: 'a table of records',
  'csl-json': 'CSL-JSON',
  cord19: 'CORD-19 JSON',
  'xml-records': 'XML of records',
};
