/** Groups the nodes of a graph by how closely they are related. Without side effects. */
import { UndirectedGraph } from 'graphology';
import louvain from 'graphology-communities-louvain';
import type { GraphData } from './graphData';

/**
 * Returns the group of each node, in the order of the nodes: 0 for the largest group. The groups are communities by the
 * method of Louvain: many edges inside, few between them. The same graph always gives the same groups.
 */
export function groupsOf({ nodes, edges }: GraphData): readonly number[] {
  if (edges.length === 0) return nodes.map((_, index) => index);
  const graph = new UndirectedGraph();
  for (const { id } of nodes) graph.addNode(id);
  for (const { source, target, count } of edges) {
    // The tenth sentence says less about how close two names are than the second.
    const weight = 1 + Math.log2(count);
    graph.updateUndirectedEdge(source, target, ({ weight: before = 0 }) => ({
      weight: (before as number) + weight,
    }));
  }
  const found = louvain(graph, { rng: randomNumbers(7), getEdgeWeight: 'weight' });
  const sizes = new Map<number, number>();
  for (const group of Object.values(found)) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const bySize = [...sizes].sort(([a, m], [b, n]) => n - m || a - b).map(([group]) => group);
  const numbers = new Map(bySize.map((group, index) => [group, index]));
  return nodes.map(({ id }) => numbers.get(found[id] ?? -1) ?? 0);
}

/** Random numbers in [0, 1) from a seed: the generator _mulberry32_. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
