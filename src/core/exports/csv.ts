import { withGuard, withoutGuard } from '../spreadsheetText';

/** Comma-separated values (RFC 4180), as spreadsheets read them. */

/**
 * Writes one line, including the line break. A field that a spreadsheet would take for a formula gets an apostrophe in
 * front: the text comes from documents, and opening the table must not execute it.
 */
export function csvLine(fields: readonly (string | number)[]): string {
  return `${fields.map((field) => (typeof field === 'number' ? String(field) : csvField(field))).join(',')}\r\n`;
}

function csvField(text: string): string {
  const safe = withGuard(text);
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** Reads a CSV file, whether {@link csvLine} wrote it or not, into records of fields. */
export function readCsv(file: string): readonly (readonly string[])[] {
  const records: string[][] = [];
  let record: string[] = [];
  const pattern = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n|\n|\r|$)/gy;
  const text = file.replace(/^\uFEFF/, '');
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    if (!match) break;
    const [, field = '', end = ''] = match;
    record.push(fieldText(field));
    if (end === ',') {
      if (pattern.lastIndex === text.length) record.push('');
      continue;
    }
    records.push(record);
    record = [];
  }
  if (record.length > 0) records.push(record);
  return records;
}

function fieldText(field: string): string {
  return withoutGuard(field.startsWith('"') ? field.slice(1, -1).replace(/""/g, '"') : field);
}
