import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { graphOf } from '../../../../media/panel/graphData';
import { groupsOf } from '../../../../media/panel/graphGroups';
import { radiusOf, startLayout } from '../../../../media/panel/graphLayout';
import { networkRows } from '../../../panel/graphRows';
import { relation } from './graphRelations';

const graph = graphOf(networkRows(120), 120);
const groups = groupsOf(graph);

function finished(layout: ReturnType<typeof startLayout>, steps = 1000) {
  while (!layout.advance(steps));
  return layout.places();
}

describe('groupsOf', () => {
  it('puts closely related names into one group, the same each time', () => {
    const rows = ['a', 'b', 'c', 'd'].flatMap((from, index, all) =>
      all.slice(index + 1).flatMap((to) => [relation(from, to), relation(from.repeat(2), to.repeat(2))]),
    );
    const two = graphOf([...rows, relation('a', 'aa')], 100);
    const found = groupsOf(two);
    const groupOf = (id: string) => found[two.nodes.findIndex((node) => node.id === id)];
    expect(new Set(['a', 'b', 'c', 'd'].map(groupOf)).size).toBe(1);
    expect(groupOf('aa')).not.toBe(groupOf('a'));
    expect(groupsOf(two)).toEqual(found);
    expect(groupsOf(graph)).toEqual(groups);
  });
});

describe('startLayout', () => {
  it('gives the same places each time, however its steps are divided', () => {
    const places = finished(startLayout(graph, groups));
    expect(finished(startLayout(graph, groups), 7)).toEqual(places);
  });

  it('keeps nodes apart', () => {
    const places = finished(startLayout(graph, groups));
    const nodes = graph.nodes.flatMap(({ id, count }) => {
      const place = places.get(id);
      return place ? [{ ...place, radius: radiusOf(count) }] : [];
    });
    expect(nodes).toHaveLength(graph.nodes.length);
    const touching = nodes.filter((a, index) =>
      nodes.slice(index + 1).some((b) => Math.hypot(a.x - b.x, a.y - b.y) < a.radius + b.radius),
    );
    expect(touching).toEqual([]);
  });

  it('is wide in a wide window and high in a high one', () => {
    const ratioOf = (shape: 'wide' | 'tall') => {
      const all = [...finished(startLayout(graph, groups, { shape })).values()];
      const extent = (values: number[]) => Math.max(...values) - Math.min(...values);
      return extent(all.map(({ x }) => x)) / extent(all.map(({ y }) => y));
    };
    expect(ratioOf('wide')).toBeGreaterThan(1.1);
    expect(ratioOf('tall')).toBeLessThan(0.9);
  });

  it('moves nodes little when one is added', () => {
    const before = finished(startLayout(graph, groups));
    const larger = graphOf([...networkRows(120), relation('new', 'name 0')], 130);
    const after = finished(startLayout(larger, groupsOf(larger), { before }));
    const moves = [...before].map(([id, { x, y }]) => {
      const place = after.get(id);
      return place ? Math.hypot(place.x - x, place.y - y) : Infinity;
    });
    moves.sort((a, b) => a - b);
    expect(moves[Math.floor(moves.length / 2)]).toBeLessThan(40);
  });

  it('places every node of any graph', () => {
    const name = fc.integer({ min: 0, max: 12 }).map((value) => `n${value}`);
    fc.assert(
      fc.property(fc.array(fc.tuple(name, name), { minLength: 1, maxLength: 30 }), (pairs) => {
        const any = graphOf(
          pairs.map(([a, b]) => relation(a, b)),
          100,
        );
        const places = finished(startLayout(any, groupsOf(any)));
        expect([...places.keys()]).toEqual(any.nodes.map(({ id }) => id));
        for (const { x, y } of places.values())
          expect([Number.isFinite(x), Number.isFinite(y)]).toEqual([true, true]);
      }),
      { numRuns: 30 },
    );
  });
});
