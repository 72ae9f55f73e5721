import { describe, expect, it } from 'vitest';
import { graphOf, neighbourLabels } from '../../../../media/panel/graphData';
import { layOut, rowAt, totalHeight, visibleRows } from '../../../../media/panel/layout';
import {
  defaultOptions,
  filterRows,
  groupRows,
  listItems,
  typesOf,
} from '../../../../media/panel/relationRows';
import type { RelationRow } from '../../../../src/protocol/panel';

let ids = 0;

function row(subject: string, type: string, object: string, change: Partial<RelationRow> = {}): RelationRow {
  return {
    id: ++ids,
    document: 'file:///a.md',
    name: 'a.md',
    line: ids,
    type,
    subject: { name: subject, type: 'Chemical', key: subject.toLowerCase() },
    object: { name: object, type: 'Gene', key: object.toLowerCase() },
    probability: 0.5,
    evidence: { text: `${subject} and ${object}.`, marks: [] },
    isPinned: false,
    ...change,
  };
}

const rows = [
  row('Gefitinib', 'inhibitor', 'EGFR', { probability: 0.7 }),
  row('gefitinib', 'inhibitor', 'EGFR', { probability: 0.9, document: 'file:///b.md', name: 'b.md' }),
  row('gefitinib', 'inhibitor', 'EGFR', { probability: 0.6, negated: 'not' }),
  row('metformin', 'activator', 'AMPK', { probability: 0.8 }),
];

describe('the rows of the list', () => {
  it('match every word of the filter in names, relation, sentence or document', () => {
    const found = (text: string) => filterRows(rows, { ...defaultOptions, text }).length;
    expect(found('EGFR b.md')).toBe(1);
    expect(found('  MetFor ampk ')).toBe(1);
    expect(found('inhibitor')).toBe(3);
    expect(found('gefitinib ampk')).toBe(0);
  });

  it('can be filtered by type, probability and name', () => {
    expect(filterRows(rows, { ...defaultOptions, type: 'activator' })).toHaveLength(1);
    expect(filterRows(rows, { ...defaultOptions, minProbability: 0.7 })).toHaveLength(3);
    expect(filterRows(rows, { ...defaultOptions, entity: 'ampk' })).toHaveLength(1);
    expect(typesOf(rows)).toEqual(['inhibitor', 'activator']);
  });

  it('are grouped by pair, counting sentences for and against and documents', () => {
    const [pair] = groupRows(rows);
    expect(pair).toMatchObject({ supporting: 2, contradicting: 1, documents: 2, probability: 0.9 });
    expect(pair?.rows.map(({ probability }) => probability)).toEqual([0.9, 0.7, 0.6]);
  });

  it('are below their pair after it was opened; a single sentence has no pair row', () => {
    const closed = listItems(rows, defaultOptions, new Set());
    expect(closed.map(({ kind }) => kind)).toEqual(['pair', 'relation']);
    const key = groupRows(rows)[0]?.key ?? '';
    const open = listItems(rows, defaultOptions, new Set([key]));
    expect(open.map(({ kind }) => kind)).toEqual(['pair', 'relation', 'relation', 'relation', 'relation']);
  });

  it.each([
    ['probability', ['gefitinib', 'metformin', 'Gefitinib', 'gefitinib']],
    ['subject', ['gefitinib', 'Gefitinib', 'gefitinib', 'metformin']],
    ['object', ['metformin', 'gefitinib', 'Gefitinib', 'gefitinib']],
    ['place', ['Gefitinib', 'gefitinib', 'metformin', 'gefitinib']],
  ] as const)('are sorted by %s', (sort, names) => {
    const items = listItems(rows, { ...defaultOptions, isGrouped: false, sort }, new Set());
    expect(items.map((item) => (item.kind === 'relation' ? item.row.subject.name : ''))).toEqual(names);
  });
});

describe('the layout of a long list', () => {
  const layout = layOut(10_000, (index) => (index % 2 === 0 ? 20 : 80));

  it('finds the row at any height', () => {
    expect(totalHeight(layout)).toBe(500_000);
    expect([0, 19, 20, 99, 100, 1e9].map((y) => rowAt(layout, y))).toEqual([0, 0, 1, 1, 2, 9_999]);
  });

  it('draws the visible rows and a few more', () => {
    expect(visibleRows(layout, 0, 200, 2)).toEqual({ first: 0, end: 7 });
    expect(visibleRows(layout, 499_900, 200, 2)).toEqual({ first: 9_996, end: 10_000 });
    expect(
      visibleRows(
        layOut(0, () => 20),
        0,
        200,
      ),
    ).toEqual({ first: 0, end: 0 });
  });
});

describe('the graph', () => {
  it('connects names by their relations', () => {
    const { nodes, edges } = graphOf(rows, 100);
    expect(nodes.map(({ id, count }) => [id, count])).toEqual([
      ['gefitinib', 3],
      ['egfr', 3],
      ['metformin', 1],
      ['ampk', 1],
    ]);
    expect(edges).toHaveLength(2);
    expect(edges[0]).toMatchObject({ source: 'gefitinib', target: 'egfr', count: 3, isDenied: false });
  });

  it('keeps the most frequent names, and edges between them', () => {
    const { nodes, edges, names } = graphOf(rows, 2);
    expect([nodes.length, edges.length, names]).toEqual([2, 1, 4]);
  });

  it('names the neighbours of a node once, in both directions of its edges', () => {
    const graph = graphOf([...rows, row('EGFR', 'binds', 'gefitinib')], 100);
    expect(neighbourLabels(graph, 'egfr')).toEqual(['Gefitinib']);
    expect(neighbourLabels(graph, 'gefitinib')).toEqual(['EGFR']);
  });
});
