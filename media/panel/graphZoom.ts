import { select, type Selection } from 'd3-selection';
import 'd3-transition';
import { zoom, zoomIdentity, type ZoomBehavior, zoomTransform } from 'd3-zoom';
import type { Bounds } from './graphLabels';
import type { Point } from './graphLayout';

/** Zoom and position of a drawing: a point p of it is at `p × scale + (x, y)`. */
export interface View extends Point {
  readonly scale: number;
}

export const zoomRange = { least: 0.1, most: 6 };
const moveMs = 250;

/** Zooms and moves a drawing by the wheel, by fingers, by dragging, and by calls. */
export class ZoomArea {
  /** Whether the view is still the one that {@link fitTo} chose. */
  isFitted = true;
  private drawnScale = 0;
  private readonly canvas: Selection<SVGSVGElement, unknown, null, undefined>;
  private readonly zoom: ZoomBehavior<SVGSVGElement, unknown>;

  /**
   * @param drawing The element that is moved. It is not scaled.
   * @param onScale Called when it has to be drawn for another zoom.
   */
  constructor(
    element: SVGSVGElement,
    private readonly drawing: SVGElement,
    private readonly onScale: () => void,
  ) {
    this.canvas = select(element);
    this.zoom = zoom<SVGSVGElement, unknown>()
      .scaleExtent([zoomRange.least, zoomRange.most])
      .extent(() => [
        [0, 0],
        [element.clientWidth, element.clientHeight],
      ])
      .on('zoom', ({ sourceEvent }: { readonly sourceEvent: unknown }) => {
        if (sourceEvent) this.isFitted = false;
        this.apply();
      });
    this.canvas.call(this.zoom).on('dblclick.zoom', null);
  }

  get view(): View {
    const element = this.canvas.node();
    const { x, y, k } = element ? zoomTransform(element) : zoomIdentity;
    return { x, y, scale: k };
  }

  /** The visible part of the drawing at its present scale. */
  get window(): Bounds {
    const element = this.canvas.node();
    const { x, y } = this.view;
    const { clientWidth = 0, clientHeight = 0 } = element ?? {};
    return { left: -x, right: clientWidth - x, top: -y, bottom: clientHeight - y };
  }

  /** Shows a view that has the whole drawing. The first time, the drawing does not glide there. */
  fitTo(view: View): void {
    this.isFitted = true;
    this.moveTo(view, this.drawnScale === 0);
  }

  /** Moves a point of the drawing, at a zoom of 1, into the middle. */
  centre(point: Point, scale: number): void {
    const element = this.canvas.node();
    if (!element) return;
    const { clientWidth: width, clientHeight: height } = element;
    this.isFitted = false;
    this.moveTo({ x: width / 2 - point.x * scale, y: height / 2 - point.y * scale, scale }, false);
  }

  zoomBy(factor: number): void {
    this.isFitted = false;
    if (isStill()) this.zoom.scaleBy(this.canvas, factor);
    else this.zoom.scaleBy(this.canvas.transition().duration(moveMs), factor);
  }

  private moveTo({ x, y, scale }: View, isAtOnce: boolean): void {
    const target = zoomIdentity.translate(x, y).scale(scale);
    if (isAtOnce || isStill()) this.zoom.transform(this.canvas, target);
    else this.zoom.transform(this.canvas.transition().duration(moveMs), target);
  }

  private apply(): void {
    const { x, y, scale } = this.view;
    this.drawing.setAttribute('transform', `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
    if (scale === this.drawnScale && !this.isFitted) return;
    this.drawnScale = scale;
    this.onScale();
  }
}

/** Whether the user wants no motion. */
function isStill(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
