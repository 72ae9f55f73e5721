import type { TextPassage } from '../types';

/**
 * The key of the paper that a passage is from: the identifier of the publication, so that a paper in two documents
 * counts once, or else its name within the document, or else the document.
 */
export function paperKey(
  document: string,
  { publication, citation }: Pick<TextPassage, 'publication' | 'citation'>,
): string {
  return citation ?? (publication === undefined ? document : `${document}\n${publication}`);
}
