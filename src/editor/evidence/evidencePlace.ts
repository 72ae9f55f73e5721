import type { Evidence } from '../../core/formats/evidence';
import { findWords } from '../../core/text/whiteSpace';
import type { Span } from '../../core/types';
import { readDocument } from '../documents/readDocument';
import type { EditLog } from '../annotations/editLog';
import type { Place } from '../annotations/places';
import { documentUri } from '../workspace/workspaceFile';

/**
 * Where a pinned sentence stands today. The table outlives edits that nobody could follow (another machine, a merge):
 * like a relation that a person added, the sentence is looked for by its words, nearest to where it was.
 */
export async function placeOfEvidence(evidence: Evidence, edits: EditLog, maxBytes: number): Promise<Place> {
  const uri = documentUri(evidence.document);
  const text = await readDocument(uri, { maxBytes });
  const document = uri.toString();
  return { document, moment: edits.now(document), evidence: findSentence(text, evidence), marks: [] };
}

/** @returns the place that was noted, cut to the text, where the sentence is not there in its own words. */
export function findSentence(text: string, { start, end, sentence }: Evidence): Span {
  const noted = { start: Math.min(start, text.length), end: Math.min(end, text.length) };
  const [nearest] = findWords(text, sentence).toSorted(
    (a, b) => Math.abs(a.start - start) - Math.abs(b.start - start),
  );
  return nearest ?? noted;
}
