import type { DocumentFormat } from '../../core/types';

/** Kinds of files whose text is extracted. */
export type PaperKind = 'pdf' | 'docx' | 'xlsx';

/** The text of a paper. */
export interface ExtractedPaper {
  /** Offsets of mentions and answers refer to it. */
  readonly text: string;
  readonly format: DocumentFormat;
  /** Number of pages; undefined for a file without pages. */
  readonly pages?: number | undefined;
  /** Pages that have no text, such as scanned ones. */
  readonly textlessPages?: readonly number[] | undefined;
}

/** The format of the text of a spreadsheet. */
export const sheetFormat: DocumentFormat = 'table';

/** The format of the text of each kind. */
export function formatOfKind(kind: PaperKind): DocumentFormat {
  return kind === 'xlsx' ? sheetFormat : 'paper';
}
