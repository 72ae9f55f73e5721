import type { SaveParams } from '../../src/protocol/panelMessages';
import { el } from './dom';
import { type GraphData, noGraph } from './graphData';
import type { DrawnGraph, GraphFile, GraphListener } from './graphDrawing';
import type { PictureWords } from './graphPicture';
import type { GraphFocus } from './graphScene';

export interface GraphCanvasOptions extends GraphListener {
  /** URI of the bundle that draws graphs. */
  readonly script: string;
  /** Called if that bundle could not be loaded. */
  onFailure(): void;
}

/** Draws a graph, but only while it is visible. What draws it is loaded when it is first needed. */
export class GraphCanvas {
  readonly element = el('div', { class: 'graph-canvas' });
  private drawing: DrawnGraph | undefined;
  private loading: Promise<void> | undefined;
  private data = noGraph;
  private focused: GraphFocus = {};
  private isShown = false;
  private isStale = false;

  constructor(private readonly options: GraphCanvasOptions) {}

  show(data: GraphData): void {
    this.data = data;
    this.isStale = true;
    if (this.isShown) this.draw();
  }

  setShown(isShown: boolean): void {
    this.isShown = isShown;
    if (isShown) this.draw();
  }

  focus(focus: GraphFocus): void {
    this.focused = focus;
    this.drawing?.focus(focus);
  }

  zoomBy(factor: number): void {
    this.drawing?.zoomBy(factor);
  }

  fit(): void {
    this.drawing?.fit();
  }

  /** @returns the drawn graph as a file to save; undefined if nothing was drawn yet. */
  file(kind: GraphFile, words: PictureWords): SaveParams | undefined {
    return this.drawing?.file(kind, words);
  }

  private draw(): void {
    if (!this.isStale || this.data.nodes.length === 0) return;
    this.loading ??= loadScript(this.options.script);
    this.loading.then(
      () => {
        if (!this.isStale || !this.isShown) return;
        this.drawing ??= globalThis.drawBioBertGraph?.(this.element, this.options);
        this.isStale = false;
        this.drawing?.focus(this.focused);
        this.drawing?.show(this.data);
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
