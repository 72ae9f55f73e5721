import { bibliographyMark, isOwnBibliography } from '../curation/ownReport';
import { readRecords } from '../records/readRecords';
import type { ExportedRecord } from './exportedRecord';
import type { RecordLookup } from './recordLookup';
import { includedSoFar, type ReviewState } from './reviewState';
import { writeBibtex } from './writeBibtex';

/** A bibliography that BioBERT keeps up to date. */
export function bibliographyText(records: readonly ExportedRecord[]): string {
  return `${bibliographyMark}\n\n${writeBibtex(records)}`;
}

/**
 * The bibliography of a review: the records that are included so far, and those that are cited. What it has once stays,
 * so that a text which cites an excluded record can still be set.
 *
 * @param cited Citation keys that are added.
 * @param previous The text that the file had before; empty if there was no file.
 */
export function reviewBibliography(
  review: ReviewState,
  lookup: RecordLookup,
  cited: Iterable<string>,
  previous: string,
): string {
  const before = isOwnBibliography(previous) ? readRecords(previous, 'bibtex') : [];
  const keys = new Set([
    ...includedSoFar(review).map((record) => lookup.citationKey(record)),
    ...cited,
    ...before.flatMap(({ id }) => id ?? []),
  ]);
  const records = lookup.withCitationKeys(keys);
  return bibliographyText(records.map((record) => ({ record, key: lookup.citationKey(record) })));
}
