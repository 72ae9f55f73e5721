import { firstWhere } from '../firstWhere';
import type { PublicationPlace } from '../types';

/**
 * The publication at an offset.
 *
 * @param publications The publications that a document names, in its order. They need not cover it. Default: none.
 */
export function publicationIn(
  publications: readonly PublicationPlace[] | undefined,
  offset: number,
): PublicationPlace | undefined {
  if (!publications) return undefined;
  const found = publications[firstWhere(publications, ({ start }) => start > offset) - 1];
  return found && offset < found.end ? found : undefined;
}
