import type { TextPassage } from '../types';

/** The key of the paper that a passage is from: the publication if the document holds several, else the document. */
export function paperKey(
  document: string,
  { publication, citation }: Pick<TextPassage, 'publication' | 'citation'>,
): string {
  return citation ?? publication ?? document;
}
