import { lookOf } from '../../src/protocol/typeLooks';
import { codicon, el } from '../panel/dom';
import { edgesOf, type GraphData, type GraphEdge, type GraphNode, neighboursOf } from '../panel/graphData';
import { typeLabel } from '../panel/graphLegend';
import type { GraphFocus } from '../panel/graphScene';
import { GraphTexts } from '../panel/graphTexts';
import { relationName, type Words } from '../panel/words';
import { textButton } from './controls';
import { RelationSections } from './relationSections';

export interface PaneActions {
  focus(focus: GraphFocus): void;
  /** Shows the sentence of a relation in the editor. */
  reveal(id: number, keepFocus: boolean): void;
  /** Goes back to the drawing. */
  leave(): void;
}

/**
 * The graph as a list: all names, the relations of one name, or the sentences of one relation. It has everything that
 * the drawing has, for readers who cannot see it.
 */
export class NamePane {
  readonly element: HTMLElement;
  private readonly heading = el('h2', { attributes: { tabindex: '-1' } });
  private readonly body = el('div', { class: 'pane-body' });
  private readonly back: HTMLElement;
  private readonly texts: GraphTexts;
  private readonly sections: RelationSections;
  private focus: GraphFocus = {};

  constructor(
    private readonly words: Words,
    private readonly actions: PaneActions,
  ) {
    this.texts = new GraphTexts(words);
    this.sections = new RelationSections(words, {
      focusEdge: (edge) => {
        actions.focus({ edge });
        this.enter();
      },
      reveal: (id, keepFocus) => actions.reveal(id, keepFocus),
    });
    this.back = textButton('arrow-left', words.text('graphBack'), () => {
      actions.focus({});
      this.enter();
    });
    this.element = el(
      'aside',
      { class: 'pane', attributes: { 'aria-label': words.text('graphNames') } },
      el('div', { class: 'pane-head' }, this.back, this.heading),
      this.body,
    );
    this.element.addEventListener('keydown', (event) => this.onKey(event));
  }

  /** Moves the focus to the first row. */
  enter(): void {
    const first = this.body.querySelector<HTMLElement>('button');
    (first ?? this.heading).focus();
  }

  show(data: GraphData, focus: GraphFocus): void {
    this.texts.data = data;
    this.focus = focus;
    const node = this.texts.node(focus.node);
    const edge = data.edges.find(({ id }) => id === focus.edge);
    this.back.hidden = !node && !edge;
    if (node) this.showNode(node);
    else if (edge) this.showEdge(edge);
    else this.showNames(data);
    this.body.scrollTop = 0;
  }

  private showNames({ nodes }: GraphData): void {
    this.heading.textContent = this.words.text('graphNames');
    this.body.replaceChildren(el('ul', {}, ...nodes.map((node) => el('li', {}, this.nameButton(node)))));
  }

  private nameButton(node: GraphNode): HTMLElement {
    const { words, texts } = this;
    const count = words.text('graphSentences', node.count);
    const attributes = { title: count, 'aria-hidden': 'true' };
    const button = el(
      'button',
      { class: 'go name-row', attributes: { type: 'button', title: texts.ofNode(node.id) } },
      typeIcon(node),
      el('span', { class: 'name' }, node.label),
      el('span', { class: 'spoken' }, `, ${typeLabel(node.type)}, ${count}`),
      el('span', { class: 'count', attributes }, words.count(node.count)),
    );
    button.addEventListener('click', () => {
      this.actions.focus({ node: node.id });
      this.enter();
    });
    return button;
  }

  private showNode(node: GraphNode): void {
    const { words, texts, sections } = this;
    this.heading.replaceChildren(typeIcon(node), node.label);
    const known = [
      typeLabel(node.type),
      ...texts.details(node),
      words.text('graphNeighbours', neighboursOf(texts.data, node.id).length),
      words.text('graphSentences', node.count),
    ];
    this.body.replaceChildren(
      ...known.map((line) => el('p', { class: 'detail' }, line)),
      el('h3', {}, words.text('graphRelationsOf', node.label)),
      ...edgesOf(texts.data, node.id).map((edge) => sections.section(edge, this.statementOf(edge))),
    );
  }

  private showEdge(edge: GraphEdge): void {
    this.heading.textContent = this.statementOf(edge);
    this.body.replaceChildren(this.sections.section(edge, undefined));
  }

  /** A relation in words. One without direction begins with the name in the heading. */
  private statementOf({ source, target, type, isDirected }: GraphEdge): string {
    const label = (id: string): string => this.texts.node(id)?.label ?? '';
    const isTurned = !isDirected && target === this.focus.node;
    const [first, second] = isTurned ? [target, source] : [source, target];
    return `${label(first)} ${isDirected ? '→' : '–'} ${label(second)} (${relationName(type)})`;
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === 'Escape') this.actions.leave();
    else if (event.key === 'ArrowDown') this.moveBy(1);
    else if (event.key === 'ArrowUp') this.moveBy(-1);
    else return;
    event.preventDefault();
  }

  private moveBy(step: number): void {
    const buttons = [...this.element.querySelectorAll<HTMLElement>('button:not([hidden])')];
    const at = buttons.findIndex((button) => button === document.activeElement);
    buttons[Math.min(buttons.length - 1, Math.max(0, at + step))]?.focus();
  }
}

function typeIcon({ type }: GraphNode): HTMLElement {
  const { icon, colour } = lookOf(type);
  const element = codicon(icon);
  element.classList.add(`type-${colour}`);
  return element;
}
