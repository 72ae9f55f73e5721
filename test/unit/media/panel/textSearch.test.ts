import { describe, expect, it } from 'vitest';
import { nameGroups } from '../../../../media/panel/nameGroups';
import { TextSearch } from '../../../../media/panel/textSearch';
import type { RelationRow } from '../../../../src/protocol/panel';

const concept = { id: 'MESH:D000077157', name: 'Sorafenib' };
const rows = ['BAY 43-9006', 'Nexavar'].map((name, id) => rowOf(id, name));
const other = {
  ...rowOf(9, 'EGF'),
  subject: { name: 'EGF', type: 'Gene', key: 'Gene\negf' },
  evidence: { text: 'EGF with sorafenib activates BRAF.', marks: [] },
};
const all = [...rows, other];

function rowOf(id: number, name: string): RelationRow {
  return {
    id,
    document: 'file:///a.md',
    name: 'Kaplan 2019, Trial',
    line: 1,
    type: 'inhibitor',
    subject: { name, type: 'Chemical', key: `Chemical\n${concept.id}`, concept },
    object: { name: 'BRAF', type: 'Gene', key: 'Gene\nbraf' },
    probability: 0.9,
    evidence: { text: `${name} acts on BRAF.`, marks: [] },
    isPinned: false,
  };
}

const ranks = (text: string, concepts: readonly string[] = []) => {
  const search = new TextSearch(text, { names: nameGroups(all), concepts: new Set(concepts) });
  return all.map((row) => search.rankOf(row));
};

describe('TextSearch', () => {
  it('ranks a name before its beginning, that before a part of it, and that before the sentence', () => {
    expect(ranks('sorafenib')).toEqual([0, 0, 4]);
    expect(ranks('Nexavar')).toEqual([0, 0, undefined]);
    expect(ranks('nexa')).toEqual([1, 1, undefined]);
    expect(ranks('bay 43-9006')).toEqual([0, 0, undefined]);
    expect(ranks('raf')).toEqual([3, 3, 3]);
  });

  it('ranks names of both partners like a name', () => {
    expect(ranks('nexavar braf')).toEqual([0, 0, undefined]);
    expect(ranks('nexa braf')).toEqual([1, 1, undefined]);
    expect(ranks('exa braf')).toEqual([3, 3, undefined]);
  });

  it('finds words in the relation, the sentence and the name of the paper', () => {
    expect(ranks('inhibitor')).toEqual([4, 4, 4]);
    expect(ranks('kaplan')).toEqual([4, 4, 4]);
    expect(ranks('egf activates 2019')).toEqual([undefined, undefined, 4]);
  });

  it('finds the concepts that the host knows by a name', () => {
    expect(ranks('sorafenibum', [concept.id])).toEqual([2, 2, undefined]);
  });

  it('ranks a name in the list before concepts that only have another name that begins with the text', () => {
    expect(ranks('egf', [concept.id])).toEqual([2, 2, 0]);
  });

  it('finds everything without a text', () => {
    expect(ranks('  ')).toEqual([0, 0, 0]);
    expect(new TextSearch(' ', { names: new Map(), concepts: new Set() }).isEmpty).toBe(true);
  });
});
