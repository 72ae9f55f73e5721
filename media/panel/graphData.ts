/** Converts the relations in the list to nodes and edges. Without side effects. */
import type { NamedConcept, RelationRow } from '../../src/protocol/panel';
import { nameGroups, type NameGroup, type NameGroups } from './nameGroups';

/** A concept with all its names, or a name that is not linked. */
export interface GraphNode {
  readonly id: string;
  readonly label: string;
  readonly type: string;
  readonly concept?: NamedConcept | undefined;
  /** Other spellings of the label in the list. */
  readonly others: readonly string[];
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
  /** Number of all nodes, including those that are not drawn. */
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
 * @param names All names of the list; they give the labels. Default: the names of `rows`.
 * @param maxNodes Maximum number of nodes that can be read at once: the most frequent names and the edges between them
 *   are kept.
 */
export function graphOf(
  rows: readonly RelationRow[],
  maxNodes: number,
  names: NameGroups = nameGroups(rows),
): GraphData {
  const counts = new Map<string, number>();
  const edges = new Map<string, EdgeSum>();
  for (const row of rows) {
    for (const { key } of [row.subject, row.object]) counts.set(key, (counts.get(key) ?? 0) + 1);
    addEdge(edges, row);
  }
  const kept = [...counts].sort(([, a], [, b]) => b - a).slice(0, maxNodes);
  const ids = new Set(kept.map(([id]) => id));
  return {
    nodes: kept.flatMap(([id, count]) => nodeOf(names.get(id), count)),
    edges: [...edges]
      .filter(([, { source, target }]) => ids.has(source) && ids.has(target) && source !== target)
      .map(([id, { denied, ...edge }]) => ({ id, ...edge, isDenied: denied * 2 > edge.count })),
    names: counts.size,
  };
}

function nodeOf(group: NameGroup | undefined, count: number): readonly GraphNode[] {
  if (!group) return [];
  const { key, label, type, concept, others } = group;
  return [{ id: key, label, type, concept, others, count }];
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
