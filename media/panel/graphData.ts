/** Converts the relations in the list to nodes and edges. Without side effects. */
import type { RelationRow } from '../../src/protocol/panel';

export interface GraphNode {
  readonly id: string;
  readonly label: string;
  readonly type: string;
  /** Number of sentences with a relation of this node. */
  readonly count: number;
}

export interface GraphEdge {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly type: string;
  readonly count: number;
  /** Whether most of its sentences deny the relation. */
  readonly isDenied: boolean;
  readonly probability: number;
}

export interface GraphData {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** Number of all names, including those that are not drawn. */
  readonly names: number;
}

export const noGraph: GraphData = { nodes: [], edges: [], names: 0 };

interface EdgeSum {
  readonly source: string;
  readonly target: string;
  readonly type: string;
  count: number;
  denied: number;
  probability: number;
}

/**
 * @param maxNodes Maximum number of nodes that can be read at once: the most frequent names and the edges between them
 *   are kept.
 */
export function graphOf(rows: readonly RelationRow[], maxNodes: number): GraphData {
  const nodes = new Map<string, { label: string; type: string; count: number }>();
  const edges = new Map<string, EdgeSum>();
  for (const row of rows) {
    for (const { key, name, type } of [row.subject, row.object]) {
      const node = nodes.get(key) ?? { label: name, type, count: 0 };
      node.count++;
      nodes.set(key, node);
    }
    addEdge(edges, row);
  }
  const kept = [...nodes].sort(([, a], [, b]) => b.count - a.count).slice(0, maxNodes);
  const ids = new Set(kept.map(([id]) => id));
  return {
    nodes: kept.map(([id, node]) => ({ id, ...node })),
    edges: [...edges]
      .filter(([, { source, target }]) => ids.has(source) && ids.has(target) && source !== target)
      .map(([id, { denied, ...edge }]) => ({ id, ...edge, isDenied: denied * 2 > edge.count })),
    names: nodes.size,
  };
}

/** @returns the labels of the nodes that have an edge with a node, each once. */
export function neighbourLabels({ nodes, edges }: GraphData, id: string): readonly string[] {
  const labels = new Map(nodes.map((node) => [node.id, node.label]));
  const neighbours = edges
    .filter(({ source, target }) => source === id || target === id)
    .map(({ source, target }) => labels.get(source === id ? target : source) ?? '');
  return [...new Set(neighbours)];
}

function addEdge(
  edges: Map<string, EdgeSum>,
  { subject, object, type, negated, probability }: RelationRow,
): void {
  const id = JSON.stringify([subject.key, type, object.key]);
  const edge = edges.get(id) ?? {
    source: subject.key,
    target: object.key,
    type,
    count: 0,
    denied: 0,
    probability: 0,
  };
  edge.count++;
  if (negated !== undefined) edge.denied++;
  edge.probability = Math.max(edge.probability, probability);
  edges.set(id, edge);
}
