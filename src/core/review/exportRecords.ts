/** The records of a review as files for other programs. */
import type { ExportedRecord } from './exportedRecord';
import type { RecordLookup } from './recordLookup';
import type { ReviewState } from './reviewState';
import { standingOf, type Standing } from './standing';
import type { ReviewRecord } from './reviewData';
import { writeBibtex } from './writeBibtex';
import { writeCslJson } from './writeCslJson';
import { writeRecordsCsv } from './writeRecordsCsv';
import { writeRis } from './writeRis';

/** `all`: each publication once; `everything`: all records that were imported, duplicates included. */
export type RecordGroup = 'all' | Standing['decision'] | 'everything';

export interface RecordFormat {
  readonly name: string;
  readonly extension: string;
  readonly write: (records: readonly ExportedRecord[]) => string;
}

export const recordExports: readonly RecordFormat[] = [
  { name: 'RIS', extension: 'ris', write: writeRis },
  // Spreadsheet programs recognise UTF-8 by the byte order mark.
  { name: 'CSV', extension: 'csv', write: (records) => `\uFEFF${writeRecordsCsv(records)}` },
  { name: 'BibTeX', extension: 'bib', write: writeBibtex },
  { name: 'CSL-JSON', extension: 'json', write: writeCslJson },
];

/** The records of a group in the order of the imports. A duplicate has the decision about the record that is kept. */
export function recordsToExport(
  review: ReviewState,
  lookup: RecordLookup,
  group: RecordGroup,
): readonly ExportedRecord[] {
  const databases = new Map(review.settings.sources.map(({ id, database }) => [id, database]));
  const { keptOf } = review.duplicates;
  const exported = (record: ReviewRecord): ExportedRecord => {
    const id = keptOf.get(record.id) ?? record.id;
    return {
      record,
      key: lookup.citationKey(record),
      ...standingOf(review, id),
      ...review.screening.allRemarks(id),
      database: databases.get(record.source) || undefined,
    };
  };
  // Without its duplicates, a record says what they say. With them, each says what its database does.
  const records =
    group === 'everything' ? review.records : lookup.unique.map((record) => lookup.complete(record));
  return records
    .map(exported)
    .filter(({ decision }) => group === 'everything' || group === 'all' || decision === group);
}
