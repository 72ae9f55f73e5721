/** Chooses which labels of a graph are shown and where, so that none covers another. Without side effects. */

/** A node on the screen with its label, in pixels. */
export interface LabelledNode {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** Width of the text. */
  readonly width: number;
  /** Height of the text. */
  readonly height: number;
  /** Whether the label must be shown: it may then be placed at some distance from its node. */
  readonly isRequired: boolean;
  /** Whether the label may cover other nodes, because its own is more important. */
  readonly mayCoverNodes: boolean;
  /** Whether the label is left out. */
  readonly isHidden: boolean;
}

/** The middle of a label. */
export interface LabelPlace {
  readonly x: number;
  readonly y: number;
  /** Whether the label is so far from its node that a line has to connect them. */
  readonly isFar: boolean;
}

/** A box, in pixels. */
export interface Bounds {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Distance between a node and its label. */
const gap = 3;
/** Free space around a label. */
const margin = 2;
const ringDistance = 16;
const rings = 14;

/**
 * Places the labels of nodes, one after the other: a label that would cover one before it is left out.
 *
 * @param nodes The most important first.
 * @param window All labels must be inside. Default: they may be anywhere.
 * @returns for each node the place of its label, or undefined if it is left out.
 */
export function placeLabels(
  nodes: readonly LabelledNode[],
  window?: Bounds,
): readonly (LabelPlace | undefined)[] {
  const labels = new BoxIndex();
  const discs = new BoxIndex();
  for (const { x, y, radius, isHidden } of nodes) {
    // Without their labels, nodes are faint while others have the focus.
    if (isHidden) continue;
    const inner = radius * 0.9;
    discs.add({ left: x - inner, right: x + inner, top: y - inner, bottom: y + inner });
  }
  const places: (LabelPlace | undefined)[] = nodes.map(() => undefined);
  const order = nodes.map((node, index) => ({ node, index })).filter(({ node }) => !node.isHidden);
  const required = order.filter(({ node }) => node.isRequired);
  const others = order.filter(({ node }) => !node.isRequired);
  for (const { node, index } of [...required, ...others]) {
    const place = freePlace(node, { labels, discs, window });
    if (!place) continue;
    places[index] = place;
    labels.add(boxOf(node, place));
  }
  return places;
}

/** The box of a label with its free space. */
export function boxOf({ width, height }: LabelledNode, { x, y }: LabelPlace): Bounds {
  return {
    left: x - width / 2 - margin,
    right: x + width / 2 + margin,
    top: y - height / 2 - margin / 2,
    bottom: y + height / 2 + margin / 2,
  };
}

/** The labels and nodes that a new label must not cover, and the window around them. */
interface Surroundings {
  readonly labels: BoxIndex;
  readonly discs: BoxIndex;
  readonly window: Bounds | undefined;
}

function freePlace(node: LabelledNode, { labels, discs, window }: Surroundings): LabelPlace | undefined {
  const near = nearPlaces(node);
  const isFree = (place: LabelPlace): boolean => {
    const box = boxOf(node, place);
    return (!window || isInside(box, window)) && !labels.overlaps(box);
  };
  const best = near.find((place) => isFree(place) && !discs.overlaps(boxOf(node, place)));
  if (best) return best;
  if (!node.isRequired) return node.mayCoverNodes ? near.find(isFree) : undefined;
  const far = farPlaces(node);
  return (
    far.find((place) => isFree(place) && !discs.overlaps(boxOf(node, place))) ??
    [...near, ...far].find(isFree)
  );
}

/** Places beside a node: below, above, right, left and the corners. */
function nearPlaces({ x, y, radius, width, height }: LabelledNode): readonly LabelPlace[] {
  const right = radius + gap + width / 2;
  const below = radius + gap + height / 2;
  const corner = radius * 0.7 + gap;
  const across = corner + width / 2;
  const down = corner + height / 2;
  const offsets = [
    [0, below],
    [0, -below],
    [right, 0],
    [-right, 0],
    [across, down],
    [-across, down],
    [across, -down],
    [-across, -down],
  ] as const;
  return offsets.map(([dx, dy]) => ({ x: x + dx, y: y + dy, isFar: false }));
}

/** Places on rings around a node, the nearest first. */
function farPlaces({ x, y, radius, width }: LabelledNode): readonly LabelPlace[] {
  const places: LabelPlace[] = [];
  for (let ring = 1; ring <= rings; ring++) {
    const distance = radius + gap + ring * ringDistance;
    const count = 8 + 4 * ring;
    for (let index = 0; index < count; index++) {
      const angle = Math.PI / 2 + (index / count) * 2 * Math.PI;
      const dx = Math.cos(angle) * (distance + width / 2);
      places.push({ x: x + dx, y: y + Math.sin(angle) * distance, isFar: true });
    }
  }
  return places;
}

/** Boxes by the cells of a grid that they touch. */
class BoxIndex {
  private readonly cells = new Map<number, Bounds[]>();

  add(box: Bounds): void {
    for (const cell of cellsOf(box)) {
      const boxes = this.cells.get(cell);
      if (boxes) boxes.push(box);
      else this.cells.set(cell, [box]);
    }
  }

  overlaps(box: Bounds): boolean {
    return cellsOf(box).some((cell) => this.cells.get(cell)?.some((other) => doOverlap(box, other)));
  }
}

const cellSize = 64;

/** More cells than a row of the grid has; cells far apart may share a number, which only costs a comparison. */
const cellsInRow = 65_536;

function cellsOf({ left, right, top, bottom }: Bounds): number[] {
  const cells: number[] = [];
  for (let x = Math.floor(left / cellSize); x <= Math.floor(right / cellSize); x++)
    for (let y = Math.floor(top / cellSize); y <= Math.floor(bottom / cellSize); y++)
      cells.push(x + y * cellsInRow);
  return cells;
}

function isInside(box: Bounds, { left, right, top, bottom }: Bounds): boolean {
  return box.left >= left && box.right <= right && box.top >= top && box.bottom <= bottom;
}

function doOverlap(a: Bounds, b: Bounds): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
