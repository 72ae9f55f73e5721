/** The papers that passages are from. */
import { papersOf } from '../records/paperCount';
import { lettersOf } from '../records/publicationKeys';
import type { TextPassage } from '../types';

/** A passage of a document. */
export interface DocumentPassage {
  readonly document: string;
  readonly passage: Pick<TextPassage, 'text' | 'publication' | 'citation'>;
}

/**
 * Returns the key of the paper of each passage. A paper in two documents, such as the exports of two databases, has one
 * key: see {@link papersOf}. A document that names no publication is a paper of its own.
 */
export function paperKeys(passages: readonly DocumentPassage[]): readonly string[] {
  const papers = papersOf(passages.map(({ passage }) => passage));
  return passages.map(({ document, passage: { publication, citation } }, index) =>
    publication === undefined && citation === undefined ? document : `paper ${papers[index]}`,
  );
}

/** Leaves out the passages that another copy of the same paper has too. The first one stays. */
export function withoutCopies<Passage extends DocumentPassage>(
  passages: readonly Passage[],
): readonly Passage[] {
  const papers = paperKeys(passages);
  const known = new Set<string>();
  return passages.filter(({ passage: { text } }, index) => {
    const key = `${papers[index]}\n${lettersOf(text) || text}`;
    if (known.has(key)) return false;
    known.add(key);
    return true;
  });
}
