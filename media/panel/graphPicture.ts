/** A drawn graph as a picture of its own: with a title, a legend and a background. Without side effects. */
import { type LookName, typeLooks } from '../../src/protocol/typeLooks';
import type { GraphColours } from './graphColours';
import type { Bounds } from './graphLabels';
import { edgePaths, nodePath, short } from './graphShapes';
import { edgeWidth, type Scene, type SceneEdge } from './graphScene';

/** Texts of a picture. */
export interface PictureWords {
  readonly title: string;
  /** One sentence about the content of the picture. */
  readonly description: string;
  readonly legend: readonly LegendEntry[];
}

/** A shape of nodes or a kind of line, and what it means. */
export type LegendEntry =
  | { readonly kind: 'type'; readonly look: LookName; readonly text: string }
  | { readonly kind: 'line'; readonly line: LegendLine; readonly text: string };

export type LegendLine = 'directed' | 'mutual' | 'unstated' | 'denied' | 'many';

/** A part of a picture. All lengths are in pixels. */
export type PictureMark =
  | {
      readonly kind: 'path';
      readonly path: string;
      readonly fill?: string;
      readonly stroke?: string;
      readonly width?: number;
      readonly dash?: readonly number[];
      readonly opacity?: number;
    }
  | {
      readonly kind: 'text';
      readonly x: number;
      readonly y: number;
      readonly text: string;
      readonly size: number;
      readonly isBold: boolean;
      readonly anchor: 'start' | 'middle';
      readonly colour: string;
      /** Colour of the border that keeps the text readable above lines. */
      readonly halo: string;
    };

export interface Picture {
  readonly words: PictureWords;
  readonly width: number;
  readonly height: number;
  readonly font: string;
  readonly marks: readonly PictureMark[];
}

export const dash = [6, 4];
/** Width of the border of the outline of a group. */
export const outlineWidth = 44;
export const outlineOpacity = 0.07;

const margin = 24;
const legendSize = 12;
const legendHeight = 22;

export function pictureOf(
  scene: Scene,
  colours: GraphColours,
  words: PictureWords,
  measure: (text: string, size: number, isBold: boolean) => number,
): Picture {
  const box = boundsOf(scene, measure);
  const width = Math.max(480, Math.ceil(box.right - box.left) + 2 * margin);
  const legend = legendOf(words.legend, colours, width, measure);
  const dx = (width - (box.right - box.left)) / 2 - box.left;
  const dy = margin - box.top;
  const top = box.bottom - box.top + 2 * margin;
  return {
    words,
    width,
    height: Math.ceil(top + legend.height + margin / 2),
    font: colours.font,
    marks: [
      {
        kind: 'path',
        path: `M0 0H${width}V${Math.ceil(top + legend.height + margin)}H0z`,
        fill: colours.background,
      },
      ...marksOf(scene, colours).map((mark) => moved(mark, dx, dy)),
      ...legend.marks.map((mark) => moved(mark, 0, top)),
    ],
  };
}

function marksOf({ groups, edges, nodes, labels }: Scene, colours: GraphColours): readonly PictureMark[] {
  const { foreground, background, line, types } = colours;
  return [
    ...groups.map((path): PictureMark => ({
      kind: 'path',
      path,
      fill: foreground,
      stroke: foreground,
      width: outlineWidth,
      opacity: outlineOpacity,
    })),
    ...edges.flatMap((edge) => edgeMarks(edge, line)),
    ...nodes.map(({ path, look, emphasis }): PictureMark => ({
      kind: 'path',
      path,
      fill: types[look],
      stroke: background,
      width: 1.5,
      ...(emphasis === 'dim' && { opacity: 0.2 }),
    })),
    ...labels.flatMap(({ leader }): PictureMark[] =>
      leader === '' ? [] : [{ kind: 'path', path: leader, stroke: line, width: 0.5 }],
    ),
    ...labels.map(({ x, y, text, size, isBold }): PictureMark => ({
      kind: 'text',
      ...{ x, y, text, size, isBold, anchor: 'middle', colour: foreground, halo: background },
    })),
  ];
}

function edgeMarks(
  { line, head, width, opacity, isDashed, emphasis }: SceneEdge,
  colour: string,
): PictureMark[] {
  const seen = emphasis === 'dim' ? 0.1 : opacity;
  const drawn: PictureMark = {
    kind: 'path',
    path: line,
    stroke: colour,
    width,
    opacity: seen,
    ...(isDashed && { dash }),
  };
  return head === '' ? [drawn] : [drawn, { kind: 'path', path: head, fill: colour, opacity: seen }];
}

/** Moves a mark. A path begins with an absolute move, and its other commands are moved in {@link movedPath}. */
function moved(mark: PictureMark, dx: number, dy: number): PictureMark {
  if (mark.kind === 'text') return { ...mark, x: mark.x + dx, y: mark.y + dy };
  return { ...mark, path: movedPath(mark.path, dx, dy) };
}

/** Moves the points of the commands M, L and Q; `a` and `z` are relative. */
export function movedPath(path: string, dx: number, dy: number): string {
  return path.replace(/([MLQ])([^MLQaz]*)/g, (_, command: string, numbers: string) => {
    const values = numbers.trim().split(/\s+/).map(Number);
    return command + values.map((value, index) => short(value + (index % 2 === 0 ? dx : dy))).join(' ');
  });
}

/** The box around all nodes and labels. */
export function boundsOf(
  { nodes, labels }: Pick<Scene, 'nodes' | 'labels'>,
  measure: (text: string, size: number, isBold: boolean) => number,
): Bounds {
  const boxes = [
    ...nodes.map(({ x, y, radius }) => ({ x, y, across: radius * 1.4, down: radius * 1.4 })),
    ...labels.map(({ x, y, text, size, isBold }) => ({
      x,
      y,
      across: measure(text, size, isBold) / 2,
      down: size * 0.7,
    })),
  ];
  if (boxes.length === 0) return { left: 0, right: 0, top: 0, bottom: 0 };
  const most = (of: (box: (typeof boxes)[number]) => number): number =>
    boxes.reduce((best, box) => Math.max(best, of(box)), -Infinity);
  return {
    left: -most(({ x, across }) => across - x),
    right: most(({ x, across }) => x + across),
    top: -most(({ y, down }) => down - y),
    bottom: most(({ y, down }) => y + down),
  };
}

function legendOf(
  entries: readonly LegendEntry[],
  colours: GraphColours,
  width: number,
  measure: (text: string, size: number, isBold: boolean) => number,
): { readonly marks: readonly PictureMark[]; readonly height: number } {
  const marks: PictureMark[] = [];
  let [x, y] = [margin, legendHeight / 2];
  for (const entry of entries) {
    const sample = entry.kind === 'type' ? 16 : 34;
    const entryWidth = sample + 6 + measure(entry.text, legendSize, false);
    if (x > margin && x + entryWidth > width - margin) {
      x = margin;
      y += legendHeight;
    }
    marks.push(...legendSample(entry, colours).map((mark) => moved(mark, x, y)));
    marks.push({
      ...{ kind: 'text', x: x + sample + 6, y, text: entry.text, size: legendSize, isBold: false },
      ...{ anchor: 'start', colour: colours.foreground, halo: colours.background },
    });
    x += entryWidth + 20;
  }
  return { marks, height: entries.length === 0 ? 0 : y + legendHeight / 2 };
}

function legendSample(entry: LegendEntry, { types, line }: GraphColours): readonly PictureMark[] {
  if (entry.kind === 'type') {
    const path = nodePath(typeLooks[entry.look].shape, { x: 8, y: 0 }, 6);
    return [{ kind: 'path', path, fill: types[entry.look] }];
  }
  return edgeMarks(legendEdge(entry.line), line);
}

/** The sample of a kind of line, 34 pixels wide. */
export function legendEdge(line: LegendLine): SceneEdge {
  const width = edgeWidth(line === 'many' ? 16 : 2);
  const head = line === 'denied' ? 'bar' : line === 'directed' ? 'arrow' : 'none';
  const ends = { from: { x: 0, y: 0, radius: 0 }, to: { x: 34, y: 0, radius: 0 } };
  const paths = edgePaths({ ...ends, bend: 0, width, head });
  const isDashed = line === 'unstated' || line === 'denied';
  return { id: line, ...paths, width, opacity: 0.9, isDashed, emphasis: 'usual' };
}
