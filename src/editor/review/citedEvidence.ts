import type * as vscode from 'vscode';
import type { CitedEvidence } from '../../core/curation/citedEvidence';
import type { Evidence } from '../../core/curation/evidenceFile';
import { groupBy } from '../../core/groupBy';
import { papersOf } from '../../core/records/paperCount';
import { eachRecord } from '../../core/records/readRecords';
import type { BibliographicRecord } from '../../core/records/record';
import { citeEvidence } from '../../core/review/citeEvidence';
import { completedFrom } from '../../core/review/completeRecord';
import { referenceOf } from '../../core/review/records';
import type { Reference } from '../../core/review/reviewData';
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
    for (const [each, record] of await recordsAt(tools, documentUri(document), entries))
      references.set(each, referenceOf(record));
  }
  await complete(tools, references);
  return citeEvidence(evidence, lookup, (each) => references.get(each));
}

/** A place of a publication in a document. */
interface Place {
  readonly start: number;
  /** The identifier that its record states. */
  readonly citation?: string | undefined;
}

/**
 * Reads the records of a document that places are in. A document outside of the workspace is read only if it is open: the
 * table may come from somebody else and name any file.
 */
async function recordsAt<P extends Place>(
  { parts: { settings, log } }: ReviewTools,
  uri: vscode.Uri,
  places: readonly P[],
): Promise<ReadonlyMap<P, BibliographicRecord>> {
  const found = new Map<P, BibliographicRecord>();
  try {
    if (!isInWorkspace(uri) && !openDocument(uri)) return found;
    const text = await readDocument(uri, { maxBytes: settings.maxFileBytes });
    for (const record of eachRecord(text, formatOfFile(uri, text))) {
      if (record.title === undefined && record.id === undefined) continue;
      for (const each of places) {
        // Edits move records; the identifier stays.
        const isSame =
          record.id === undefined
            ? record.start <= each.start && each.start < record.end
            : record.id === each.citation;
        if (isSame && !found.has(each)) found.set(each, record);
      }
    }
  } catch (error) {
    log.info(`Citations: skipped ${uri.toString()}: ${describeError(error)}`);
  }
  return found;
}

interface Copy extends Place {
  readonly uri: vscode.Uri;
  readonly of: readonly Evidence[];
}

/** Fills what a reference does not state from other copies of its paper in the folder. */
async function complete(tools: ReviewTools, references: Map<Evidence, Reference>): Promise<void> {
  const copies = await copiesOf(tools, [...references.keys()]);
  for (const places of groupBy(copies, ({ uri }) => uri.toString()).values()) {
    const [first] = places;
    if (!first) continue;
    for (const [{ of }, record] of await recordsAt(tools, first.uri, places)) {
      for (const each of of) {
        const reference = references.get(each);
        if (reference) references.set(each, completedFrom(reference, [referenceOf(record)]));
      }
    }
  }
}

/** Finds the publications of the folder that are the same papers as those of entries. */
async function copiesOf({ parts }: ReviewTools, entries: readonly Evidence[]): Promise<readonly Copy[]> {
  if (entries.length === 0) return [];
  await parts.files.restoreAll();
  const places = [...parts.files.all()].flatMap(({ uri, publications = [] }) =>
    publications.map(({ start, name: publication, id: citation }) => ({ uri, start, publication, citation })),
  );
  const numbers = papersOf([
    ...entries.map(({ publication, citation }) => ({ publication, citation })),
    ...places,
  ]);
  const entriesOf = groupBy(entries.keys(), (index) => String(numbers[index]));
  return places.flatMap((place, index) => {
    const of = entriesOf.get(String(numbers[entries.length + index])) ?? [];
    return of.length === 0 ? [] : [{ ...place, of: of.flatMap((each) => entries[each] ?? []) }];
  });
}
