import type { Reference, ReviewRecord } from '../../../../src/core/review/reviewData';

/** A reference with the fields that a test needs. */
export function reference(fields: Partial<Reference> = {}): Reference {
  return { authors: [], keywords: [], types: [], ...fields };
}

export function record(id: string, fields: Partial<ReviewRecord> = {}): ReviewRecord {
  return { ...reference(), id, source: 's1', index: 0, title: `Title of ${id}`, ...fields };
}
