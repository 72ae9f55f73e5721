import { beforeEach, describe, expect, it } from 'vitest';
import type { ConceptLink, Entity, Relation } from '../../../../src/core/types';
import { evidenceOfRelation } from '../../../../src/editor/evidence/createEvidence';
import type { RelationItem } from '../../../../src/editor/relations/relationItem';
import { reset, workspace } from '../vscode';

beforeEach(() => {
  reset();
  Object.assign(workspace, { getWorkspaceFolder: () => undefined });
});

const link = (id: string): ConceptLink => ({ id, name: id, source: 'MeSH', method: 'name' });

function entity(name: string, type: string, ids: readonly string[] = []): Entity {
  return { start: 0, end: 1, text: name, name, type, probability: 1, concepts: ids.map(link) };
}

function itemOf(change: Partial<Relation>): RelationItem {
  const relation: Relation = {
    type: 'treats',
    subject: entity('Nolvadex', 'Chemical', ['MESH:D013629']),
    object: entity('breast and ovarian cancer', 'Disease', ['MESH:D001943', 'MESH:D010051']),
    probability: 0.9,
    evidence: { start: 0, end: 9 },
    evidenceText: 'Evidence.',
    ...change,
  };
  const located = { relation, evidence: { text: 'Evidence.', marks: [] }, line: 1 };
  return { id: 1, document: 'file:///a.md', version: undefined as never, located, isByHand: false };
}

describe('the evidence of a relation', () => {
  it('has the identifiers of the concepts that the relation is about', () => {
    const { topic } = evidenceOfRelation(itemOf({ concepts: ['MESH:D013629', 'MESH:D010051'] }));
    expect(topic).toMatchObject({
      subject: { name: 'Nolvadex', type: 'Chemical', id: 'MESH:D013629' },
      object: { name: 'breast and ovarian cancer', type: 'Disease', id: 'MESH:D010051' },
    });
  });

  it('has no identifier of a name that is not linked', () => {
    const relation = { subject: entity('the drug', 'Chemical'), concepts: ['drug', 'MESH:D010051'] } as const;
    const { topic } = evidenceOfRelation(itemOf(relation));
    expect(topic).toMatchObject({ subject: { name: 'the drug', type: 'Chemical' } });
    expect(topic.kind === 'pair' && 'id' in topic.subject).toBe(false);
  });
});
