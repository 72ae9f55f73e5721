/** Everything that is drawn of a graph at one zoom, with its places in pixels. Without side effects. */
import { polygonHull } from 'd3-polygon';
import { type LookName, lookNameOf, typeLooks } from '../../src/protocol/typeLooks';
import type { GraphData, GraphEdge, GraphNode } from './graphData';
import { type Bounds, type LabelledNode, placeLabels } from './graphLabels';
import { type Places, type Point, radiusOf } from './graphLayout';
import { edgePaths, linePath, nodePath, polygonPath } from './graphShapes';

/** The part that the reader looks at: a node with its neighbours, or an edge. */
export interface GraphFocus {
  readonly node?: string | undefined;
  readonly edge?: string | undefined;
}

/** `strong`: belongs to the focus; `dim`: does not, while there is a focus. */
export type Emphasis = 'usual' | 'strong' | 'dim';

export interface SceneEdge {
  readonly id: string;
  readonly line: string;
  /** The head, filled with the colour of the line; may be empty. */
  readonly head: string;
  readonly width: number;
  readonly opacity: number;
  readonly isDashed: boolean;
  readonly emphasis: Emphasis;
}

export interface SceneNode extends Point {
  readonly id: string;
  readonly path: string;
  readonly radius: number;
  readonly look: LookName;
  readonly emphasis: Emphasis;
  readonly isFocused: boolean;
}

/** A label. Its text is centred at (x, y). */
export interface SceneLabel extends Point {
  readonly id: string;
  readonly text: string;
  readonly size: number;
  readonly isBold: boolean;
  /** Line to the node; empty if the label is beside it. */
  readonly leader: string;
}

export interface Scene {
  /** Outlines of the groups. They are drawn with a broad round border, so that they go around their nodes. */
  readonly groups: readonly string[];
  readonly edges: readonly SceneEdge[];
  readonly nodes: readonly SceneNode[];
  readonly labels: readonly SceneLabel[];
}

export interface SceneParts {
  readonly data: GraphData;
  readonly places: Places;
  /** Group of each node. */
  readonly groups: readonly number[];
  readonly zoom: number;
  readonly focus?: GraphFocus;
  /** Labels must be inside. Default: they may be anywhere. */
  readonly window?: Bounds | undefined;
  /** Nodes whose labels are shown in any case, such as the one under the pointer. */
  readonly labelled?: ReadonlySet<string>;
  /** Width of a text in pixels. */
  readonly measure: (text: string, size: number, isBold: boolean) => number;
}

const maxLabelLength = 30;

/** Smaller groups need no outline: their edges show that they belong together. */
const minOutlined = 4;

export function sceneOf(parts: SceneParts): Scene {
  const { data, focus = {} } = parts;
  const spots = spotsOf(parts);
  const strong = focusedNodes(data, focus);
  const emphasisOf = (isStrong: boolean): Emphasis => {
    if (focus.node === undefined && focus.edge === undefined) return 'usual';
    return isStrong ? 'strong' : 'dim';
  };
  return {
    groups: outlines(parts, spots),
    edges: edgesOf(data.edges, spots, (edge) => emphasisOf(isFocused(edge, focus))),
    nodes: data.nodes.flatMap(({ id, type }): SceneNode[] => {
      const spot = spots.get(id);
      if (!spot) return [];
      const look = lookNameOf(type);
      const path = nodePath(typeLooks[look].shape, spot, spot.radius);
      const emphasis = emphasisOf(strong.has(id));
      return [{ id, ...spot, path, look, emphasis, isFocused: id === focus.node }];
    }),
    labels: labelsOf(parts, spots, strong),
  };
}

/** The place of a node on the screen. */
interface Spot extends Point {
  readonly radius: number;
}

type Spots = ReadonlyMap<string, Spot>;

/** Distances grow with the zoom; nodes grow less, so that zooming in makes room. */
function spotsOf({ data, places, zoom }: SceneParts): Spots {
  const scale = Math.min(1.6, Math.max(0.45, Math.sqrt(zoom)));
  return new Map(
    data.nodes.flatMap(({ id, count }) => {
      const place = places.get(id);
      if (!place) return [];
      return [[id, { x: place.x * zoom, y: place.y * zoom, radius: radiusOf(count) * scale }]];
    }),
  );
}

function isFocused({ id, source, target }: GraphEdge, focus: GraphFocus): boolean {
  return id === focus.edge || source === focus.node || target === focus.node;
}

function focusedNodes({ edges }: GraphData, focus: GraphFocus): ReadonlySet<string> {
  const ids = edges
    .filter((edge) => isFocused(edge, focus))
    .flatMap(({ source, target }) => [source, target]);
  return new Set(focus.node === undefined ? ids : [focus.node, ...ids]);
}

/** The line of an edge is the thicker and the darker the more sentences it has. */
export function edgeWidth(count: number): number {
  return Math.min(6, 1 + 0.9 * Math.log2(count));
}

export function edgeOpacity(count: number): number {
  return Math.min(0.95, 0.5 + 0.12 * Math.log2(count));
}

function edgesOf(
  edges: readonly GraphEdge[],
  spots: Spots,
  emphasisOf: (edge: GraphEdge) => Emphasis,
): readonly SceneEdge[] {
  const bends = bendsOf(edges);
  return edges.flatMap((edge): SceneEdge[] => {
    const { id, source, target, count } = edge;
    const [from, to] = [spots.get(source), spots.get(target)];
    if (!from || !to) return [];
    const width = edgeWidth(count);
    const emphasis = emphasisOf(edge);
    const head = edge.isDenied ? 'bar' : edge.isDirected ? 'arrow' : 'none';
    const opacity = emphasis === 'strong' ? 1 : edgeOpacity(count);
    const paths = edgePaths({ from, to, bend: bends.get(id) ?? 0, width, head });
    return [{ id, ...paths, width, opacity, isDashed: edge.isUnstated, emphasis }];
  });
}

const bendStep = 9;

/** Edges between the same two nodes are bent to different sides. */
function bendsOf(edges: readonly GraphEdge[]): ReadonlyMap<string, number> {
  const pairs = new Map<string, GraphEdge[]>();
  for (const edge of edges) {
    const key = JSON.stringify([edge.source, edge.target].sort());
    const pair = pairs.get(key);
    if (pair) pair.push(edge);
    else pairs.set(key, [edge]);
  }
  const bends = new Map<string, number>();
  for (const pair of pairs.values()) {
    pair.forEach(({ id, source, target }, index) => {
      // The sides change with the direction of an edge.
      const side = source < target ? 1 : -1;
      bends.set(id, (index - (pair.length - 1) / 2) * bendStep * side);
    });
  }
  return bends;
}

function outlines({ data, groups }: SceneParts, spots: Spots): readonly string[] {
  const members = new Map<number, [number, number][]>();
  data.nodes.forEach(({ id }, index) => {
    const spot = spots.get(id);
    const group = groups[index] ?? 0;
    if (spot) members.set(group, [...(members.get(group) ?? []), [spot.x, spot.y]]);
  });
  // One group alone needs no outline.
  if (members.size < 2) return [];
  return [...members.values()].flatMap((points) => {
    const hull = points.length < minOutlined ? null : polygonHull(points);
    return hull ? [polygonPath(hull.map(([x, y]) => ({ x, y })))] : [];
  });
}

function labelsOf(
  { data, focus = {}, labelled = new Set(), measure, window }: SceneParts,
  spots: Spots,
  strong: ReadonlySet<string>,
): readonly SceneLabel[] {
  const hasFocus = strong.size > 0;
  const drawn = data.nodes.flatMap((node) => {
    const spot = spots.get(node.id);
    return spot ? [{ node, spot, ...labelStyle(node, node.id === focus.node) }] : [];
  });
  // The focus comes first, then the names with the most sentences.
  const ordered = [
    ...drawn.filter(({ node }) => node.id === focus.node || labelled.has(node.id)),
    ...drawn.filter(({ node }) => node.id !== focus.node && !labelled.has(node.id)),
  ];
  const places = placeLabels(
    ordered.map(({ node, spot, text, size, isBold }, index): LabelledNode => {
      const isRequired = strong.has(node.id) || labelled.has(node.id);
      const height = size * 1.25;
      return {
        ...spot,
        width: measure(text, size, isBold),
        height,
        isRequired,
        mayCoverNodes: index < Math.max(4, ordered.length / 14),
        isHidden: hasFocus && !isRequired,
      };
    }),
    window,
  );
  return ordered.flatMap(({ node: { id }, spot, text, size, isBold }, index): SceneLabel[] => {
    const place = places[index];
    if (!place) return [];
    const { x, y } = place;
    const label = { width: measure(text, size, isBold), height: size };
    const leader = place.isFar ? leaderPath(spot, place, label) : '';
    return [{ id, x, y, text, size, isBold, leader }];
  });
}

/** A line from a node to the nearest point of its label. */
function leaderPath(
  spot: Spot,
  { x, y }: Point,
  { width, height }: { readonly width: number; readonly height: number },
): string {
  const near = (value: number, middle: number, size: number): number =>
    Math.min(middle + size / 2, Math.max(middle - size / 2, value));
  return linePath(spot, { x: near(spot.x, x, width), y: near(spot.y, y, height) });
}

function labelStyle({ label, count }: GraphNode, isFocused: boolean) {
  const text = label.length > maxLabelLength ? `${label.slice(0, maxLabelLength - 1)}…` : label;
  const size = Math.round((11 + Math.min(4, Math.max(0, Math.log2(count) - 1) * 0.8)) * 2) / 2;
  return { text, size, isBold: isFocused || count >= 30 };
}
