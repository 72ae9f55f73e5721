/** The content of Word and Excel files as plain data, which `runtime/officeFiles` writes. */

export interface TextRun {
  readonly text: string;
  readonly isBold?: boolean | undefined;
  readonly isItalic?: boolean | undefined;
  /** The address that the text opens. Default: none. */
  readonly url?: string | undefined;
}

/** A paragraph. */
export type TextRuns = readonly TextRun[];

/** The paragraphs of a cell. */
export type TableCell = readonly TextRuns[];

export type TextBlock =
  | { readonly kind: 'heading'; readonly level: 1 | 2; readonly runs: TextRuns }
  | { readonly kind: 'paragraph' | 'item'; readonly runs: TextRuns }
  | {
      readonly kind: 'table';
      readonly head: readonly TableCell[];
      readonly rows: readonly (readonly TableCell[])[];
      /** Shares of the columns in the width of the page. */
      readonly widths: readonly number[];
    };

export interface TextDocument {
  readonly title: string;
  /** Default: false. */
  readonly isLandscape?: boolean | undefined;
  readonly blocks: readonly TextBlock[];
}

/** A text with an address. */
export interface LinkCell {
  readonly text: string;
  readonly url: string;
}

/** A text is always a text, whatever it begins with; an empty one leaves the cell empty. */
export type SheetCell = string | number | LinkCell;

export interface SheetColumn {
  readonly title: string;
  /** Width in characters. */
  readonly width: number;
}

export interface Sheet {
  readonly name: string;
  readonly columns: readonly SheetColumn[];
  /** Number of columns on the left that stay in view. Default: none. */
  readonly fixedColumns?: number | undefined;
  readonly rows: readonly (readonly SheetCell[])[];
}

export interface Workbook {
  readonly sheets: readonly Sheet[];
  /** Stands at the end of a text that Excel cannot hold, `{0}` for the number of characters that were left out. */
  readonly cutMark: string;
}

/** Maximum number of characters in a cell of Excel. */
export const maxCellLength = 32_767;

/**
 * Shortens a text that is too long for a cell, with a mark at its end.
 *
 * @param mark As in {@link Workbook.cutMark}.
 */
export function cellText(text: string, mark: string): string {
  if (text.length <= maxCellLength) return text;
  const longestMark = mark.replace('{0}', () => String(text.length));
  let end = maxCellLength - longestMark.length;
  // Both halves of a character that takes two units stay together.
  if (/[\uD800-\uDBFF]/.test(text[end - 1] ?? '')) end -= 1;
  return text.slice(0, end) + mark.replace('{0}', () => String(text.length - end));
}

/** Removes what XML 1.0 does not allow, even as a reference, and halves of characters. */
export function xmlText(text: string): string {
  return text
    .replace(/\p{Cs}/gu, '\uFFFD')
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/gu, '');
}
