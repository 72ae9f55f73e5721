import type { CitedEvidence } from '../../core/curation/citedEvidence';
import type { Evidence } from '../../core/curation/evidenceFile';
import { citeEvidence } from '../../core/review/citeEvidence';
import { referenceOf } from '../../core/review/records';
import type { Reference } from '../../core/review/reviewData';
import { eachRecord } from '../../core/records/readRecords';
import { describeError } from '../log';
import { formatOfFile } from '../documents/documents';
import { openDocument, readDocument } from '../documents/readDocument';
import { documentUri, isInWorkspace } from '../workspace/workspaceFile';
import type { ReviewTools } from './reviewTools';

/** Gives evidence citation keys, from the review or else from the documents. */
export async function citedEvidence(
  tools: ReviewTools,
  evidence: readonly Evidence[],
): Promise<CitedEvidence> {
  const lookup = await tools.lookup.find();
  const unknown = evidence.filter((each) => lookup?.find(each) === undefined);
  const references = new Map<Evidence, Reference>();
  for (const document of new Set(unknown.map((each) => each.document))) {
    const entries = unknown.filter((each) => each.document === document);
    await readReferences(tools, document, entries, references);
  }
  return citeEvidence(evidence, lookup, (each) => references.get(each));
}

/**
 * Reads the records of a document that entries are from. A document outside of the workspace is read only if it is open:
 * the table may come from somebody else and name any file.
 */
async function readReferences(
  { parts: { settings, log } }: ReviewTools,
  document: string,
  entries: readonly Evidence[],
  references: Map<Evidence, Reference>,
): Promise<void> {
  try {
    const uri = documentUri(document);
    if (!isInWorkspace(uri) && !openDocument(uri)) return;
    const text = await readDocument(uri, { maxBytes: settings.maxFileBytes });
    for (const record of eachRecord(text, formatOfFile(uri, text))) {
      if (record.title === undefined && record.id === undefined) continue;
      for (const each of entries) {
        // Edits move records; the identifier stays.
        const isSame =
          record.id === undefined
            ? record.start <= each.start && each.start < record.end
            : record.id === each.citation;
        if (isSame && !references.has(each)) references.set(each, referenceOf(record));
      }
    }
  } catch (error) {
    log.info(`Citations: skipped ${document}: ${describeError(error)}`);
  }
}
