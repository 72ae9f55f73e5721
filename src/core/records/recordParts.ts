import { bibtexEntries } from '../documents/bibtexEntries';
import { tableLayout } from '../documents/tableLayout';
import { vocabularyHead, vocabularyOf } from '../documents/xmlVocabularies';
import { firstWhere } from '../firstWhere';
import type { DocumentFormat, Span } from '../types';
import { recordStarts } from './readRecords';

/** A part of a file of records, which can be read as a file of its own. */
export interface RecordPart {
  readonly text: string;
  /** The offset in the file is the offset in `text` plus this number. */
  readonly shift: number;
  /** Number of records in the part. */
  readonly records: number;
}

/** Number of records in a part. A file with no more is not divided. */
const recordsPerPart = 100;

/**
 * Divides a file of records into parts of {@link recordsPerPart}, so that work on it takes memory for a part, and gives
 * results after each. A part begins with what its records need of the file: the names of the columns of a table, the
 * strings of BibTeX, the element of Europe PMC. Nothing is found there, because these are no records.
 */
export function* recordParts(text: string, format: DocumentFormat): Generator<RecordPart> {
  const starts = recordStarts(text, format);
  if (starts.length <= recordsPerPart) {
    yield { text, shift: 0, records: starts.length };
    return;
  }
  const lead = leadOf(text, format);
  for (let index = 0; index < starts.length; index += recordsPerPart) {
    const start = starts[index] ?? 0;
    const end = starts[index + recordsPerPart] ?? text.length;
    const records = Math.min(recordsPerPart, starts.length - index);
    const content = text.slice(start, end);
    if (index === 0) yield { text: content, shift: 0, records };
    else yield { text: lead + content, shift: start - lead.length, records };
  }
}

/**
 * The record that holds an offset.
 *
 * @param starts The offsets at which the records begin, as `recordStarts` gives them.
 * @param length Number of characters of the file.
 */
export function recordAt(starts: readonly number[], offset: number, length: number): Span {
  const next = firstWhere(starts, (start) => start > offset);
  return { start: starts[next - 1] ?? 0, end: starts[next] ?? length };
}

/** The text that the records of a part need before them. */
function leadOf(text: string, format: DocumentFormat): string {
  if (format === 'csl-json') return '[';
  if (format === 'xml-records')
    return vocabularyOf(text.slice(0, vocabularyHead)) === 'europe-pmc' ? '<resultList>' : '';
  if (format === 'table') return `${text.slice(0, tableLayout(text).end)}\n`;
  if (format !== 'bibtex') return '';
  const strings = bibtexEntries(text).filter(({ type }) => type === 'string');
  return strings.map(({ start, end }) => `${text.slice(start, end).trimEnd()}\n`).join('');
}
