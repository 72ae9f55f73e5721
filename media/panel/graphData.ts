/** Converts the relations in the list to nodes and edges. Without side effects. */
import { hasDirection } from '../../src/core/relations/direction';
import type { NamedConcept, RelationRow } from '../../src/protocol/panel';
import { nameGroups, type NameGroup, type NameGroups } from './nameGroups';
import { nameRank } from './nameRank';

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

/** All relations of one type between two nodes. */
export interface GraphEdge {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly type: string;
  /** Whether the relation goes from the source to the target. Otherwise it is the same in both directions. */
  readonly isDirected: boolean;
  /** Number of sentences. */
  readonly count: number;
  /** Number of sentences that deny the relation. */
  readonly denied: number;
  /** Whether most of its sentences deny the relation. */
  readonly isDenied: boolean;
  /** Whether no sentence states the relation as a fact: each denies it or makes it speculative. */
  readonly isUnstated: boolean;
  readonly probability: number;
  /** The sentences, the most probable first. */
  readonly rows: readonly RelationRow[];
}

export interface GraphData {
  /** The strongest first. */
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** Number of all nodes, including those that are not drawn. */
  readonly names: number;
}

export const noGraph: GraphData = { nodes: [], edges: [], names: 0 };

interface EdgeRows {
  readonly source: string;
  readonly target: string;
  readonly type: string;
  readonly isDirected: boolean;
  readonly rows: RelationRow[];
}

/**
 * @param names All names of the list; they give the labels. Default: the names of `rows`.
 * @param maxNodes Maximum number of nodes that can be read at once: the names with the most sentences and the edges
 *   between them are kept. A name is left out if it would have no edge.
 */
export function graphOf(
  rows: readonly RelationRow[],
  maxNodes: number,
  names: NameGroups = nameGroups(rows),
): GraphData {
  const counts = new Map<string, number>();
  const edges = new Map<string, EdgeRows>();
  for (const row of rows) {
    const { subject, object } = row;
    // A relation of a concept with itself cannot be drawn.
    if (subject.key === object.key) continue;
    for (const { key } of [subject, object]) counts.set(key, (counts.get(key) ?? 0) + 1);
    addRow(edges, row);
  }
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  const kept = strongest(
    sorted.map(([id]) => id),
    [...edges.values()],
    maxNodes,
  );
  return {
    nodes: sorted.flatMap(([id, count]) => (kept.has(id) ? nodeOf(names.get(id), count) : [])),
    edges: [...edges]
      .filter(([, { source, target }]) => kept.has(source) && kept.has(target))
      .map(([id, edge]) => edgeOf(id, edge)),
    names: counts.size,
  };
}

/**
 * Chooses the first of the sorted names so that at most `maxNodes` of them have an edge with another chosen one.
 * @returns the names with an edge.
 */
function strongest(
  sorted: readonly string[],
  edges: readonly EdgeRows[],
  maxNodes: number,
): ReadonlySet<string> {
  const neighbours = new Map<string, string[]>(sorted.map((id) => [id, []]));
  for (const { source, target } of edges) {
    neighbours.get(source)?.push(target);
    neighbours.get(target)?.push(source);
  }
  const tried = new Set<string>();
  const connected = new Set<string>();
  for (const id of sorted) {
    const found = (neighbours.get(id) ?? []).filter((other) => tried.has(other));
    tried.add(id);
    if (found.length === 0) continue;
    const added = new Set([id, ...found].filter((each) => !connected.has(each)));
    if (connected.size + added.size > maxNodes) break;
    for (const each of added) connected.add(each);
  }
  return connected;
}

function nodeOf(group: NameGroup | undefined, count: number): readonly GraphNode[] {
  if (!group) return [];
  const { key, label, type, concept, others } = group;
  return [{ id: key, label, type, concept, others, count }];
}

function addRow(edges: Map<string, EdgeRows>, row: RelationRow): void {
  const { subject, object, type } = row;
  const isDirected = hasDirection(type);
  const isTurned = !isDirected && subject.key > object.key;
  const [source, target] = isTurned ? [object.key, subject.key] : [subject.key, object.key];
  const id = JSON.stringify([source, type, target]);
  const edge = edges.get(id);
  if (edge) edge.rows.push(row);
  else edges.set(id, { source, target, type, isDirected, rows: [row] });
}

function edgeOf(id: string, { source, target, type, isDirected, rows }: EdgeRows): GraphEdge {
  const denied = rows.filter(({ negated }) => negated !== undefined).length;
  return {
    id,
    source,
    target,
    type,
    isDirected,
    count: rows.length,
    denied,
    isDenied: denied * 2 > rows.length,
    isUnstated: rows.every(({ negated, speculated }) => negated !== undefined || speculated !== undefined),
    probability: rows.reduce((most, { probability }) => Math.max(most, probability), 0),
    rows: [...rows].sort((a, b) => b.probability - a.probability || a.id - b.id),
  };
}

/** @returns the edges of a node, those with the most sentences first. */
export function edgesOf({ edges }: GraphData, id: string): readonly GraphEdge[] {
  return edges
    .filter(({ source, target }) => source === id || target === id)
    .sort((a, b) => b.count - a.count || b.probability - a.probability);
}

/** @returns the nodes that have an edge with a node, each once, the strongest edge first. */
export function neighboursOf(graph: GraphData, id: string): readonly GraphNode[] {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const others = edgesOf(graph, id).map(({ source, target }) => (source === id ? target : source));
  return [...new Set(others)].flatMap((other) => nodes.get(other) ?? []);
}

/** Finds names by a part of their label, their other spellings, or the name or identifier of their concept. */
export function findNodes(nodes: readonly GraphNode[], text: string): readonly GraphNode[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [];
  const rankOf = ({ label, others, concept }: GraphNode): number => {
    const names = [label, ...others, ...(concept ? [concept.name, concept.id] : [])];
    return nameRank(names.join('\n').toLowerCase(), wanted) ?? 3;
  };
  const ranked = nodes.map((node) => ({ node, rank: rankOf(node) })).filter(({ rank }) => rank < 3);
  return ranked.sort((a, b) => a.rank - b.rank || b.node.count - a.node.count).map(({ node }) => node);
}
