import type { SaveParams } from '../../src/protocol/panelMessages';
import { printColours } from './graphColours';
import { cytoscapeJson } from './graphCytoscape';
import { type GraphData, noGraph } from './graphData';
import { GraphElements, svgElement, type ElementTitles } from './graphElements';
import { groupsOf } from './graphGroups';
import { type LayoutShape, type Places, type RunningLayout, startLayout } from './graphLayout';
import type { Bounds } from './graphLabels';
import { boundsOf, pictureOf, type PictureWords } from './graphPicture';
import { picturePng } from './graphPng';
import { type GraphFocus, type Scene, sceneOf } from './graphScene';
import { pictureSvg } from './graphSvg';
import { textMeasure, type TextMeasure } from './graphText';
import { type View, ZoomArea, zoomRange } from './graphZoom';

export type GraphFile = 'png' | 'svg' | 'json';

export interface DrawnGraph {
  /** Draws a graph. Nodes that were drawn before stay near their places. */
  show(data: GraphData): void;
  /** Highlights a node with its neighbours, or an edge; nothing if neither is named. */
  focus(focus: GraphFocus): void;
  /** Moves a node into the middle. */
  centre(id: string): void;
  /** Makes the graph larger (factor above 1) or smaller. */
  zoomBy(factor: number): void;
  /** Shows the whole graph. */
  fit(): void;
  /** Places of the nodes; empty until the graph is laid out. */
  readonly places: Places;
  /** The graph as a file to save. */
  file(kind: GraphFile, words: PictureWords): SaveParams;
}

export interface GraphListener extends ElementTitles {
  /** Called when a node, an edge, or the space between them (neither) was clicked. */
  onClick(focus: GraphFocus): void;
}

export interface DrawGraph {
  (container: HTMLElement, listener: GraphListener): DrawnGraph;
}

export const drawGraph: DrawGraph = (container, listener) => new GraphDrawing(container, listener);

/** Space around the nodes in a window of some width or height, for labels. */
function marginOf(size: number): number {
  return Math.min(48, size * 0.1);
}

/** Windows that differ little in their shape have the same layout. */
function shapeOf({ clientWidth, clientHeight }: HTMLElement): LayoutShape {
  const ratio = clientWidth / (clientHeight || 1);
  return ratio > 1.2 ? 'wide' : ratio < 0.8 ? 'tall' : 'square';
}

/** A graph of few nodes is not enlarged beyond this zoom. */
const mostFitting = 1.7;
/** Saved pictures become larger than this if their labels would not be readable. */
const pictureSize: readonly [number, number] = [1600, 1000];
const leastPictureZoom = 0.8;

/** A graph with the group and the place of each node. */
interface Content {
  readonly data: GraphData;
  readonly groups: readonly number[];
  readonly places: Places;
}

/** A graph on the screen: it is laid out, zoomed and moved, and parts of it are highlighted. */
class GraphDrawing implements DrawnGraph {
  private readonly elements: GraphElements;
  private readonly area: ZoomArea;
  private readonly measure: TextMeasure;
  private content: Content = { data: noGraph, groups: [], places: new Map() };
  private shown: GraphFocus = {};
  private hovered: string | undefined;
  private stopLayout: () => void = () => undefined;

  constructor(
    private readonly container: HTMLElement,
    listener: GraphListener,
  ) {
    this.elements = new GraphElements(listener);
    this.measure = textMeasure(() => getComputedStyle(container).fontFamily);
    const { element: drawing } = this.elements;
    const element = svgElement('svg', { class: 'graph-drawing', 'aria-hidden': 'true' }, drawing);
    container.append(element);
    this.area = new ZoomArea(element, drawing, () => this.draw());
    element.addEventListener('click', (event) => listener.onClick(partAt(event.target)));
    element.addEventListener('pointerover', (event) => this.hover(partAt(event.target).node));
    element.addEventListener('pointerleave', () => this.hover(undefined));
    new ResizeObserver(() => {
      if (this.area.isFitted) this.fit();
    }).observe(container);
  }

  get places(): Places {
    return this.content.places;
  }

  show(data: GraphData): void {
    const { content } = this;
    if (hasSameParts(data, content.data) && content.places.size > 0) {
      this.content = { ...content, data };
      this.draw();
      return;
    }
    this.stopLayout();
    const groups = groupsOf(data);
    const layout = startLayout(data, groups, { before: content.places, shape: shapeOf(this.container) });
    this.container.classList.add('arranging');
    this.stopLayout = runInSlices(layout, () => {
      this.content = { data, groups, places: layout.places() };
      this.container.classList.remove('arranging');
      this.draw();
      this.fit();
    });
  }

  focus(focus: GraphFocus): void {
    this.shown = focus;
    this.draw();
  }

  centre(id: string): void {
    const place = this.places.get(id);
    if (place) this.area.centre(place, Math.max(0.9, this.area.view.scale));
  }

  zoomBy(factor: number): void {
    this.area.zoomBy(factor);
  }

  fit(): void {
    const { clientWidth: width, clientHeight: height } = this.container;
    if (this.places.size > 0 && width > 0 && height > 0)
      this.area.fitTo(this.fittingView([width, height], this.measure));
  }

  file(kind: GraphFile, words: PictureWords): SaveParams {
    const { data, places } = this.content;
    const name = `relations.${kind === 'json' ? 'cyjs' : kind}`;
    if (kind === 'json') return { name, content: cytoscapeJson(data, places), encoding: 'utf8' };
    const measure = textMeasure(() => printColours.font);
    const scale = Math.max(leastPictureZoom, this.fittingView(pictureSize, measure).scale);
    const picture = pictureOf(this.sceneAt(scale, measure, this.shown), printColours, words, measure);
    return kind === 'svg'
      ? { name, content: pictureSvg(picture), encoding: 'utf8' }
      : { name, content: picturePng(picture), encoding: 'base64' };
  }

  /** The view with the largest zoom that shows all nodes and labels in a window. */
  private fittingView([width, height]: readonly [number, number], measure: TextMeasure): View {
    let scale = mostFitting;
    // Labels and nodes do not shrink as distances do, so that one division is not enough.
    for (let attempt = 0; ; attempt++) {
      // Labels beside the outer nodes may be placed elsewhere, so that only nodes count.
      const { nodes } = this.sceneAt(scale, measure, {});
      const { left, right, top, bottom } = boundsOf({ nodes, labels: [] }, measure);
      const [across, down] = [width - 2 * marginOf(width), height - 2 * marginOf(height)];
      const room = Math.min(across / (right - left || 1), down / (bottom - top || 1));
      if (room >= 1 || attempt === 4)
        return { scale, x: (width - left - right) / 2, y: (height - top - bottom) / 2 };
      scale = Math.max(zoomRange.least, scale * room);
    }
  }

  private draw(): void {
    if (this.places.size === 0) return;
    const { area, measure, shown } = this;
    // The whole graph is in the window, and so should be its labels; a part of it may be moved.
    const window = area.isFitted ? area.window : undefined;
    this.elements.show(this.sceneAt(area.view.scale, measure, shown, window));
  }

  private sceneAt(zoom: number, measure: TextMeasure, focus: GraphFocus, window?: Bounds): Scene {
    const labelled = new Set(this.hovered === undefined ? [] : [this.hovered]);
    return sceneOf({ ...this.content, zoom, focus, labelled, measure, window });
  }

  private hover(id: string | undefined): void {
    if (id === this.hovered) return;
    this.hovered = id;
    this.draw();
  }
}

function partAt(target: EventTarget | null): GraphFocus {
  const part = target instanceof Element ? target.closest('[data-node], [data-edge]') : null;
  return {
    node: part?.getAttribute('data-node') ?? undefined,
    edge: part?.getAttribute('data-edge') ?? undefined,
  };
}

function hasSameParts(a: GraphData, b: GraphData): boolean {
  const ids = new Set([...a.nodes, ...a.edges].map(({ id }) => id));
  const parts = [...b.nodes, ...b.edges];
  return parts.length === ids.size && parts.every(({ id }) => ids.has(id));
}

/** Time for a part of the layout, in milliseconds: the page must answer to keys in between. */
const sliceMs = 24;

/** Finishes a layout in small parts. @returns a function that stops it. */
function runInSlices(layout: RunningLayout, onDone: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const advance = (): void => {
    const end = performance.now() + sliceMs;
    let isDone = false;
    while (!isDone && performance.now() < end) isDone = layout.advance(2);
    if (isDone) onDone();
    else timer = setTimeout(advance, 0);
  };
  advance();
  return () => {
    clearTimeout(timer);
  };
}
