import { describe, expect, it } from 'vitest';
import type { ConceptLink, Entity, Relation } from '../../../../src/core/types';
import { isRelationRow } from '../../../../src/protocol/panelMessages';
import { groupAddedRows } from '../../../../src/editor/relations/addedRows';
import type { RelationItem } from '../../../../src/editor/relations/relationItem';
import { relationRow } from '../../../../src/editor/relations/relationRow';

const document = 'file:///papers/a.md';
const link = (id: string, name: string): ConceptLink => ({ id, name, source: 'MeSH', method: 'name' });

function entity(name: string, type: string, concepts?: readonly ConceptLink[]): Entity {
  return { start: 0, end: name.length, text: name, name, type, probability: 1, concepts };
}

function itemOf(subject: Entity, object: Entity, change: Partial<Relation> = {}): RelationItem {
  const text = `${subject.name} inhibits ${object.name}.`;
  const relation: Relation = {
    type: 'inhibitor',
    subject,
    object,
    probability: 0.9,
    evidence: { start: 0, end: text.length },
    evidenceText: text,
    ...change,
  };
  const located = { relation, evidence: { text, marks: [] }, line: 1 };
  return { id: 1, document, version: { at: 0 } as never, located, isByHand: false };
}

const rowOf = (item: RelationItem) =>
  relationRow(item, { name: 'a.md', publication: undefined, isPinned: false, curated: undefined });

const sorafenib = link('MESH:D000077157', 'Sorafenib');
const braf = entity('B-Raf', 'Gene');

describe('the row of a relation', () => {
  it('has the same key for all names of a concept', () => {
    const names = ['sorafenib', 'BAY 43-9006', 'Nexavar'].map((name) =>
      entity(name, 'Chemical', [sorafenib]),
    );
    const rows = names.map((name) => rowOf(itemOf(name, braf, { concepts: [sorafenib.id, 'braf'] })));
    expect(new Set(rows.map(({ subject }) => subject.key))).toEqual(new Set(['Chemical\nMESH:D000077157']));
    expect(rows[1]?.subject).toMatchObject({
      name: 'BAY 43-9006',
      concept: { id: 'MESH:D000077157', name: 'Sorafenib' },
    });
    expect(rows[1]?.object).toEqual({ name: 'B-Raf', type: 'Gene', key: 'Gene\nbraf' });
    expect(rows.every(isRelationRow)).toBe(true);
  });

  it('names the species of a gene that is not human', () => {
    const conceptsOf = (species: string) => [{ ...link('NCBIGene:24693', 'Ptgs1'), species }];
    const rowFor = (species: string) =>
      rowOf(itemOf(entity('aspirin', 'Chemical'), entity('COX-1', 'Gene', conceptsOf(species))));
    expect(rowFor('rat').object.concept).toEqual({ id: 'NCBIGene:24693', name: 'Ptgs1', species: 'rat' });
    expect(rowFor('human').object.concept).toEqual({ id: 'NCBIGene:24693', name: 'Ptgs1' });
    expect(isRelationRow(rowFor('rat'))).toBe(true);
  });

  it('is tentative if the relation is, unless a person has decided on it or pinned it', () => {
    const item = itemOf(entity('sorafenib', 'Chemical'), braf, { isTentative: true });
    const facts = { name: 'a.md', publication: undefined, isPinned: false, curated: undefined };
    expect(relationRow(item, facts).isTentative).toBe(true);
    expect(relationRow(item, { ...facts, isPinned: true }).isTentative).toBeUndefined();
    expect(relationRow(item, { ...facts, curated: 'accepted' }).isTentative).toBeUndefined();
    expect(isRelationRow(relationRow(item, facts))).toBe(true);
  });

  it.each([
    ['Kaplan 2019, Aspirin and gout', 2019],
    ['van der Berg 1998, Trial of 2001, continued', 1998],
    ['2004, No author', 2004],
    ['Aspirin and gout', undefined],
  ])('has the year of the publication %s', (publication, year) => {
    const facts = { name: 'a.ris', publication, isPinned: false, curated: undefined };
    const row = relationRow(itemOf(braf, braf), facts);
    expect([row.year, row.name, isRelationRow(row)]).toEqual([year, publication, true]);
  });

  it('tells whether it is from a draft', () => {
    const facts = { name: 'a.md', publication: undefined, isPinned: false, curated: undefined };
    const row = relationRow(itemOf(braf, braf), { ...facts, isDraft: true });
    expect([row.isDraft, isRelationRow(row)]).toEqual([true, true]);
    expect(relationRow(itemOf(braf, braf), facts).isDraft).toBeUndefined();
  });

  it('names the concept that the relation is about if the mention has several', () => {
    const both = entity('breast and ovarian cancer', 'Disease', [
      link('MESH:D001943', 'Breast Neoplasms'),
      link('MESH:D010051', 'Ovarian Neoplasms'),
    ]);
    const { object } = rowOf(itemOf(braf, both, { concepts: ['braf', 'MESH:D010051'] }));
    expect(object).toMatchObject({ key: 'Disease\nMESH:D010051', concept: { name: 'Ovarian Neoplasms' } });
  });

  it('has the concept of a relation without keys', () => {
    const { subject } = rowOf(itemOf(entity('sorafenib', 'Chemical', [sorafenib]), braf));
    expect(subject.key).toBe('Chemical\nMESH:D000077157');
  });

  it('is refused with a malformed concept', () => {
    const row = rowOf(itemOf(braf, braf));
    expect(isRelationRow({ ...row, subject: { ...row.subject, concept: { id: 7, name: 'x' } } })).toBe(false);
  });
});

describe('a relation that a person added', () => {
  it('is grouped with relations of the same name in the document', () => {
    const listed = itemOf(entity('Sorafenib', 'Chemical', [sorafenib]), braf);
    const added = itemOf(entity('sorafenib', 'Chemical'), entity('sorafenib', 'Gene'));
    const elsewhere = { ...added, document: 'file:///papers/b.md' };
    const rows = groupAddedRows([
      { document, isByHand: false, row: rowOf(listed) },
      { document, isByHand: true, row: rowOf(added) },
      { document: elsewhere.document, isByHand: true, row: rowOf(elsewhere) },
    ]);
    expect(rows.map(({ subject }) => subject.key)).toEqual([
      'Chemical\nMESH:D000077157',
      'Chemical\nMESH:D000077157',
      'Chemical\nsorafenib',
    ]);
    expect(rows[1]?.object.key).toBe('Gene\nsorafenib');
  });
});
