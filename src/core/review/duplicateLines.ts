/** The search for duplicates in a review. */
import { findDuplicates } from '../records/duplicates';
import type { DuplicateLog } from './duplicateLog';
import type { DuplicateLine, ReviewRecord } from './reviewData';

/**
 * Compares new records with each other and with those of the review.
 *
 * @param records The records of the review, with duplicates.
 * @param when ISO 8601 time of the lines.
 * @returns the lines to add: first what is merged, then the doubtful pairs.
 */
export function duplicateLines(
  { records, duplicates }: { readonly records: readonly ReviewRecord[]; readonly duplicates: DuplicateLog },
  added: readonly ReviewRecord[],
  when: string,
): readonly DuplicateLine[] {
  const found = findDuplicates([...records, ...added], {
    known: new Set(records.map(({ id }) => id)),
    mergedBefore: duplicates.keptOf,
    separate: (a, b) => duplicates.isSeparate(a, b),
  });
  return [
    ...found.merged.map(({ kept, duplicate, reason, probability }): DuplicateLine => ({
      kept,
      duplicate,
      reason,
      ...(probability !== undefined && { probability }),
      when,
    })),
    ...found.doubtful.map(({ kept, duplicate, probability }): DuplicateLine => ({
      kept,
      duplicate,
      reason: 'doubtful',
      probability,
      when,
    })),
  ];
}
