import { firstWhere } from '../firstWhere';
import type { PublicationPlace } from '../types';

/** The publication at an offset. @param publications In document order; they cover the document. */
export function publicationAt(
  publications: readonly PublicationPlace[],
  offset: number,
): PublicationPlace | undefined {
  return publications[firstWhere(publications, ({ start }) => start > offset) - 1];
}

/** The one publication of a document without records. */
export function wholeDocument(text: string): readonly PublicationPlace[] {
  return [{ start: 0, end: text.length }];
}
