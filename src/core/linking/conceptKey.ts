import type { Concept } from '../types';

/**
 * The key of what a mention refers to: equal for all names of the same concepts, in all documents. Undefined if the
 * mention is not linked; its name is then all that is known.
 */
export function conceptKey({
  concepts,
}: {
  readonly concepts?: readonly Pick<Concept, 'id'>[] | undefined;
}): string | undefined {
  if (concepts === undefined || concepts.length === 0) return undefined;
  return concepts.length === 1
    ? concepts[0]?.id
    : concepts
        .map(({ id }) => id)
        .sort()
        .join('|');
}
