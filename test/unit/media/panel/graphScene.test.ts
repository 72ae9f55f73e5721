import { describe, expect, it } from 'vitest';
import { graphOf } from '../../../../media/panel/graphData';
import { groupsOf } from '../../../../media/panel/graphGroups';
import { startLayout } from '../../../../media/panel/graphLayout';
import { edgeOpacity, edgeWidth, sceneOf } from '../../../../media/panel/graphScene';
import { networkRows } from '../../../panel/graphRows';
import { relation } from './graphRelations';

const measure = (text: string, size: number) => text.length * size * 0.55;

function partsOf(data = graphOf(networkRows(60), 60)) {
  const groups = groupsOf(data);
  const layout = startLayout(data, groups);
  while (!layout.advance(100));
  return { data, groups, places: layout.places(), zoom: 1, measure };
}

describe('sceneOf', () => {
  const parts = partsOf();

  it('draws all nodes and edges', () => {
    const { nodes, edges, labels } = sceneOf(parts);
    expect(nodes).toHaveLength(parts.data.nodes.length);
    expect(edges).toHaveLength(parts.data.edges.length);
    expect(labels.length).toBeGreaterThan(30);
    expect(nodes.every(({ emphasis }) => emphasis === 'usual')).toBe(true);
  });

  it('shows more labels at a larger zoom', () => {
    const at = (zoom: number) => sceneOf({ ...parts, zoom }).labels.length;
    expect(at(0.3)).toBeLessThan(at(1));
    expect(at(3)).toBe(parts.data.nodes.length);
  });

  it('highlights a node with its neighbours and labels all of them', () => {
    const node = parts.data.nodes[0]?.id ?? '';
    const { nodes, edges, labels } = sceneOf({ ...parts, zoom: 0.4, focus: { node } });
    const strong = nodes.filter(({ emphasis }) => emphasis === 'strong').map(({ id }) => id);
    expect(strong.length).toBeGreaterThan(3);
    expect(labels.map(({ id }) => id).sort()).toEqual([...strong].sort());
    expect(edges.filter(({ emphasis }) => emphasis === 'strong').length).toBeGreaterThanOrEqual(
      strong.length - 1,
    );
  });

  it('highlights the two names of an edge', () => {
    const edge = parts.data.edges[0]?.id ?? '';
    const { nodes, edges } = sceneOf({ ...parts, focus: { edge } });
    expect(nodes.filter(({ emphasis }) => emphasis === 'strong')).toHaveLength(2);
    expect(edges.filter(({ emphasis }) => emphasis === 'strong').map(({ id }) => id)).toEqual([edge]);
  });

  it('labels the node under the pointer', () => {
    const last = parts.data.nodes.at(-1)?.id ?? '';
    const hovered = sceneOf({ ...parts, zoom: 0.2, labelled: new Set([last]) });
    expect(hovered.labels.map(({ id }) => id)).toContain(last);
    expect(sceneOf({ ...parts, zoom: 0.2 }).labels.map(({ id }) => id)).not.toContain(last);
  });

  it('tells relations by their lines: direction, negation, number of sentences', () => {
    const data = graphOf(
      [
        relation('A', 'B'),
        relation('B', 'C', { type: 'binds' }),
        relation('C', 'D', { negated: 'not' }),
        relation('D', 'E', { speculated: 'may' }),
      ],
      10,
    );
    const [directed, mutual, denied, speculative] = sceneOf(partsOf(data)).edges;
    expect(directed?.head).not.toBe('');
    expect(mutual?.head).toBe('');
    expect([directed, mutual, denied, speculative].map((edge) => edge?.isDashed)).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(edgeWidth(8)).toBeGreaterThan(edgeWidth(1));
    expect(edgeOpacity(8)).toBeGreaterThan(edgeOpacity(1));
  });
});
