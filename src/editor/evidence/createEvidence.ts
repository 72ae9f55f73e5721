import * as vscode from 'vscode';
import type { Evidence } from '../../core/curation/evidenceFile';
import type { TopicName } from '../../core/curation/evidenceTopics';
import { conceptOf } from '../../core/relations/conceptKeys';
import type { Entity } from '../../core/types';
import { fileOfDocument } from '../documents/paperUri';
import type { LocatedAnswer } from '../questions/answerRows';
import type { EditLog } from '../annotations/editLog';
import type { RelationItem } from '../relations/relationItem';
import { documentPath } from '../workspace/workspaceFile';

/** Creates the evidence for a relation. */
export function evidenceOfRelation({ document, located }: RelationItem): Evidence {
  const { relation, evidence, line } = located;
  const { subject, object, type, probability, negated, speculated } = relation;
  return {
    topic: {
      kind: 'pair',
      subject: topicName(subject, relation.concepts?.[0]),
      relation: type,
      object: topicName(object, relation.concepts?.[1]),
    },
    document: documentPath(document),
    ...relation.evidence,
    line,
    sentence: evidence.text,
    probability,
    isDenied: negated !== undefined,
    isSpeculative: speculated !== undefined,
    citation: relation.citation ?? stemOf(document),
    publication: relation.publication,
    note: '',
  };
}

function topicName(entity: Entity, key: string | undefined): TopicName {
  const concept = conceptOf(entity, key);
  return { name: entity.name, type: entity.type, ...(concept && { id: concept.id }) };
}

/** Creates the evidence for an answer. */
export function evidenceOfAnswer(question: string, located: LocatedAnswer): Evidence {
  const { location, text, answer, probability, line, publication, citation } = located;
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
    citation: citation ?? stemOf(location.document),
    publication,
    note: '',
  };
}

/** Adds the current place of the sentence. @param version The version of the document in which it was found. */
export function completeEvidence(
  evidence: Evidence,
  { version }: Pick<RelationItem, 'version'>,
  edits: Pick<EditLog, 'locateStretched'>,
): Evidence {
  return { ...evidence, ...edits.locateStretched(evidence, version) };
}

/** The name of a document without its extension, for one that states no identifier. */
export function stemOf(document: string): string {
  const { path } = fileOfDocument(vscode.Uri.parse(document));
  return (path.split('/').at(-1) ?? '').replace(/\.[^.]*$/, '');
}
