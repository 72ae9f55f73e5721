import type { Span } from '../types';

/** A cell of a table: the span of its content, without quotes around it. */
export interface Cell extends Span {
  /** Whether it stands in quotes; a quote in it is written twice. */
  readonly isQuoted: boolean;
}

/** A row of a table, without its line break. */
export interface Row extends Span {
  readonly cells: readonly Cell[];
}

/** Maximum length of a quoted cell, in characters. A quote that is not closed by then is an ordinary character. */
const maxQuotedLength = 200_000;

/**
 * The rows of a text of delimited values (RFC 4180), with the place of each cell. A quoted cell may contain delimiters and
 * line breaks. Blank rows are left out.
 */
export function* rowsOf(text: string, delimiter: string, start = 0): Generator<Row> {
  let at = start;
  while (at < text.length) {
    const row = rowAt(text, delimiter, at);
    if (row.cells.length > 1 || row.end > row.start) yield row;
    at = row.end + (text.startsWith('\r\n', row.end) ? 2 : 1);
  }
}

/** The row at offset `start`, which may be blank. */
export function rowAt(text: string, delimiter: string, start: number): Row {
  const cells: Cell[] = [];
  let at = start;
  for (;;) {
    const cell = quotedCell(text, delimiter, at) ?? plainCell(text, delimiter, at);
    cells.push(cell);
    at = cell.end + (cell.isQuoted ? 1 : 0);
    if (text.charAt(at) !== delimiter) return { start, end: at, cells };
    at += 1;
  }
}

function plainCell(text: string, delimiter: string, start: number): Cell {
  let end = start;
  while (end < text.length && !isBorder(text, delimiter, end)) end += 1;
  return { start, end, isQuoted: false };
}

/** The quoted cell at `start`, if there is one and its closing quote stands at the end of a cell. */
function quotedCell(text: string, delimiter: string, start: number): Cell | undefined {
  if (text.charAt(start) !== '"') return undefined;
  const limit = Math.min(text.length, start + maxQuotedLength);
  for (let at = text.indexOf('"', start + 1); at >= 0 && at < limit; at = text.indexOf('"', at + 1)) {
    if (isBorder(text, delimiter, at + 1)) return { start: start + 1, end: at, isQuoted: true };
    if (text.charAt(at + 1) === '"') at += 1;
  }
  return undefined;
}

/** Whether a cell ends before offset `at`. */
function isBorder(text: string, delimiter: string, at: number): boolean {
  const character = text.charAt(at);
  return character === '' || character === delimiter || character === '\n' || character === '\r';
}
