/** The outlines of nodes and edges as paths of SVG, which a canvas draws too. Without side effects. */
import type { TypeLook } from '../../src/protocol/typeLooks';
import type { Point } from './graphLayout';

/** Corners on a circle: their number, the angle of the first in degrees, and the radius that gives the area of a disc. */
const polygons = {
  triangle: { corners: 3, from: -90, scale: 1.35 },
  diamond: { corners: 4, from: -90, scale: 1.2 },
  rectangle: { corners: 4, from: -45, scale: 1.2 },
  hexagon: { corners: 6, from: 0, scale: 1.1 },
  octagon: { corners: 8, from: -67.5, scale: 1.05 },
} as const;

/** Returns the outline of a node around a point. All shapes of one radius look equally large. */
export function nodePath(shape: TypeLook['shape'], { x, y }: Point, radius: number): string {
  if (shape === 'ellipse') {
    // Twice the rounded radius: an arc over another distance would not be half a circle.
    const r = short(radius);
    const across = short(2 * Number(r));
    return `M${short(x - radius)} ${short(y)}a${r} ${r} 0 1 0 ${across} 0a${r} ${r} 0 1 0 -${across} 0z`;
  }
  if (shape === 'star') return polygonPath(starCorners({ x, y }, radius * 1.4));
  const { corners, from, scale } = polygons[shape];
  return polygonPath(cornersOf({ x, y }, radius * scale, corners, from));
}

function cornersOf({ x, y }: Point, radius: number, count: number, from: number): Point[] {
  return Array.from({ length: count }, (_, index) => {
    const angle = ((from + (index * 360) / count) * Math.PI) / 180;
    return { x: x + radius * Math.cos(angle), y: y + radius * Math.sin(angle) };
  });
}

function starCorners(middle: Point, radius: number): Point[] {
  const outer = cornersOf(middle, radius, 5, -90);
  const inner = cornersOf(middle, radius * 0.5, 5, -54);
  return outer.flatMap((corner, index) => [corner, inner[index] ?? corner]);
}

export function polygonPath(points: readonly Point[]): string {
  return `M${points.map(({ x, y }) => `${short(x)} ${short(y)}`).join('L')}z`;
}

export function linePath(from: Point, to: Point): string {
  return `M${short(from.x)} ${short(from.y)}L${short(to.x)} ${short(to.y)}`;
}

/** A node at the end of an edge. */
export interface EdgeEnd extends Point {
  readonly radius: number;
}

export interface EdgeShape {
  readonly from: EdgeEnd;
  readonly to: EdgeEnd;
  /** Distance of the middle of the edge from the straight line, in pixels; edges between the same nodes differ in it. */
  readonly bend: number;
  readonly width: number;
  /** An arrow points to `to`; a bar stands before it if the relation is denied; without direction it has neither. */
  readonly head: 'arrow' | 'bar' | 'none';
}

/** Space between an edge and the outline of its nodes. */
const space = 2;

/** Returns the paths of an edge: its line, and its filled head, which is empty without a head. */
export function edgePaths({ from, to, bend, width, head }: EdgeShape): {
  readonly line: string;
  readonly head: string;
} {
  const distance = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const normal = { x: -(to.y - from.y) / distance, y: (to.x - from.x) / distance };
  const control = {
    x: (from.x + to.x) / 2 + normal.x * bend * 2,
    y: (from.y + to.y) / 2 + normal.y * bend * 2,
  };
  const size = head === 'arrow' ? 5 + 1.6 * width : head === 'bar' ? 1 + width : 0;
  const start = towards(from, control, from.radius + space);
  const tip = towards(to, control, to.radius + space);
  const end = towards(tip, control, size * 0.9);
  const line =
    `M${short(start.x)} ${short(start.y)}` +
    `Q${short(control.x)} ${short(control.y)} ${short(end.x)} ${short(end.y)}`;
  return { line, head: size === 0 ? '' : headPath(tip, control, size, head) };
}

function headPath(tip: Point, control: Point, size: number, head: EdgeShape['head']): string {
  const base = towards(tip, control, size);
  const across = { x: -(base.y - tip.y), y: base.x - tip.x };
  const spread = head === 'bar' ? (4 + size) / size : 0.5;
  const side = (point: Point, factor: number): Point => ({
    x: point.x + across.x * factor,
    y: point.y + across.y * factor,
  });
  if (head === 'arrow') return polygonPath([tip, side(base, spread), side(base, -spread)]);
  return polygonPath([side(tip, spread), side(base, spread), side(base, -spread), side(tip, -spread)]);
}

function towards(from: Point, to: Point, distance: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length === 0) return from;
  // The ends of an edge between two nodes that touch must not change sides.
  const part = Math.min(distance / length, 0.95);
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

/** A number for a path, with a tenth of a pixel. */
export function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}
