import { toDocument } from './place';
import type { Segment, Span } from '../types';
import { findWords } from '../text/whiteSpace';

/** A document in which a sentence is looked for. */
export interface SearchedDocument {
  readonly text: string;
  /** Reads the prose of the document. It is called only if the text does not have the sentence as it is. */
  readonly prose: () => Promise<readonly Segment[]>;
}

/**
 * Finds a stored sentence in a document that may have been edited since. White space may differ, and so may markup: the prose
 * `BRCA1 binds.` is found in `*BRCA1* binds.`
 *
 * @param sentence Its words as the document has them, or its prose.
 * @param start The UTF-16 offset at which it stood.
 * @returns the occurrence nearest to `start`; undefined if the document does not have the sentence.
 */
export async function findSentence(
  { text, prose }: SearchedDocument,
  sentence: string,
  start: number,
): Promise<Span | undefined> {
  const asStored = nearest(findWords(text, sentence), start);
  if (asStored || sentence.trim() === '') return asStored;
  const places = (await prose()).flatMap((segment) =>
    findWords(segment.text, sentence).map((span) => toDocument(segment, span.start, span.end)),
  );
  return nearest(places, start);
}

function nearest(spans: readonly Span[], start: number): Span | undefined {
  const [first] = spans.toSorted((a, b) => Math.abs(a.start - start) - Math.abs(b.start - start));
  return first;
}
