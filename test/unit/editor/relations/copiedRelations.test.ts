import { describe, expect, it } from 'vitest';
import type { Entity, Relation } from '../../../../src/core/types';
import { withoutCopies } from '../../../../src/editor/relations/copiedRelations';
import type { RelationItem } from '../../../../src/editor/relations/relationItem';

const title = 'Gefitinib in patients with advanced lung cancer';
const pubmed = { document: 'file:///r/pubmed.nbib', publication: `Kaplan 2019, ${title}`, citation: '31' };
const embase = { document: 'file:///r/embase.ris', publication: title, citation: '10.1000/x' };
const draft = { document: 'file:///r/draft.md', publication: undefined, citation: undefined };

let ids = 0;

function itemOf(
  { document, publication, citation }: typeof pubmed | typeof draft,
  text = 'Gefitinib inhibits EGFR.',
  { type = 'inhibitor', start = 100, ...change }: Partial<Relation> & { readonly start?: number } = {},
): RelationItem {
  const named = (name: string, type: string): Entity => ({
    start,
    end: start + name.length,
    text: name,
    name,
    type,
    probability: 1,
  });
  const relation: Relation = {
    type,
    subject: named('Gefitinib', 'Chemical'),
    object: named('EGFR', 'Gene'),
    probability: 0.9,
    evidence: { start, end: start + text.length },
    evidenceText: text,
    publication,
    citation,
    ...change,
  };
  const located = { relation, evidence: { text, marks: [] }, line: 3 };
  return { id: ++ids, document, version: { at: 0 } as never, located, isByHand: false };
}

const never = (): boolean => false;

describe('withoutCopies', () => {
  it('keeps a sentence of two copies once, whatever their order, and tells where the copy is', () => {
    const [a, b] = [itemOf(pubmed), itemOf(embase, 'RESULTS: Gefitinib inhibits EGFR')];
    expect(withoutCopies([a, b], never)).toEqual([{ item: b, copies: [a] }]);
    expect(withoutCopies([b, a], never)).toEqual([{ item: b, copies: [a] }]);
  });

  it('keeps the copy that the user has decided on', () => {
    const [a, b] = [itemOf(pubmed), itemOf(embase)];
    expect(withoutCopies([a, b], (item) => item === a)).toEqual([{ item: a, copies: [b] }]);
  });

  it('keeps other relations, other sentences, other papers, and what a draft quotes', () => {
    const other = {
      ...embase,
      publication: 'Weiss 2020, Erlotinib in patients with lung cancer',
      citation: '77',
    };
    const items = [
      itemOf(pubmed),
      itemOf(embase, 'Gefitinib inhibits EGFR.', { type: 'binds' }),
      itemOf(embase, 'Gefitinib strongly inhibits EGFR.'),
      itemOf(other),
      itemOf(draft),
      itemOf(draft),
    ];
    expect(withoutCopies(items, never).map(({ item }) => item)).toEqual(items);
  });

  it('keeps two statements of a relation in one sentence of the kept copy', () => {
    const twice = [itemOf(pubmed), itemOf(pubmed)];
    expect(withoutCopies(twice, never)).toHaveLength(2);
    const copied = withoutCopies([...twice, itemOf(embase), itemOf(embase)], never);
    expect(copied.map(({ item }) => item.document)).toEqual([embase.document, embase.document]);
  });

  it('finds a record that a file has twice', () => {
    const [a, b] = [itemOf(pubmed), itemOf(pubmed, undefined, { start: 900 })];
    expect(withoutCopies([b, a], never)).toEqual([{ item: a, copies: [b] }]);
  });
});
