import type { Evidence } from '../../core/curation/evidenceFile';
import { findWords } from '../../core/text/whiteSpace';
import type { Span } from '../../core/types';
import { readDocument } from '../documents/readDocument';
import type { EditLog } from '../annotations/editLog';
import type { EvidenceLocation } from '../annotations/evidenceRevealer';
import { documentUri } from '../workspace/workspaceFile';

/**
 * Finds the current location of a pinned sentence.
 *
 * The table is stored in a file and outlives edits that this extension does not see, such as a merge or work on another
 * machine. Therefore the sentence is searched by its words, and the occurrence nearest to the stored offset is taken.
 */
export async function locateEvidence(
  evidence: Evidence,
  edits: EditLog,
  maxBytes: number,
): Promise<EvidenceLocation> {
  const uri = documentUri(evidence.document);
  const text = await readDocument(uri, { maxBytes });
  const document = uri.toString();
  return {
    document,
    version: edits.currentVersion(document),
    evidence: findSentence(text, evidence),
    marks: [],
  };
}

/** @returns the stored span, limited to the text, if the sentence does not occur in it. */
export function findSentence(text: string, { start, end, sentence }: Evidence): Span {
  const stored = { start: Math.min(start, text.length), end: Math.min(end, text.length) };
  const [nearest] = findWords(text, sentence).toSorted(
    (a, b) => Math.abs(a.start - start) - Math.abs(b.start - start),
  );
  return nearest ?? stored;
}
