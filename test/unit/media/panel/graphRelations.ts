import type { RelationRow } from '../../../../src/protocol/panel';

let ids = 0;

/** A relation between two names that are not linked. Default: a chemical inhibits a gene. */
export function relation(subject: string, object: string, change: Partial<RelationRow> = {}): RelationRow {
  return {
    id: ++ids,
    document: 'file:///a.md',
    name: 'a.md',
    line: ids,
    type: 'inhibitor',
    subject: { name: subject, type: 'Chemical', key: subject.toLowerCase() },
    object: { name: object, type: 'Gene', key: object.toLowerCase() },
    probability: 0.5,
    evidence: { text: `${subject} and ${object}.`, marks: [] },
    isPinned: false,
    ...change,
  };
}
