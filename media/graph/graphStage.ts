import { el } from '../panel/dom';
import { type GraphData, neighboursOf } from '../panel/graphData';
import { type DrawnGraph, drawGraph, type GraphFile } from '../panel/graphDrawing';
import { isArrow, nodeTowards } from '../panel/graphKeys';
import { legendElement, legendEntries } from '../panel/graphLegend';
import type { GraphFocus } from '../panel/graphScene';
import { GraphTexts } from '../panel/graphTexts';
import type { Words } from '../panel/words';
import type { SaveParams } from '../../src/protocol/panelMessages';
import { iconControl } from './controls';

export interface StageActions {
  focus(focus: GraphFocus): void;
  /** Goes to the list of what has the focus. */
  enterList(): void;
}

const zoomStep = 1.4;

/** The drawing with its buttons, its keys and its legend. */
export class GraphStage {
  readonly element: HTMLElement;
  private readonly frame: HTMLElement;
  private readonly status = el('div', { class: 'spoken', attributes: { role: 'status' } });
  private legend: HTMLElement = el('div');
  private readonly drawing: DrawnGraph;
  private readonly texts: GraphTexts;
  private current: GraphFocus = {};

  constructor(
    private readonly words: Words,
    private readonly actions: StageActions,
  ) {
    this.texts = new GraphTexts(words);
    const canvas = el('div', { class: 'graph-canvas' });
    const attributes = {
      role: 'application',
      tabindex: '0',
      'aria-label': words.text('graphLabel'),
      'aria-describedby': 'graph-keys',
    };
    this.frame = el('div', { class: 'graph-frame', attributes }, canvas);
    this.frame.addEventListener('keydown', (event) => this.onKey(event));
    const zoom = el(
      'div',
      { class: 'graph-zoom' },
      iconControl('zoom-in', words.text('zoomIn'), () => this.drawing.zoomBy(zoomStep)),
      iconControl('zoom-out', words.text('zoomOut'), () => this.drawing.zoomBy(1 / zoomStep)),
      iconControl('screen-full', words.text('zoomFit'), () => this.drawing.fit()),
    );
    const keys = el('p', { id: 'graph-keys', class: 'graph-keys' }, words.text('graphKeys'));
    const stage = el('div', { class: 'stage-area' }, this.frame, zoom);
    this.element = el('div', { class: 'stage' }, stage, this.status, this.legend, keys);
    this.drawing = drawGraph(canvas, {
      onClick: (focus) => actions.focus(focus),
      ofNode: (id) => this.texts.ofNode(id),
      ofEdge: (id) => this.texts.ofEdge(id),
    });
  }

  enter(): void {
    this.frame.focus();
  }

  show(data: GraphData): void {
    this.texts.data = data;
    this.drawing.show(data);
    const legend = legendElement(legendEntries(data, this.words), this.words.text('legend'));
    this.legend.replaceWith(legend);
    this.legend = legend;
  }

  focus(focus: GraphFocus, isCentred: boolean): void {
    this.current = focus;
    this.drawing.focus(focus);
    if (isCentred && focus.node !== undefined) this.drawing.centre(focus.node);
    const node = this.texts.node(focus.node);
    this.status.textContent = node ? this.texts.spoken(node) : '';
  }

  file(kind: GraphFile): SaveParams {
    return this.drawing.file(kind, this.texts.picture);
  }

  private onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (!this.runKey(event.key)) return;
    event.preventDefault();
  }

  /** @returns whether the key has a meaning. */
  private runKey(key: string): boolean {
    if (isArrow(key)) this.move(key);
    else if (key === 'Enter') this.actions.enterList();
    else if (key === 'Escape') this.actions.focus({});
    else if (key === '+' || key === '=') this.drawing.zoomBy(zoomStep);
    else if (key === '-') this.drawing.zoomBy(1 / zoomStep);
    else if (key === '0') this.drawing.fit();
    else return false;
    return true;
  }

  private move(key: string): void {
    const { current } = this;
    const { data } = this.texts;
    const [first] = data.nodes;
    if (!first) return;
    if (current.node === undefined) {
      this.actions.focus({ node: first.id });
      return;
    }
    const related = neighboursOf(data, current.node).map(({ id }) => id);
    const next = nodeTowards(key, current.node, related, this.drawing.places);
    if (next !== undefined) this.actions.focus({ node: next });
  }
}
