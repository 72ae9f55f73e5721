import { describe, expect, it } from 'vitest';
import { groupRows } from '../../../../media/panel/relationRows';
import { RowTexts } from '../../../../media/panel/rowTexts';
import { Words } from '../../../../media/panel/words';
import { panelWords } from '../../../../src/editor/panel/panelWords';
import type { RelationRow } from '../../../../src/protocol/panel';

const texts = new RowTexts(new Words(panelWords(), 'en'));

function row(paper: string, change: Partial<RelationRow> = {}): RelationRow {
  return {
    id: 1,
    document: paper,
    name: paper,
    line: 1,
    type: 'negative_correlation',
    subject: { name: 'Nexavar', type: 'Chemical', key: 'Chemical\nMESH:D1' },
    object: { name: 'BRAF', type: 'Gene', key: 'Gene\nbraf' },
    probability: 0.9,
    evidence: { text: '', marks: [] },
    isPinned: false,
    ...change,
  };
}

const countsOf = (...rows: readonly RelationRow[]) => {
  const [group] = groupRows(rows);
  return group ? texts.counts(group).join(' ') : '';
};
const against = { negated: 'not' };
const speculative = { speculated: 'may' };

describe('the counts of a pair', () => {
  it.each([
    [[row('a'), row('a')], '2 sentences in favour, in 1 paper'],
    [
      [row('a'), row('b', against), row('c', speculative)],
      '1 sentence in favour, 1 against, 1 speculative, in 3 papers',
    ],
    [[row('a', against), row('b', { ...against, ...speculative })], '2 sentences against, in 2 papers'],
    [[row('a', against), row('a', speculative)], '1 sentence against, 1 speculative, in 1 paper'],
    [[row('a', speculative), row('b', speculative)], '2 speculative sentences, in 2 papers'],
    [Array.from({ length: 1_200 }, () => row('a')), '1,200 sentences in favour, in 1 paper'],
  ])('name what each sentence says, and the papers', (rows, expected) => {
    expect(countsOf(...rows)).toBe(expected);
  });
});

describe('the texts of a relation', () => {
  it('are the relation and its badges in words', () => {
    const all = row('a', { ...against, ...speculative, curated: 'accepted', isPinned: true });
    expect(texts.details({ kind: 'relation', row: all, isInside: false })).toEqual([
      'negative correlation',
      'negated',
      'speculative',
      'accepted',
      'pinned',
    ]);
    expect(texts.details({ kind: 'relation', row: row('a'), isInside: true })).toEqual(['90 %']);
  });

  it('are the names in the sentence, if its pair has others, and the places of its copies', () => {
    const concept = { key: '', type: 'Chemical', label: 'sorafenib', others: [], searchText: '' };
    texts.setNames({ names: new Map([['Chemical\nMESH:D1', concept]]), isGrouped: true });
    const copies = [{ id: 7, document: 'b', name: 'Kaplan 2019, Trial', file: 'embase.ris', line: 12 }];
    const inside = row('a', { copies });
    expect(texts.details({ kind: 'relation', row: inside, isInside: true })).toEqual([
      '90 %',
      'Nexavar → BRAF',
    ]);
    expect(texts.details({ kind: 'relation', row: inside, isInside: false })).toEqual([
      'negative correlation',
    ]);
    expect(texts.copies(inside)).toEqual(['also in embase.ris:12']);
    texts.setNames({ names: new Map(), isGrouped: false });
  });

  it('are the names of the concepts if relations are grouped', () => {
    const item = { kind: 'relation', row: row('a'), isInside: false } as const;
    const label = { key: '', type: 'Chemical', label: 'sorafenib', others: [], searchText: '' };
    const names = new Map([['Chemical\nMESH:D1', label]]);
    texts.setNames({ names, isGrouped: true });
    expect(texts.head(item)).toEqual(['sorafenib', 'BRAF', '90 %']);
    texts.setNames({ names, isGrouped: false });
    expect(texts.head(item)).toEqual(['Nexavar', 'BRAF', '90 %']);
  });
});
