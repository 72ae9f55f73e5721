import type { RelationRow } from '../../src/protocol/panel';
import type { SaveParams } from '../../src/protocol/panelMessages';
import { type LookName, lookNames, type TypeLook, typeLooks } from '../../src/protocol/typeLooks';
import { el, setHidden } from './dom';
import type { DrawnGraph, GraphColours } from './graph';
import { graphOf, type GraphData } from './graphData';
import { button, iconButton } from './toolkit';
import type { Words } from './words';

export interface GraphParts {
  /** Address of the bundle with the drawing library. */
  readonly script: string;
  filterBy(entity: string | undefined): void;
  save(file: SaveParams): void;
}

/** Names that can be told apart in a side bar. */
const maxNodes = 120;

/** The relations on the list as a graph. Drawn only while it is on show. */
export class GraphView {
  readonly element: HTMLElement;
  private readonly canvas = el('div', { class: 'graph-canvas', attributes: { 'aria-hidden': 'true' } });
  /** Takes the keys: the picture itself says nothing to a screen reader. */
  private readonly frame: HTMLElement;
  private readonly said = el('div', { class: 'graph-said', attributes: { role: 'status' } });
  private readonly empty: HTMLElement;
  private readonly all: HTMLElement;
  private drawn: DrawnGraph | undefined;
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
    // The library would put a style sheet of its own into the page, which the policy forbids; ours says the same.
    document.head.append(el('meta', { id: '__________cytoscape_stylesheet' }));
    const attributes = {
      role: 'application',
      tabindex: '0',
      'aria-label': words.say('graphLabel'),
      'aria-describedby': 'graph-hint',
    };
    this.frame = el('div', { class: 'graph-frame', attributes }, this.canvas);
    this.frame.addEventListener('keydown', (event) => this.onKey(event));
    this.empty = el('p', { class: 'notice' }, words.say('graphEmpty'));
    this.all = button(words.say('showAll'), () => this.choose(undefined), 'secondary');
    const tools = el(
      'div',
      { class: 'graph-tools' },
      this.all,
      iconButton('device-camera', words.say('exportPng'), () => this.save('png')),
      iconButton('json', words.say('exportJson'), () => this.save('json')),
    );
    const hint = el('p', { id: 'graph-hint', class: 'graph-hint' }, words.say('graphHint'));
    this.element = el('section', { class: 'graph' }, tools, this.said, this.empty, this.frame, hint);
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
    setHidden(this.all, this.entity === undefined);
    const { nodes, names } = this.data;
    this.said.textContent = names > nodes.length ? this.words.say('graphCut', nodes.length, names) : '';
  }

  private draw(): void {
    if (!this.isStale || this.data.nodes.length === 0) return;
    this.loading ??= loadScript(this.parts.script);
    this.loading.then(
      () => {
        if (!this.isStale || !this.isShown) return;
        this.drawn ??= globalThis.drawBioBertGraph?.(this.canvas, coloursOf(document.body), (id) =>
          this.choose(id),
        );
        this.isStale = false;
        // The tab has its size only after it was laid out.
        requestAnimationFrame(() => {
          this.drawn?.show(this.data);
          this.drawn?.fit();
        });
      },
      () => {
        this.said.textContent = this.words.say('failed', '');
      },
    );
  }

  private choose(id: string | undefined): void {
    this.parts.filterBy(id === this.entity ? undefined : id);
  }

  private save(kind: 'png' | 'json'): void {
    if (!this.drawn) return;
    if (kind === 'png')
      this.parts.save({ name: 'relations.png', content: this.drawn.png(), encoding: 'base64' });
    else this.parts.save({ name: 'relations.cyjs', content: this.drawn.json(), encoding: 'utf8' });
  }

  private onKey(event: KeyboardEvent): void {
    const { length } = this.data.nodes;
    if (length === 0) return;
    switch (event.key) {
      case 'ArrowRight':
      case 'ArrowDown':
        this.walk((this.active + 1) % length);
        break;
      case 'ArrowLeft':
      case 'ArrowUp':
        this.walk((Math.max(0, this.active) + length - 1) % length);
        break;
      case 'Enter':
        this.choose(this.data.nodes[this.active]?.id);
        break;
      case 'Escape':
        if (this.entity === undefined) return;
        this.choose(undefined);
        break;
      default:
        return;
    }
    event.preventDefault();
  }

  /** Nodes come in the order of how often they are named. */
  private walk(index: number): void {
    this.active = index;
    const node = this.data.nodes[index];
    if (!node) return;
    this.drawn?.mark(node.id);
    const others = this.data.edges
      .filter(({ source, target }) => source === node.id || target === node.id)
      .map(({ source, target }) => this.labelOf(source === node.id ? target : source));
    this.said.textContent = `${node.label} (${node.type}): ${[...new Set(others)].join(', ')}`;
  }

  private labelOf(id: string): string {
    return this.data.nodes.find((node) => node.id === id)?.label ?? '';
  }
}

/** With the nonce of the page's own script: the policy lets nothing else in. */
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
