import type { RelationRow } from '../../src/protocol/panel';
import type { SaveParams } from '../../src/protocol/panelMessages';
import { el, setHidden } from './dom';
import { GraphCanvas } from './graphCanvas';
import { graphOf, type GraphNode, neighbourLabels, noGraph } from './graphData';
import { nodeAfterKey } from './graphKeys';
import { nameDetails, type NameGroups } from './nameGroups';
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

/** The relations in the list as a graph that can be read and filtered with keys. */
export class GraphView {
  readonly element: HTMLElement;
  private readonly canvas: GraphCanvas;
  /** Receives keyboard events: the canvas itself has no content for screen readers. */
  private readonly frame: HTMLElement;
  private readonly status = el('div', { class: 'graph-said', attributes: { role: 'status' } });
  private readonly empty: HTMLElement;
  private readonly showAllButton: HTMLElement;
  private data = noGraph;
  private active = -1;
  private entity: string | undefined;

  constructor(
    private readonly words: Words,
    private readonly parts: GraphParts,
  ) {
    this.canvas = new GraphCanvas({
      script: parts.script,
      onClick: (id) => this.toggleFilter(id),
      titleOf: (node) => [`${node.label} · ${node.type}`, ...this.detailsOf(node)].join('\n'),
      onFailure: () => {
        this.status.textContent = words.text('failed', '');
      },
    });
    const attributes = {
      role: 'application',
      tabindex: '0',
      'aria-label': words.text('graphLabel'),
      'aria-describedby': 'graph-hint',
    };
    this.frame = el('div', { class: 'graph-frame', attributes }, this.canvas.element);
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

  /** @param names All names of the list. */
  show(rows: readonly RelationRow[], names: NameGroups, entity: string | undefined): void {
    this.data = graphOf(rows, maxNodes, names);
    this.entity = entity;
    this.active = -1;
    this.showEmpty();
    this.canvas.show(this.data);
  }

  setShown(isShown: boolean): void {
    this.canvas.setShown(isShown);
  }

  private showEmpty(): void {
    const isEmpty = this.data.nodes.length === 0;
    setHidden(this.empty, !isEmpty);
    setHidden(this.frame, isEmpty);
    setHidden(this.showAllButton, this.entity === undefined);
    const { nodes, names } = this.data;
    this.status.textContent = names > nodes.length ? this.words.text('graphCut', nodes.length, names) : '';
  }

  private toggleFilter(id: string | undefined): void {
    this.parts.filterBy(id === this.entity ? undefined : id);
  }

  private save(kind: 'png' | 'json'): void {
    const file = this.canvas.exportAs(kind);
    if (file) this.parts.save(file);
  }

  private onKey(event: KeyboardEvent): void {
    const { nodes } = this.data;
    if (nodes.length === 0) return;
    const next = nodeAfterKey(event.key, this.active, nodes.length);
    if (next !== undefined) this.moveTo(next);
    else if (event.key === 'Enter') this.toggleFilter(nodes[this.active]?.id);
    else if (event.key === 'Escape' && this.entity !== undefined) this.toggleFilter(undefined);
    else return;
    event.preventDefault();
  }

  /** Moves to a node. Nodes are sorted by how often they are mentioned. */
  private moveTo(index: number): void {
    this.active = index;
    const node = this.data.nodes[index];
    if (!node) return;
    this.canvas.select(node.id);
    const neighbours = neighbourLabels(this.data, node.id);
    const known = [node.type, ...this.detailsOf(node)].join(', ');
    this.status.textContent = `${node.label} (${known}): ${neighbours.join(', ')}`;
  }

  private detailsOf(node: GraphNode): readonly string[] {
    return nameDetails(node, (names) => this.words.text('alsoCalled', names));
  }
}
