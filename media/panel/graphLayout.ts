/** Places the nodes of a graph by simulated forces. Without side effects. */
import {
  type Force,
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type SimulationLinkDatum,
  type SimulationNodeDatum,
} from 'd3-force';
import type { GraphData } from './graphData';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The place of each node by its id, in pixels at a zoom of 1. */
export type Places = ReadonlyMap<string, Point>;

export interface RunningLayout {
  /**
   * Moves the nodes for some steps. The result depends only on the number of all steps.
   * @returns true if the layout is finished.
   */
  advance(steps: number): boolean;
  places(): Places;
}

interface Body extends SimulationNodeDatum {
  readonly id: string;
  readonly radius: number;
  readonly group: number;
}

interface Spring extends SimulationLinkDatum<Body> {
  readonly isInside: boolean;
  readonly count: number;
}

const allSteps = 240;
/** Steps for a large graph, in which nobody sees the last small movements. */
const largeSteps = 120;
const largeSize = 800;
/** If most nodes have a place already, they only make room for the others. */
const repairSteps = 80;

/** Radius of a node in pixels: its area grows with its number of sentences. */
export function radiusOf(count: number): number {
  return Math.min(22, 4 + 2.2 * Math.sqrt(count));
}

/** The shape of the window. */
export type LayoutShape = 'wide' | 'square' | 'tall';

export interface LayoutOptions {
  /** Places in an earlier drawing, which are kept as far as possible. Default: none. */
  readonly before?: Places;
  /** Default: wide. */
  readonly shape?: LayoutShape;
}

/** Strength of the force towards the middle, to the sides and up and down. */
const gravity = {
  wide: { x: 0.042, y: 0.09 },
  square: { x: 0.06, y: 0.07 },
  tall: { x: 0.1, y: 0.05 },
} as const;

/**
 * Starts to lay out a graph. Members of a group attract each other, so that each group has a region of its own.
 *
 * @param groups Group of each node.
 */
export function startLayout(
  { nodes, edges }: GraphData,
  groups: readonly number[],
  { before = new Map(), shape = 'wide' }: LayoutOptions = {},
): RunningLayout {
  const starts = startPlaces(groups);
  const bodies = nodes.map(({ id, count }, index): Body => {
    const { x, y } = before.get(id) ?? starts[index] ?? { x: 0, y: 0 };
    return { id, radius: radiusOf(count), group: groups[index] ?? 0, x, y };
  });
  const byId = new Map(bodies.map((body) => [body.id, body]));
  const springs = edges.flatMap(({ source, target, count }): Spring[] => {
    const [from, to] = [byId.get(source), byId.get(target)];
    return from && to ? [{ source: from, target: to, isInside: from.group === to.group, count }] : [];
  });
  const known = nodes.filter(({ id }) => before.has(id)).length;
  const isRepair = known > 0 && known * 2 >= nodes.length;
  const steps = isRepair ? repairSteps : nodes.length > largeSize ? largeSteps : allSteps;
  const simulation = simulationOf(bodies, springs, { isRepair, shape, steps });
  let done = 0;
  return {
    advance: (count) => {
      const more = Math.min(count, steps - done);
      simulation.tick(more);
      done += more;
      return done >= steps;
    },
    places: () => new Map(bodies.map(({ id, x = 0, y = 0 }) => [id, { x, y }])),
  };
}

function simulationOf(
  bodies: Body[],
  springs: Spring[],
  {
    isRepair,
    shape,
    steps,
  }: { readonly isRepair: boolean; readonly shape: LayoutShape; readonly steps: number },
) {
  const size = Math.sqrt(bodies.length);
  return forceSimulation(bodies)
    .stop()
    .alpha(isRepair ? 0.3 : 1)
    .alphaDecay(1 - Math.pow(0.001 / (isRepair ? 0.3 : 1), 1 / steps))
    .force('links', linkForce(springs))
    .force(
      'charge',
      forceManyBody<Body>()
        .strength(({ radius }) => -90 - 14 * radius)
        .theta(1.1)
        .distanceMax(90 * size),
    )
    .force(
      'collision',
      forceCollide<Body>(({ radius }) => radius + 13),
    )
    .force('groups', groupForce(bodies))
    .force('x', forceX<Body>(0).strength(gravity[shape].x))
    .force('y', forceY<Body>(0).strength(gravity[shape].y));
}

function linkForce(springs: Spring[]) {
  const force = forceLink<Body, Spring>(springs).distance(({ source, target, isInside }) => {
    const radii = (source as Body).radius + (target as Body).radius;
    return radii + (isInside ? 34 : 110);
  });
  // The default makes springs of hubs weak.
  const usual = force.strength();
  force.strength((spring, index, all) => {
    const strength = usual(spring, index, all);
    return spring.isInside ? strength : strength * 0.25;
  });
  return force;
}

/** Moves each node towards the middle of its group. */
function groupForce(bodies: readonly Body[]): Force<Body, Spring> {
  const members = new Map<number, Body[]>();
  for (const body of bodies) members.set(body.group, [...(members.get(body.group) ?? []), body]);
  return (alpha) => {
    for (const group of members.values()) {
      if (group.length < 2) continue;
      const x = meanOf(group.map((body) => body.x ?? 0));
      const y = meanOf(group.map((body) => body.y ?? 0));
      for (const body of group) {
        body.vx = (body.vx ?? 0) + (x - (body.x ?? 0)) * alpha * 0.12;
        body.vy = (body.vy ?? 0) + (y - (body.y ?? 0)) * alpha * 0.12;
      }
    }
  };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

const goldenAngle = Math.PI * (3 - Math.sqrt(5));

/** Places the nodes on a spiral, group by group, so that a group starts together. */
function startPlaces(groups: readonly number[]): readonly Point[] {
  const order = groups.map((group, index) => ({ group, index })).sort((a, b) => a.group - b.group);
  const sizes = new Map<number, number>();
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const places: Point[] = groups.map(() => ({ x: 0, y: 0 }));
  const inGroup = new Map<number, number>();
  let before = 0;
  for (const { group, index } of order) {
    const rank = inGroup.get(group) ?? 0;
    if (rank === 0 && group > 0) before += (sizes.get(group - 1) ?? 0) / 2 + (sizes.get(group) ?? 0) / 2;
    inGroup.set(group, rank + 1);
    const middle = spiral(group, 30 * Math.sqrt(before));
    const own = spiral(rank, 16 * Math.sqrt(rank + 0.5));
    places[index] = { x: middle.x * 1.4 + own.x, y: middle.y + own.y };
  }
  return places;
}

function spiral(index: number, radius: number): Point {
  return { x: radius * Math.cos(index * goldenAngle), y: radius * Math.sin(index * goldenAngle) };
}
