import { rowAt, rowsOf, type Row } from './delimited';
import type { FieldKind } from './recordSyntax';
import { columnKinds } from './tableColumns';

const delimiters = [',', ';', '\t', '|'];

/** Number of rows from which the columns of a table with unknown names are guessed. */
const sampledRows = 50;
/** Minimum mean length of the cells of a column of prose, in characters. */
const minProseLength = 25;

/** The layout of a table. */
export interface TableLayout {
  readonly delimiter: string;
  /** The names of the columns. */
  readonly header: readonly string[];
  /** The meaning of each column. */
  readonly kinds: readonly (FieldKind | undefined)[];
  /** Offset after the header. */
  readonly end: number;
}

/** Whether a text begins with the column names of a table of records: a title and something else. */
export function isTable(head: string): boolean {
  const firstLine = /^\uFEFF?[^\r\n]*/.exec(head)?.[0] ?? '';
  return delimiters.some((delimiter) => {
    const kinds = columnKinds(cellTexts(firstLine, rowAt(firstLine, delimiter, bomLength(head))));
    return kinds.includes('title') && kinds.filter((kind) => kind !== undefined).length > 1;
  });
}

export function tableLayout(text: string): TableLayout {
  const start = bomLength(text);
  let best: (TableLayout & { readonly score: number }) | undefined;
  for (const delimiter of delimiters) {
    const row = rowAt(text, delimiter, start);
    const header = cellTexts(text, row);
    const kinds = columnKinds(header);
    // A recognised name counts more than any number of columns.
    const score = kinds.filter((kind) => kind !== undefined).length * 1000 + header.length;
    if (!best || score > best.score) best = { delimiter, header, kinds, end: row.end, score };
  }
  if (!best) return { delimiter: ',', header: [], kinds: [], end: start };
  if (best.kinds.some((kind) => kind === 'title' || kind === 'abstract')) return best;
  return { ...best, kinds: proseColumns(text, best) };
}

function bomLength(text: string): number {
  return text.startsWith('\uFEFF') ? 1 : 0;
}

function cellTexts(text: string, { cells }: Row): string[] {
  return cells.map((cell) => text.slice(cell.start, cell.end).trim());
}

/** Marks the columns that contain prose, by the mean length of their first cells. */
function proseColumns(
  text: string,
  { delimiter, kinds, end }: Pick<TableLayout, 'delimiter' | 'kinds' | 'end'>,
): (FieldKind | undefined)[] {
  const lengths = kinds.map(() => 0);
  let rows = 0;
  for (const { cells } of rowsOf(text, delimiter, end)) {
    for (const [index, cell] of cells.entries()) {
      if (/\p{L} \p{L}/u.test(text.slice(cell.start, cell.end)))
        lengths[index] = (lengths[index] ?? 0) + cell.end - cell.start;
    }
    if ((rows += 1) === sampledRows) break;
  }
  return kinds.map(
    (kind, index) => kind ?? ((lengths[index] ?? 0) / rows >= minProseLength ? 'note' : undefined),
  );
}
