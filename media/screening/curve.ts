import type { CurvePoint } from '../../src/core/review/screeningProgress';
import { curveSize, curvePoints } from './curvePoints';

const namespace = 'http://www.w3.org/2000/svg';
/** A small drawing of how many relevant records were found over the screened ones. It scales to its box. */
export class Curve {
  readonly element = svg('svg', {
    viewBox: `0 0 ${curveSize.width} ${curveSize.height}`,
    class: 'curve',
    role: 'img',
  });
  private readonly line = svg('polyline', { class: 'curve-line' });

  constructor() {
    const base = svg('line', { class: 'curve-base', x1: '0', x2: String(curveSize.width) });
    for (const side of ['y1', 'y2']) base.setAttribute(side, String(curveSize.height - curveSize.edge / 2));
    this.element.append(base, this.line);
  }

  /** @param label A sentence with the content of the curve, for assistive technology and as the tooltip. */
  show(curve: readonly CurvePoint[], label: string): void {
    this.element.setAttribute('aria-label', label);
    this.element.replaceChildren(
      titleOf(label),
      ...Array.from(this.element.querySelectorAll('line')),
      this.line,
    );
    this.line.setAttribute('points', curvePoints(curve).join(' '));
  }
}

function titleOf(text: string): SVGElement {
  const title = svg('title', {});
  title.textContent = text;
  return title;
}

function svg(name: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const element = document.createElementNS(namespace, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
