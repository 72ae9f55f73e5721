import { paperTooLarge } from '../errors';
import { readXml } from './xml';

/** The cells of a row, as text. */
export type Row = readonly string[];

const maxColumns = 16_384;
const maxCells = 5_000_000;

/** The texts that cells refer to by number. @param xml The part `sharedStrings.xml`. */
export function readSharedStrings(xml: string): readonly string[] {
  const strings: string[] = [];
  let text: string | undefined;
  let isText = false;
  let phonetic = 0;
  readXml(xml, {
    open({ name }) {
      if (name === 'si') text = '';
      else if (name === 'rPh') phonetic += 1;
      else if (name === 't') isText = phonetic === 0;
    },
    close(name) {
      if (name === 't') isText = false;
      else if (name === 'rPh') phonetic -= 1;
      else if (name === 'si') {
        strings.push(unescaped(text ?? ''));
        text = undefined;
      }
    },
    text(part) {
      if (isText && text !== undefined) text += part;
    },
  });
  return strings;
}

/** The rows of a sheet that have text. @throws {BioBertError} DOCUMENT_TOO_LARGE. */
export function readSheet(xml: string, strings: readonly string[]): Row[] {
  const rows: Row[] = [];
  let row: (string | undefined)[] = [];
  let cell: { column: number; type: string; text: string } | undefined;
  let isValue = false;
  let cells = 0;
  readXml(xml, {
    open({ name, attributes }) {
      if (name === 'row') row = [];
      else if (name === 'c')
        cell = { column: columnOf(attributes['r']) ?? row.length, type: attributes['t'] ?? 'n', text: '' };
      else if (name === 'v' || name === 't') isValue = true;
    },
    close(name) {
      if (name === 'v' || name === 't') isValue = false;
      else if (name === 'c' && cell) {
        if (cell.column < maxColumns && cell.text !== '') row[cell.column] = valueOf(cell, strings);
        cell = undefined;
      } else if (name === 'row') {
        const filled = Array.from(row, (each) => each ?? '');
        cells += filled.length;
        if (cells > maxCells) throw paperTooLarge('It has too many cells.');
        if (filled.some((each) => each.trim() !== '')) rows.push(filled);
      }
    },
    text(part) {
      if (isValue && cell) cell.text += part;
    },
  });
  return rows;
}

function valueOf(
  { type, text }: { readonly type: string; readonly text: string },
  strings: readonly string[],
): string {
  if (type === 's') return strings[Number(text)] ?? '';
  if (type === 'b') return text === '1' ? 'TRUE' : 'FALSE';
  if (type === 'e') return '';
  return type === 'n' ? text : unescaped(text);
}

/** Excel writes characters that XML forbids as `_x000D_`. */
function unescaped(text: string): string {
  return text.replace(/_x([\da-fA-F]{4})_/g, (_, code: string) => {
    const value = Number.parseInt(code, 16);
    return value === 13 ? '' : String.fromCharCode(value);
  });
}

/** The column of a cell such as `AB12`, from 0. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}(?=\d)/.exec(reference ?? '')?.[0];
  if (letters === undefined) return undefined;
  return Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
