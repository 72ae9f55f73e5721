import type { SaveParams } from '../../src/protocol/panelMessages';
import { type LookName, lookNames, type TypeLook, typeLooks } from '../../src/protocol/typeLooks';
import { el } from './dom';
import type { DrawnGraph, GraphColours } from './graph';
import { type GraphData, type GraphNode, noGraph } from './graphData';

export interface GraphCanvasOptions {
  /** URI of the bundle with the drawing library. */
  readonly script: string;
  /** Called with the id of a node that was clicked. */
  onClick(id: string): void;
  /** The tooltip of a node. */
  titleOf(node: GraphNode): string;
  /** Called if the library could not be loaded. */
  onFailure(): void;
}

/**
 * Draws a graph, but only while it is visible. The drawing library is loaded when it is first needed, because it is
 * larger than the rest of the panel.
 */
export class GraphCanvas {
  readonly element = el('div', { class: 'graph-canvas', attributes: { 'aria-hidden': 'true' } });
  private drawing: DrawnGraph | undefined;
  private loading: Promise<void> | undefined;
  private data = noGraph;
  private isShown = false;
  private isStale = false;

  constructor(private readonly options: GraphCanvasOptions) {
    // The library would insert its own style sheet, which the content security policy forbids. An element with this id
    // prevents it; panel.css positions the canvas instead.
    document.head.append(el('meta', { id: '__________cytoscape_stylesheet' }));
  }

  show(data: GraphData): void {
    this.data = data;
    this.isStale = true;
    if (this.isShown) this.draw();
  }

  setShown(isShown: boolean): void {
    this.isShown = isShown;
    if (isShown) this.draw();
  }

  select(id: string): void {
    this.drawing?.select(id);
  }

  /** @returns the drawn graph as a file to save; undefined if nothing was drawn yet. */
  exportAs(kind: 'png' | 'json'): SaveParams | undefined {
    if (!this.drawing) return undefined;
    return kind === 'png'
      ? { name: 'relations.png', content: this.drawing.png(), encoding: 'base64' }
      : { name: 'relations.cyjs', content: this.drawing.json(), encoding: 'utf8' };
  }

  /** Shows the tooltip of a node. It hides the tooltip if the pointer is over no node (undefined). */
  private showTitle(id: string | undefined): void {
    const node = this.data.nodes.find((each) => each.id === id);
    this.element.title = node ? this.options.titleOf(node) : '';
  }

  private draw(): void {
    if (!this.isStale || this.data.nodes.length === 0) return;
    this.loading ??= loadScript(this.options.script);
    this.loading.then(
      () => {
        if (!this.isStale || !this.isShown) return;
        this.drawing ??= globalThis.drawBioBertGraph?.(this.element, coloursOf(document.body), {
          onClick: (id) => this.options.onClick(id),
          onHover: (id) => this.showTitle(id),
        });
        this.isStale = false;
        // The tab has a size only after it was laid out.
        requestAnimationFrame(() => {
          this.drawing?.show(this.data);
          this.drawing?.fit();
        });
      },
      () => this.options.onFailure(),
    );
  }
}

/** Loads a script with the nonce of the page's own script; the content security policy allows no other. */
function loadScript(address: string): Promise<void> {
  const script = document.createElement('script');
  script.nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';
  script.src = address;
  const loaded = new Promise<void>((resolve, reject) => {
    script.addEventListener('load', () => {
      resolve();
    });
    script.addEventListener('error', () => {
      reject(new Error('The graph could not be loaded.'));
    });
  });
  document.head.append(script);
  return loaded;
}

function coloursOf(element: HTMLElement): GraphColours {
  const style = getComputedStyle(element);
  const colour = (name: string): string => style.getPropertyValue(`--vscode-${name}`).trim() || style.color;
  return {
    foreground: colour('foreground'),
    background: colour('sideBar-background'),
    line: colour('descriptionForeground'),
    focus: colour('focusBorder'),
    types: coloursByLook((look) => colour(`biobert-${look.colour}`)),
    font: style.fontFamily,
  };
}

function coloursByLook(colourOf: (look: TypeLook) => string): Readonly<Record<LookName, string>> {
  return Object.fromEntries(lookNames.map((name) => [name, colourOf(typeLooks[name])])) as Record<
    LookName,
    string
  >;
}
