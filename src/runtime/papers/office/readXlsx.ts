import { damagedPaper, unsupportedPaper } from '../errors';
import { type ExtractedPaper, sheetFormat } from '../paper';
import { ownMark } from './ownOfficeFile';
import { readSheet, readSharedStrings, type Row } from './sheet';
import { readXml } from './xml';
import { ZipParts } from './zipParts';

const kind = 'Excel workbook';
const maxSheets = 50;
/** The head of a list of papers stands in one of the first rows; some programs write a title above it. */
const maxHeadRow = 20;

/**
 * Reads a workbook as CSV: comma separated, quoted as RFC 4180 says. Of its sheets those are read that have a column of
 * titles, or the first sheet if none has. Sheets with other columns are put together by the names of their columns.
 * @throws {BioBertError} PAPER_DAMAGED, PAPER_UNSUPPORTED if it is empty, DOCUMENT_TOO_LARGE.
 */
export async function readXlsx(bytes: Uint8Array): Promise<ExtractedPaper> {
  const parts = await ZipParts.open(bytes, kind);
  const strings = readSharedStrings((await parts.text('xl/sharedStrings.xml')) ?? '');
  const sheets: Row[][] = [];
  for (const name of (await sheetParts(parts)).slice(0, maxSheets)) {
    const xml = await parts.text(name);
    if (xml !== undefined) sheets.push(readSheet(xml, strings));
  }
  if (sheets.length === 0) throw damagedPaper(kind);
  const filled = sheets.filter((rows) => rows.length > 0);
  if (filled.length === 0)
    throw unsupportedPaper('an Excel workbook without text', 'Choose one with a list of papers.');
  const lists = filled.map(withTitles).filter((rows) => rows !== undefined);
  const tables = lists.length > 0 ? lists : filled.slice(0, 1);
  return { text: (await ownMark(parts)) + toCsv(mergeTables(tables)), format: sheetFormat };
}

/** The parts of the sheets in the order of their tabs. */
async function sheetParts(parts: ZipParts): Promise<string[]> {
  const targets = new Map<string, string>();
  readXml((await parts.text('xl/_rels/workbook.xml.rels')) ?? '', {
    open({ name, attributes }) {
      const target = attributes['Target'] ?? '';
      if (name === 'Relationship') targets.set(attributes['Id'] ?? '', partName(target));
    },
    close: () => undefined,
    text: () => undefined,
  });
  const names: string[] = [];
  readXml((await parts.text('xl/workbook.xml')) ?? '', {
    open({ name, attributes }) {
      const part = name === 'sheet' ? targets.get(attributes['id'] ?? '') : undefined;
      if (part !== undefined && parts.has(part)) names.push(part);
    },
    close: () => undefined,
    text: () => undefined,
  });
  return names.length > 0 ? names : parts.has('xl/worksheets/sheet1.xml') ? ['xl/worksheets/sheet1.xml'] : [];
}

function partName(target: string): string {
  return target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`;
}

const titleColumn =
  /^(?:(?:article|document|paper|publication|primary|reference|study|item) ?)?titles?$|^ti$|^title\b.{0,20}$/i;

/** The rows from the head of a list of papers on; undefined if no row has a column of titles. */
function withTitles(rows: readonly Row[]): Row[] | undefined {
  const head = rows
    .slice(0, maxHeadRow)
    .findIndex((row) => row.length > 1 && row.some((cell) => titleColumn.test(cell.trim())));
  return head < 0 ? undefined : rows.slice(head);
}

/** @param tables Each with its head first. */
function mergeTables(tables: readonly Row[][]): Row[] {
  const [first = []] = tables;
  if (tables.length < 2) return [...first];
  const columns = new Map<string, { readonly index: number; readonly name: string }>();
  const rows: Row[] = [];
  for (const [head = [], ...body] of tables) {
    const places = head.map((name, position) => {
      const key = name.trim().toLowerCase() || `column ${position + 1}`;
      const column = columns.get(key) ?? { index: columns.size, name };
      columns.set(key, column);
      return column.index;
    });
    for (const row of body) {
      const merged: (string | undefined)[] = [];
      for (const [position, cell] of row.entries()) {
        const place = places[position];
        if (place !== undefined) merged[place] = cell;
      }
      rows.push(Array.from(merged, (cell) => cell ?? ''));
    }
  }
  return [[...columns.values()].map(({ name }) => name), ...rows];
}

function toCsv(rows: readonly Row[]): string {
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const lineOf = (row: Row) =>
    Array.from({ length: width }, (_, index) => quoted(row[index] ?? '')).join(',');
  return rows.map((row) => `${lineOf(row)}\n`).join('');
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) || /^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
