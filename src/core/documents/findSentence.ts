import { findWords } from '../text/whiteSpace';
import type { DocumentFormat, Span } from '../types';
import { parseDocument } from './parse';
import { toDocument } from './place';

/**
 * Finds a stored sentence in a document that may have been edited since. White space may differ, and so may markup: the prose
 * `BRCA1 binds.` is found in `*BRCA1* binds.`
 *
 * @param sentence Its words as the document has them, or its prose.
 * @param start Where it stood, as a UTF-16 offset.
 * @returns the occurrence nearest to `start`; undefined if the document does not have the sentence.
 */
export function findSentence(
  { text, format }: { readonly text: string; readonly format: DocumentFormat },
  sentence: string,
  start: number,
): Span | undefined {
  return nearest(findWords(text, sentence), start) ?? nearest(findProse(text, format, sentence), start);
}

function findProse(text: string, format: DocumentFormat, sentence: string): readonly Span[] {
  return parseDocument(text, format).segments.flatMap((segment) =>
    findWords(segment.text, sentence).map((span) => toDocument(segment, span.start, span.end)),
  );
}

function nearest(spans: readonly Span[], start: number): Span | undefined {
  const [first] = spans.toSorted((a, b) => Math.abs(a.start - start) - Math.abs(b.start - start));
  return first;
}
