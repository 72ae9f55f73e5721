import { beforeEach, describe, expect, it } from 'vitest';
import type { Relation } from '../../../../src/core/types';
import { EditLog } from '../../../../src/editor/annotations/editLog';
import { foundRelations } from '../../../../src/editor/relations/foundRelation';
import { RelationList, type DocumentRelations } from '../../../../src/editor/relations/relationList';
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
  const moment = new EditLog().now(document);
  return { document, moment, relations: foundRelations(text, drugs.map(inhibits)) };
}

describe('the list of relations', () => {
  beforeEach(reset);

  it('knows a relation again when the whole list is read anew, as while a folder is indexed', () => {
    const list = new RelationList();
    const [a, b] = ['file:///a.txt', 'file:///b.txt'];
    list.begin([a]);
    list.add(relationsOf(a, 'Gefitinib'));
    const [first] = list.all();
    list.begin([b, a]);
    list.add(relationsOf(b, 'Gefitinib'));
    list.add(relationsOf(a, 'Erlotinib', 'Gefitinib'));
    const again = list.all().find(({ document, found }) => {
      return document === a && found.relation.subject.name === 'Gefitinib';
    });
    expect(again?.id).toBe(first?.id);
    const ids = list.all().map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
  });

  it('takes an abbreviation and its long form for one name where the engine says so', () => {
    const document = 'file:///a.txt';
    const list = new RelationList();
    const concepts = ['gefitinib', 'epidermalgrowthfactorreceptor'] as const;
    const relations = [{ ...inhibits('Gefitinib'), concepts }, inhibits('Erlotinib')];
    const moment = new EditLog().now(document);
    list.add({ document, moment, relations: foundRelations(text, relations) });
    const facts = { isPinned: () => false, curated: () => undefined };
    const keys = list.all().map((item) => list.row(item, facts).object.key);
    expect(keys).toEqual(['Gene\nepidermalgrowthfactorreceptor', 'Gene\negfr']);
  });
});
