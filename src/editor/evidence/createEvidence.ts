import * as vscode from 'vscode';
import type { Evidence } from '../../core/curation/evidenceFile';
import { readRecords } from '../../core/records/readRecords';
import { formatOfFile } from '../documents/documents';
import { fileOfDocument } from '../documents/paperUri';
import { readDocument } from '../documents/readDocument';
import type { LocatedAnswer } from '../questions/answerRows';
import type { EditLog } from '../annotations/editLog';
import type { RelationItem } from '../relations/relationItem';
import { documentPath } from '../workspace/workspaceFile';

/** Creates the evidence for a relation. It has no citation yet, which is enough to tell whether it is pinned. */
export function evidenceOfRelation({ document, located }: RelationItem): Evidence {
  const { relation, evidence, line } = located;
  const { subject, object, type, probability, negated, speculated } = relation;
  return {
    topic: {
      kind: 'pair',
      subject: { name: subject.name, type: subject.type },
      relation: type,
      object: { name: object.name, type: object.type },
    },
    document: documentPath(document),
    ...relation.evidence,
    line,
    sentence: evidence.text,
    probability,
    isDenied: negated !== undefined,
    isSpeculative: speculated !== undefined,
    citation: '',
    publication: relation.publication,
    note: '',
  };
}

/** Creates the evidence for an answer, without a citation. */
export function evidenceOfAnswer(question: string, located: LocatedAnswer): Evidence {
  const { location, text, answer, probability, line, publication } = located;
  return {
    topic: { kind: 'question', question },
    document: documentPath(location.document),
    ...location.evidence,
    line,
    sentence: text,
    answer,
    probability,
    isDenied: false,
    isSpeculative: false,
    citation: '',
    publication,
    note: '',
  };
}

/** Adds the current place of the sentence and the citation of its document. */
export async function completeEvidence(
  evidence: Evidence,
  { document, version }: Pick<RelationItem, 'document' | 'version'>,
  { edits, maxBytes }: { readonly edits: EditLog; readonly maxBytes: number },
): Promise<Evidence> {
  const { start, end } = edits.locateStretched(evidence, version);
  return { ...evidence, start, end, citation: await citationOf(document, start, maxBytes) };
}

/** Returns the identifier of the record at the offset in a bibliography, or else the file name without extension. */
async function citationOf(document: string, offset: number, maxBytes: number): Promise<string> {
  const uri = vscode.Uri.parse(document);
  const stem = (fileOfDocument(uri).path.split('/').at(-1) ?? '').replace(/\.[^.]*$/, '');
  const text = await readDocument(uri, { maxBytes });
  const format = formatOfFile(uri, text);
  const record = readRecords(text, format).find(({ start, end }) => start <= offset && offset < end);
  return record?.id ?? stem;
}
