import { hasGuard } from '../spreadsheetText';
import type { Cut, Segments } from './blocks';
import { rowAt, rowsOf, type Cell } from './delimited';
import { proseOfField } from './fieldMarkup';
import { keywordsOf } from './keywords';
import { recordParser, type FieldKind, type SourceField } from './recordSyntax';
import { tableLayout } from './tableLayout';

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
  read(segments, source, { start, end }) {
    const first = hasGuard(source.slice(start, end)) ? start + 1 : start;
    proseOfField(segments, source, { start: first, end }, (from, to) => {
      readCell(segments, source, from, to);
    });
  },
});

/** Matches what R, pandas and databases write for a cell without a value. */
const missing = /^\s*(?:|NA|N\/A|NaN|NULL|None)\s*$/;

function* fieldsOf(source: string, context: string): Generator<SourceField> {
  const delimiter = context.charAt(0);
  const kinds = context.slice(1).split(' ') as (FieldKind | '')[];
  const { cells } = rowAt(source, delimiter, 0);
  for (const [index, cell] of cells.entries()) {
    const kind = kinds[index] ?? '';
    if (kind === '' || missing.test(source.slice(cell.start, cell.end))) continue;
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
