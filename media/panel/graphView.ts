import type { RelationRow } from '../../src/protocol/panel';
import type { SaveParams } from '../../src/protocol/panelMessages';
import { el, setHidden } from './dom';
import { GraphCanvas } from './graphCanvas';
import { graphOf } from './graphData';
import type { GraphFile } from './graphDrawing';
import { nodeAfterKey } from './graphKeys';
import { legendElement, legendEntries } from './graphLegend';
import { GraphTexts } from './graphTexts';
import type { NameGroups } from './nameGroups';
import { button, iconButton } from './toolkit';
import type { Words } from './words';

export interface GraphParts {
  /** URI of the bundle that draws graphs. */
  readonly script: string;
  filterBy(entity: string | undefined): void;
  save(file: SaveParams): void;
  /** Opens the graph in an editor, where there is room for more names. */
  openInEditor(): void;
}

/** Number of names that can be distinguished in a side bar. */
const maxNodes = 40;
const zoomStep = 1.4;

/** The relations in the list as a graph that can be read and filtered with keys. */
export class GraphView {
  readonly element: HTMLElement;
  private readonly canvas: GraphCanvas;
  private readonly status = el('div', { class: 'graph-said', attributes: { role: 'status' } });
  private readonly empty: HTMLElement;
  private readonly showAllButton: HTMLElement;
  private readonly content: HTMLElement;
  private legend: HTMLElement = el('div');
  private readonly texts: GraphTexts;
  private active = -1;
  private entity: string | undefined;

  constructor(
    private readonly words: Words,
    private readonly parts: GraphParts,
  ) {
    this.texts = new GraphTexts(words);
    this.canvas = this.createCanvas();
    const attributes = {
      role: 'application',
      tabindex: '0',
      'aria-label': words.text('graphLabel'),
      'aria-describedby': 'graph-hint',
    };
    // The frame receives the keys: the drawing itself has no content for screen readers.
    const frame = el('div', { class: 'graph-frame', attributes }, this.canvas.element);
    frame.addEventListener('keydown', (event) => this.onKey(event));
    this.empty = el('p', { class: 'notice' }, words.text('graphEmpty'));
    this.showAllButton = button(words.text('showAll'), () => this.toggleFilter(undefined), 'secondary');
    const hint = el('p', { id: 'graph-hint', class: 'graph-hint' }, words.text('graphHint'));
    const area = el('div', { class: 'graph-area' }, frame, zoomButtons(words, this.canvas));
    const help = el(
      'details',
      { class: 'graph-help' },
      el('summary', {}, words.text('legendAndKeys')),
      this.legend,
      hint,
    );
    this.content = el('div', { class: 'graph-content' }, area, help);
    const tools = el(
      'div',
      { class: 'graph-tools' },
      button(words.text('graphOpen'), () => parts.openInEditor(), 'secondary'),
      this.saveButton('png', 'Png'),
      this.saveButton('svg', 'Svg'),
      this.showAllButton,
    );
    this.element = el('section', { class: 'graph' }, tools, this.status, this.empty, this.content);
    this.showEmpty();
  }

  /** @param names All names of the list. */
  show(rows: readonly RelationRow[], names: NameGroups, entity: string | undefined): void {
    const data = graphOf(rows, maxNodes, names);
    this.texts.data = data;
    this.entity = entity;
    this.active = -1;
    this.showEmpty();
    this.canvas.focus({});
    this.canvas.show(data);
    const legend = legendElement(legendEntries(data, this.words), this.words.text('legend'));
    this.legend.replaceWith(legend);
    this.legend = legend;
  }

  setShown(isShown: boolean): void {
    this.canvas.setShown(isShown);
  }

  private createCanvas(): GraphCanvas {
    return new GraphCanvas({
      script: this.parts.script,
      onClick: ({ node }) => {
        if (node !== undefined) this.toggleFilter(node);
      },
      ofNode: (id) => this.texts.ofNode(id),
      ofEdge: (id) => this.texts.ofEdge(id),
      onFailure: () => {
        this.status.textContent = this.words.text('failed', '');
      },
    });
  }

  private showEmpty(): void {
    const isEmpty = this.texts.data.nodes.length === 0;
    setHidden(this.empty, !isEmpty);
    setHidden(this.content, isEmpty);
    setHidden(this.showAllButton, this.entity === undefined);
    const { nodes, names } = this.texts.data;
    this.status.textContent = names > nodes.length ? this.words.text('graphCut', nodes.length, names) : '';
  }

  private toggleFilter(id: string | undefined): void {
    this.parts.filterBy(id === this.entity ? undefined : id);
  }

  private saveButton(kind: GraphFile, word: 'Png' | 'Svg'): HTMLElement {
    const save = (): void => {
      const file = this.canvas.file(kind, this.texts.picture);
      if (file) this.parts.save(file);
    };
    const element = button(this.words.text(`save${word}`), save, 'secondary');
    element.title = this.words.text(`export${word}`);
    return element;
  }

  private onKey(event: KeyboardEvent): void {
    const { nodes } = this.texts.data;
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
    const node = this.texts.data.nodes[index];
    if (!node) return;
    this.canvas.focus({ node: node.id });
    this.status.textContent = this.texts.spoken(node);
  }
}

function zoomButtons(words: Words, canvas: GraphCanvas): HTMLElement {
  return el(
    'div',
    { class: 'graph-zoom' },
    iconButton('zoom-in', words.text('zoomIn'), () => canvas.zoomBy(zoomStep)),
    iconButton('zoom-out', words.text('zoomOut'), () => canvas.zoomBy(1 / zoomStep)),
    iconButton('screen-full', words.text('zoomFit'), () => canvas.fit()),
  );
}
