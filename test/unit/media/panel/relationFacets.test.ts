import { describe, expect, it } from 'vitest';
import { nameGroups } from '../../../../media/panel/nameGroups';
import {
  entityTypesOf,
  hasDrafts,
  nameChoices,
  paperChoices,
  yearsOf,
} from '../../../../media/panel/relationFacets';
import type { RelationRow } from '../../../../src/protocol/panel';

const concept = { id: 'MESH:D1', name: 'Sorafenib' };

function row(id: number, name: string, change: Partial<RelationRow> = {}): RelationRow {
  return {
    id,
    document: `file:///${id}.md`,
    name: `${id}.md`,
    line: 1,
    type: 'inhibitor',
    subject: { name, type: 'Chemical', key: 'Chemical\nMESH:D1', concept },
    object: { name: 'BRAF', type: 'Gene', key: 'Gene\nbraf' },
    probability: 0.9,
    evidence: { text: '', marks: [] },
    isPinned: false,
    ...change,
  };
}

const melanoma = { name: 'melanoma', type: 'Disease', key: 'Disease\nmelanoma' };
const rows = [
  row(10, 'Nexavar', { year: 2004 }),
  row(2, 'sorafenib'),
  row(2, 'sorafenib', { object: melanoma, year: 1998, isDraft: true }),
];

describe('what the filters offer', () => {
  it('are the names, those of a concept as one, most frequent first', () => {
    expect(nameChoices(rows, nameGroups(rows)).map(({ label, note, count }) => [label, note, count])).toEqual(
      [
        ['sorafenib', 'Chemical', 3],
        ['BRAF', 'Gene', 2],
        ['melanoma', 'Disease', 1],
      ],
    );
  });

  it('counts a relation of a name with itself once', () => {
    const self = row(1, 'BRAF', { subject: { name: 'BRAF', type: 'Gene', key: 'Gene\nbraf' } });
    expect(nameChoices([self], nameGroups([self])).map(({ count }) => count)).toEqual([1]);
  });

  it('are the papers by name, with numbers in their order', () => {
    expect(paperChoices(rows).map(({ label, count }) => [label, count])).toEqual([
      ['2.md', 2],
      ['10.md', 1],
    ]);
  });

  it('are types, years and whether there are drafts', () => {
    expect(entityTypesOf(rows)).toEqual(['Chemical', 'Gene', 'Disease']);
    expect(yearsOf(rows)).toEqual([1998, 2004]);
    expect(yearsOf(rows.slice(1, 2))).toBeUndefined();
    expect([hasDrafts(rows), hasDrafts(rows.slice(0, 2))]).toEqual([true, false]);
  });
});
