import { beforeEach, describe, expect, it } from 'vitest';
import type { Relation } from '../../../../src/core/types';
import { EditLog } from '../../../../src/editor/annotations/editLog';
import { locateRelations } from '../../../../src/runtime/folder/locatedRelation';
import type { DocumentRelations } from '../../../../src/editor/relations/relationItem';
import { RelationList } from '../../../../src/editor/relations/relationList';
import { relationRow } from '../../../../src/editor/relations/relationRow';
import { entity } from '../support';
import { reset } from '../vscode';

const text = 'Gefitinib inhibits EGFR. Erlotinib inhibits EGFR.';

function inhibits(drug: string): Relation {
  const start = text.indexOf(drug);
  const end = text.indexOf('.', start) + 1;
  return {
    type: 'inhibitor',
    subject: entity(text, drug, 'Chemical'),
    object: entity(text, 'EGFR', 'Gene', start),
    probability: 0.9,
    evidence: { start, end },
    evidenceText: text.slice(start, end),
  };
}

function relationsOf(document: string, ...drugs: readonly string[]): DocumentRelations {
  const version = new EditLog().currentVersion(document);
  return { document, version, relations: locateRelations(text, drugs.map(inhibits)) };
}

describe('RelationList', () => {
  beforeEach(reset);

  it('keeps the id of a relation when the list is cleared and filled again', () => {
    const list = new RelationList();
    const [a, b] = ['file:///a.txt', 'file:///b.txt'];
    list.begin([a]);
    list.add(relationsOf(a, 'Gefitinib'));
    const [first] = list.all();
    list.begin([b, a]);
    list.add(relationsOf(b, 'Gefitinib'));
    list.add(relationsOf(a, 'Erlotinib', 'Gefitinib'));
    const again = list.all().find(({ document, located }) => {
      return document === a && located.relation.subject.name === 'Gefitinib';
    });
    expect(again?.id).toBe(first?.id);
    const ids = list.all().map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
  });

  it('gives an abbreviation the key of its long form if the engine names the concept', () => {
    const document = 'file:///a.txt';
    const list = new RelationList();
    const concepts = ['gefitinib', 'epidermalgrowthfactorreceptor'] as const;
    const relations = [{ ...inhibits('Gefitinib'), concepts }, inhibits('Erlotinib')];
    const version = new EditLog().currentVersion(document);
    list.add({ document, version, relations: locateRelations(text, relations) });
    const facts = { name: 'a.txt', publication: undefined, isPinned: false, curated: undefined };
    const keys = list.all().map((item) => relationRow(item, facts).object.key);
    expect(keys).toEqual(['Gene\nepidermalgrowthfactorreceptor', 'Gene\negfr']);
  });
});
