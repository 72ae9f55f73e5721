import { csvLine } from '../exports/csv';
import type { ExportedRecord } from './exportedRecord';
import { filled, listField, oneLine } from './exportedText';

/** A column with the text of its cell for a record. */
type Column = readonly [name: string, cell: (exported: ExportedRecord) => string | number | undefined];

/**
 * The columns. `title` to `included` are those that ASReview 2 and 3 read (`asreview/data/base.py`), and the reader of tables
 * knows `title` to `source`. It would take a column `tags` for keywords of the publication.
 */
const columns: readonly Column[] = [
  ['key', ({ key }) => key],
  ['title', ({ record }) => record.title],
  ['abstract', ({ record }) => record.abstract],
  ['authors', ({ record }) => listField(record.authors)],
  ['year', ({ record }) => record.year],
  ['journal', ({ record }) => record.journal],
  ['volume', ({ record }) => record.volume],
  ['issue', ({ record }) => record.issue],
  ['pages', ({ record }) => record.pages],
  ['doi', ({ record }) => record.doi],
  ['pmid', ({ record }) => record.pmid],
  ['pmcid', ({ record }) => record.pmcid],
  ['keywords', ({ record }) => listField(record.keywords)],
  ['publication_type', ({ record }) => listField(record.types)],
  ['source', ({ record, database }) => database ?? record.database],
  ['included', ({ decision }) => (decision === 'include' ? 1 : decision === 'exclude' ? 0 : undefined)],
  ['decision', ({ decision }) => (decision === 'undecided' ? undefined : decision)],
  ['reason', ({ reason }) => reason],
  ['notes', ({ notes }) => filled(notes ?? []).join(' | ')],
  ['review_tags', ({ tags }) => filled(tags ?? []).join('; ')],
];

/**
 * Writes records as a table for spreadsheets and for ASReview. Cells that a spreadsheet would execute get an apostrophe in
 * front, which the reader of tables removes again. Excel shows letters with accents only after a byte order mark, which
 * ASReview accepts here.
 */
export function writeRecordsCsv(records: readonly ExportedRecord[]): string {
  const rows = records.map((exported) =>
    csvLine(
      columns.map(([, cell]) => {
        const value = cell(exported) ?? '';
        return typeof value === 'number' ? value : oneLine(value);
      }),
    ),
  );
  return csvLine(columns.map(([name]) => name)) + rows.join('');
}
