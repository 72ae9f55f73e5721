import type { DocumentFormat } from '../types';

/** Formats in which each block is a record, and not a publication with its full text. It imports no parser. */
export const recordFormats = [
  'bibtex',
  'medline',
  'pubmed-text',
  'ris',
  'wos',
  'endnote',
  'table',
  'csl-json',
  'xml-records',
] as const satisfies readonly DocumentFormat[];

export function isRecordFormat(format: DocumentFormat): boolean {
  return (recordFormats as readonly DocumentFormat[]).includes(format);
}
