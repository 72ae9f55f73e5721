import type { RelationRow } from '../../src/protocol/panel';
import type { SaveParams } from '../../src/protocol/panelMessages';
import { type LookName, lookNames, type TypeLook, typeLooks } from '../../src/protocol/typeLooks';
import { el, setHidden } from './dom';
import type { DrawnGraph, GraphColours } from './graph';
import { graphOf, type GraphData } from './graphData';
import { button, iconButton } from './toolkit';
import type { Words } from './words';

export interface GraphParts {
  /** URI of the bundle with the drawing library. */
  readonly script: string;
  filterBy(entity: string | undefined): void;
  save(file: SaveParams): void;
}

/** Number of names that can be distinguished in a side bar. */
const maxNodes = 120;

/** The relations in the list as a graph. It is drawn only while it is visible. */
export class GraphView {
  readonly element: HTMLElement;
  private readonly canvas = el('div', { class: 'graph-canvas', attributes: { 'aria-hidden': 'true' } });
  /** Receives keyboard events: the canvas itself has no content for screen readers. */
  private readonly frame: HTMLElement;
  private readonly status = el('div', { class: 'graph-said', attributes: { role: 'status' } });
  private readonly empty: HTMLElement;
  private readonly showAllButton: HTMLElement;
  private drawing: DrawnGraph | undefined;
  private loading: Promise<void> | undefined;
  private data: GraphData = { nodes: [], edges: [], names: 0 };
  private isShown = false;
  private isStale = false;
  private active = -1;
  private entity: string | undefined;

  constructor(
    private readonly words: Words,
    private readonly parts: GraphParts,
  ) {
    // The library would insert its own style sheet, which the content security policy forbids. An element with this id
    // prevents it; panel.css positions the canvas instead.
    document.head.append(el('meta', { id: '__________cytoscape_stylesheet' }));
    const attributes = {
      role: 'application',
      tabindex: '0',
      'aria-label': words.text('graphLabel'),
      'aria-describedby': 'graph-hint',
    };
    this.frame = el('div', { class: 'graph-frame', attributes }, this.canvas);
    this.frame.addEventListener('keydown', (event) => this.onKey(event));
    this.empty = el('p', { class: 'notice' }, words.text('graphEmpty'));
    this.showAllButton = button(words.text('showAll'), () => this.toggleFilter(undefined), 'secondary');
    const tools = el(
      'div',
      { class: 'graph-tools' },
      this.showAllButton,
      iconButton('device-camera', words.text('exportPng'), () => this.save('png')),
      iconButton('json', words.text('exportJson'), () => this.save('json')),
    );
    const hint = el('p', { id: 'graph-hint', class: 'graph-hint' }, words.text('graphHint'));
    this.element = el('section', { class: 'graph' }, tools, this.status, this.empty, this.frame, hint);
    this.showEmpty();
  }

  show(rows: readonly RelationRow[], entity: string | undefined): void {
    this.data = graphOf(rows, maxNodes);
    this.entity = entity;
    this.active = -1;
    this.isStale = true;
    this.showEmpty();
    if (this.isShown) this.draw();
  }

  setShown(isShown: boolean): void {
    this.isShown = isShown;
    if (isShown) this.draw();
  }

  private showEmpty(): void {
    const isEmpty = this.data.nodes.length === 0;
    setHidden(this.empty, !isEmpty);
    setHidden(this.frame, isEmpty);
    setHidden(this.showAllButton, this.entity === undefined);
    const { nodes, names } = this.data;
    this.status.textContent = names > nodes.length ? this.words.text('graphCut', nodes.length, names) : '';
  }

  private draw(): void {
    if (!this.isStale || this.data.nodes.length === 0) return;
    this.loading ??= loadScript(this.parts.script);
    this.loading.then(
      () => {
        if (!this.isStale || !this.isShown) return;
        this.drawing ??= globalThis.drawBioBertGraph?.(this.canvas, coloursOf(document.body), (id) =>
          this.toggleFilter(id),
        );
        this.isStale = false;
        // The tab has a size only after it was laid out.
        requestAnimationFrame(() => {
          this.drawing?.show(this.data);
          this.drawing?.fit();
        });
      },
      () => {
        this.status.textContent = this.words.text('failed', '');
      },
    );
  }

  private toggleFilter(id: string | undefined): void {
    this.parts.filterBy(id === this.entity ? undefined : id);
  }

  private save(kind: 'png' | 'json'): void {
    if (!this.drawing) return;
    if (kind === 'png')
      this.parts.save({ name: 'relations.png', content: this.drawing.png(), encoding: 'base64' });
    else this.parts.save({ name: 'relations.cyjs', content: this.drawing.json(), encoding: 'utf8' });
  }

  private onKey(event: KeyboardEvent): void {
    const { length } = this.data.nodes;
    if (length === 0) return;
    switch (event.key) {
      case 'ArrowRight':
      case 'ArrowDown':
        this.moveTo((this.active + 1) % length);
        break;
      case 'ArrowLeft':
      case 'ArrowUp':
        this.moveTo((Math.max(0, this.active) + length - 1) % length);
        break;
      case 'Enter':
        this.toggleFilter(this.data.nodes[this.active]?.id);
        break;
      case 'Escape':
        if (this.entity === undefined) return;
        this.toggleFilter(undefined);
        break;
      default:
        return;
    }
    event.preventDefault();
  }

  /** Moves to a node. Nodes are sorted by how often they are mentioned. */
  private moveTo(index: number): void {
    this.active = index;
    const node = this.data.nodes[index];
    if (!node) return;
    this.drawing?.select(node.id);
    const neighbours = this.data.edges
      .filter(({ source, target }) => source === node.id || target === node.id)
      .map(({ source, target }) => this.labelOf(source === node.id ? target : source));
    this.status.textContent = `${node.label} (${node.type}): ${[...new Set(neighbours)].join(', ')}`;
  }

  private labelOf(id: string): string {
    return this.data.nodes.find((node) => node.id === id)?.label ?? '';
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
