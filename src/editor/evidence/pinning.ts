import * as vscode from 'vscode';
import { formatOf } from '../../core/documents/format';
import type { Evidence } from '../../core/formats/evidence';
import { findRecords } from '../../core/formats/records';
import { readDocument } from '../documents/readDocument';
import type { Answered } from '../questions/asking';
import type { EditLog } from '../annotations/editLog';
import type { RelationItem } from '../relations/relationList';
import { documentPath } from '../workspace/workspaceFile';

/** A relation's sentence as a cell of the table, without its citation: enough to tell whether it is pinned. */
export function evidenceOfRelation({ document, found }: RelationItem): Evidence {
  const { relation, evidence, line } = found;
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
    note: '',
  };
}

export function evidenceOfAnswer(question: string, answered: Answered): Evidence {
  const { place, text, answer, probability, line } = answered;
  return {
    topic: { kind: 'question', question },
    document: documentPath(place.document),
    ...place.evidence,
    line,
    sentence: text,
    answer,
    probability,
    isDenied: false,
    isSpeculative: false,
    citation: '',
    note: '',
  };
}

/** With its place as it is now and the citation of its document. */
export async function completed(
  evidence: Evidence,
  { document, moment }: Pick<RelationItem, 'document' | 'moment'>,
  { edits, maxBytes }: { readonly edits: EditLog; readonly maxBytes: number },
): Promise<Evidence> {
  const { start, end } = edits.findAround(evidence, moment);
  return { ...evidence, start, end, citation: await citationOf(document, start, maxBytes) };
}

const headLength = 1000;

/** The record's own identifier or key where the file is a bibliography, else the file's name without its ending. */
async function citationOf(document: string, offset: number, maxBytes: number): Promise<string> {
  const uri = vscode.Uri.parse(document);
  const stem = (uri.path.split('/').at(-1) ?? '').replace(/\.[^.]*$/, '');
  const text = await readDocument(uri, { maxBytes });
  const format = formatOf({ fileName: uri.path, head: text.slice(0, headLength) });
  const record = findRecords(text, format).find(({ start, end }) => start <= offset && offset < end);
  return record?.id ?? stem;
}
