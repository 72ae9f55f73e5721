import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { edgesOf, findNodes, graphOf, neighboursOf } from '../../../../media/panel/graphData';
import { relation } from './graphRelations';

describe('graphOf', () => {
  const rows = [
    relation('gefitinib', 'EGFR'),
    relation('gefitinib', 'EGFR', { negated: 'not' }),
    relation('gefitinib', 'EGFR', { speculated: 'may' }),
    relation('metformin', 'AMPK', { negated: 'not' }),
  ];

  it('counts sentences, and those that deny a relation', () => {
    const { nodes, edges } = graphOf(rows, 100);
    expect(nodes.map(({ id, count }) => [id, count])).toEqual([
      ['gefitinib', 3],
      ['egfr', 3],
      ['metformin', 1],
      ['ampk', 1],
    ]);
    expect(edges).toMatchObject([
      { source: 'gefitinib', target: 'egfr', count: 3, denied: 1, isDenied: false, isUnstated: false },
      { source: 'metformin', target: 'ampk', count: 1, denied: 1, isDenied: true, isUnstated: true },
    ]);
  });

  it('keeps the most frequent names, and edges between them', () => {
    const { nodes, edges, names } = graphOf(rows, 2);
    expect([nodes.length, edges.length, names]).toEqual([2, 1, 4]);
  });

  it('joins both directions of a relation that has none, but not of one that has', () => {
    const mutual = [relation('A', 'B', { type: 'binds' }), relation('B', 'A', { type: 'binds' })];
    expect(graphOf(mutual, 10).edges).toMatchObject([{ count: 2, isDirected: false }]);
    const directed = [relation('A', 'B'), relation('B', 'A')];
    expect(graphOf(directed, 10).edges).toMatchObject([
      { source: 'a', target: 'b', isDirected: true },
      { source: 'b', target: 'a', isDirected: true },
    ]);
  });

  it('leaves out relations of a name with itself', () => {
    expect(graphOf([relation('A', 'a')], 10)).toEqual({ nodes: [], edges: [], names: 0 });
  });

  it('never draws more names than asked for, and none without an edge', () => {
    const name = fc.integer({ min: 0, max: 30 }).map((value) => `n${value}`);
    const pairs = fc.array(fc.tuple(name, name), { maxLength: 80 });
    fc.assert(
      fc.property(pairs, fc.integer({ min: 1, max: 40 }), (related, limit) => {
        const { nodes, edges, names } = graphOf(
          related.map(([a, b]) => relation(a, b)),
          limit,
        );
        const connected = new Set(edges.flatMap(({ source, target }) => [source, target]));
        expect(nodes.length).toBeLessThanOrEqual(Math.max(limit, 0));
        expect(nodes.length).toBeLessThanOrEqual(names);
        expect(nodes.map(({ id }) => id).sort()).toEqual([...connected].sort());
      }),
    );
  });
});

describe('the neighbours of a node', () => {
  const graph = graphOf(
    [
      relation('gefitinib', 'EGFR'),
      relation('EGFR', 'gefitinib', { type: 'binds' }),
      relation('erlotinib', 'EGFR'),
      relation('erlotinib', 'EGFR'),
    ],
    100,
  );

  it('are listed once, whatever the direction of their edges, the strongest first', () => {
    expect(neighboursOf(graph, 'egfr').map(({ label }) => label)).toEqual(['erlotinib', 'gefitinib']);
    expect(neighboursOf(graph, 'gefitinib').map(({ label }) => label)).toEqual(['EGFR']);
  });

  it('have all their edges listed', () => {
    expect(edgesOf(graph, 'egfr')).toHaveLength(3);
  });
});

describe('findNodes', () => {
  const sorafenib = { id: 'MESH:D000077157', name: 'Sorafenib' };
  const { nodes } = graphOf(
    [
      relation('BAY 43-9006', 'BRAF', {
        subject: { name: 'BAY 43-9006', type: 'Chemical', key: 'c', concept: sorafenib },
      }),
      relation('egf', 'EGFR'),
      relation('HER-EGFR', 'EGFR'),
    ],
    100,
  );

  it.each([
    ['sorafenib', ['sorafenib']],
    ['bay', ['sorafenib']],
    ['mesh:d000077157', ['sorafenib']],
    ['egf', ['egf', 'EGFR', 'HER-EGFR']],
    ['  ', []],
    ['nothing', []],
  ])('finds %j, equal names first', (text, expected) => {
    expect(findNodes(nodes, text).map(({ label }) => label)).toEqual(expected);
  });
});
