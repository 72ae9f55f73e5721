import type { Cut, Segments } from './blocks';
import { rowAt, rowsOf, type Cell, type Row } from './delimited';
import { proseOfField } from './fieldMarkup';
import { keywordsOf } from './keywords';
import { recordParser, type FieldKind, type SourceField } from './recordSyntax';
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

/**
 * Tables of records, one in a row: comma-, semicolon- or tab-separated values with column names in the first row. Titles,
 * abstracts and keywords are read, each cell on its own. If no column has a name of these, the columns that contain prose
 * are read.
 */
export const table = recordParser({
  cut(text) {
    const layout = tableLayout(text);
    const context = layout.delimiter + layout.kinds.map((kind) => kind ?? '').join(' ');
    return Array.from(rowsOf(text, layout.delimiter, layout.end), ({ start, end }): Cut => ({
      start,
      end,
      context,
    }));
  },
  fields: fieldsOf,
  read(segments, source, part) {
    proseOfField(segments, source, part, (start, end) => {
      readCell(segments, source, start, end);
    });
  },
});

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

function* fieldsOf(source: string, context: string): Generator<SourceField> {
  const delimiter = context.charAt(0);
  const kinds = context.slice(1).split(' ') as (FieldKind | '')[];
  const { cells } = rowAt(source, delimiter, 0);
  for (const [index, cell] of cells.entries()) {
    const kind = kinds[index] ?? '';
    if (kind === '' || cell.end === cell.start) continue;
    if (kind === 'keyword') yield* keywordsIn(source, cell);
    else yield { kind, parts: [cell] };
  }
}

function* keywordsIn(source: string, cell: Cell): Generator<SourceField> {
  const value = source.slice(cell.start, cell.end);
  for (const { start, end } of keywordsOf(value)) {
    yield { kind: 'keyword', parts: [{ start: cell.start + start, end: cell.start + end }] };
  }
}

/** Reads a cell, in which a quote is written twice. */
function readCell(segments: Segments, source: string, start: number, end: number): void {
  let from = start;
  for (let at = source.indexOf('""', start); at >= 0 && at < end; at = source.indexOf('""', at + 2)) {
    segments.builder.prose(from, at);
    segments.builder.replace('"', at, at + 2);
    from = at + 2;
  }
  segments.builder.prose(from, end);
}
