/**
 * The publications of parsed documents. A file of many records is tagged and related in parts, so they are found once for
 * each document and not once for each part.
 */
import type { ParsedDocument } from '../../core/documents/parse';
import { publicationsIn, recordStarts } from '../../core/records/readRecords';
import type { PublicationPlace } from '../../core/types';

const starts = new WeakMap<ParsedDocument, readonly number[]>();
const publications = new WeakMap<ParsedDocument, readonly PublicationPlace[]>();

/** Offsets at which the publications of a document begin, ascending. */
export function recordStartsOf(parsed: ParsedDocument): readonly number[] {
  return once(starts, parsed, ({ text, format }) => recordStarts(text, format));
}

/** The publications of a document, in its order; they cover it. */
export function publicationsOf(parsed: ParsedDocument): readonly PublicationPlace[] {
  return once(publications, parsed, ({ text, format }) => publicationsIn(text, format));
}

function once<T>(
  known: WeakMap<ParsedDocument, T>,
  parsed: ParsedDocument,
  find: (parsed: ParsedDocument) => T,
): T {
  const found = known.get(parsed) ?? find(parsed);
  known.set(parsed, found);
  return found;
}
