/** The elements of a drawn graph. They are kept while the graph is the same, so that a click in progress is not lost. */
import { typeLooks } from '../../src/protocol/typeLooks';
import type { Scene, SceneEdge, SceneLabel, SceneNode } from './graphScene';

const namespace = 'http://www.w3.org/2000/svg';

export type SvgAttributes = Readonly<Record<string, string>>;

export function svgElement<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: SvgAttributes = {},
  ...children: readonly (Node | string)[]
): SVGElementTagNameMap[Name] {
  const element = document.createElementNS(namespace, name);
  setAttributes(element, attributes);
  element.append(...children);
  return element;
}

function setAttributes(element: Element, attributes: SvgAttributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }
}

/** Parts of one kind, each with a group of elements. */
class Layer<Part extends { readonly id: string }> {
  readonly element: SVGGElement;
  private readonly drawn = new Map<string, SVGGElement>();

  constructor(
    name: string,
    private readonly create: (part: Part) => SVGGElement,
    private readonly update: (element: SVGGElement, part: Part) => void,
  ) {
    this.element = svgElement('g', { class: name });
  }

  show(parts: readonly Part[]): void {
    const ids = new Set(parts.map(({ id }) => id));
    for (const [id, element] of this.drawn) {
      if (ids.has(id)) continue;
      element.remove();
      this.drawn.delete(id);
    }
    for (const part of parts) {
      const element = this.drawn.get(part.id) ?? this.create(part);
      if (!this.drawn.has(part.id)) {
        this.drawn.set(part.id, element);
        this.element.append(element);
      }
      this.update(element, part);
    }
  }
}

export interface ElementTitles {
  ofNode(id: string): string;
  ofEdge(id: string): string;
}

/** Draws scenes into an element. Its parts carry `data-node` or `data-edge` with their id. */
export class GraphElements {
  readonly element = svgElement('g');
  private readonly groups = svgElement('g', { class: 'graph-groups' });
  private readonly edges: Layer<SceneEdge>;
  private readonly nodes: Layer<SceneNode>;
  private readonly labels = new Layer<SceneLabel>('graph-labels', createLabel, updateLabel);

  constructor(titles: ElementTitles) {
    this.edges = new Layer<SceneEdge>('graph-edges', ({ id }) => createEdge(id, titles), updateEdge);
    this.nodes = new Layer<SceneNode>('graph-nodes', ({ id }) => createNode(id, titles), updateNode);
    this.element.append(this.groups, this.edges.element, this.nodes.element, this.labels.element);
  }

  show(scene: Scene): void {
    this.groups.replaceChildren(...scene.groups.map((d) => svgElement('path', { d })));
    this.edges.show(scene.edges);
    this.nodes.show(scene.nodes);
    this.labels.show(scene.labels);
  }
}

function titled(element: SVGGElement, title: string): SVGGElement {
  element.append(svgElement('title', {}, title));
  return element;
}

/** The line, its head, and a broad invisible line that is easy to hit. */
function createEdge(id: string, titles: ElementTitles): SVGGElement {
  const element = svgElement('g', { 'data-edge': id });
  element.append(
    svgElement('path', { class: 'edge-target' }),
    svgElement('path', { class: 'edge-line' }),
    svgElement('path', { class: 'edge-head' }),
  );
  return titled(element, titles.ofEdge(id));
}

function updateEdge(element: SVGGElement, edge: SceneEdge): void {
  const { line, head, width, opacity, isDashed, emphasis } = edge;
  setAttributes(element, {
    class: `edge ${emphasis}`,
    opacity: emphasis === 'dim' ? '0.12' : String(opacity),
  });
  const [target, drawn, tip] = element.children;
  if (!target || !drawn || !tip) return;
  setAttributes(target, { d: line, 'stroke-width': String(width + 10) });
  setAttributes(drawn, {
    d: line,
    'stroke-width': String(width),
    'stroke-dasharray': isDashed ? '6 4' : 'none',
  });
  setAttributes(tip, { d: head });
}

function createNode(id: string, titles: ElementTitles): SVGGElement {
  const element = svgElement('g', { 'data-node': id });
  element.append(svgElement('path'));
  return titled(element, titles.ofNode(id));
}

function updateNode(element: SVGGElement, { path, look, emphasis, isFocused }: SceneNode): void {
  const focused = isFocused ? ' focused' : '';
  setAttributes(element, { class: `node ${emphasis}${focused} type-${typeLooks[look].colour}` });
  const [shape] = element.children;
  if (shape) setAttributes(shape, { d: path });
}

function createLabel({ id }: SceneLabel): SVGGElement {
  const element = svgElement('g', { 'data-node': id });
  element.append(svgElement('path', { class: 'leader' }), svgElement('text', { 'text-anchor': 'middle' }));
  return element;
}

function updateLabel(element: SVGGElement, { x, y, text, size, isBold, leader }: SceneLabel): void {
  const [line, label] = element.children;
  if (!line || !label) return;
  setAttributes(line, { d: leader });
  setAttributes(label, {
    x: x.toFixed(1),
    y: (y + size * 0.35).toFixed(1),
    'font-size': String(size),
    'font-weight': isBold ? '600' : 'normal',
  });
  if (label.textContent !== text) label.textContent = text;
}
