import type { RelationRow } from '../../src/protocol/panel';
import { el, keepsFocus } from '../panel/dom';
import { excerpt, placeText } from '../panel/excerpt';
import type { GraphEdge } from '../panel/graphData';
import { countStatements } from '../panel/relationRows';
import { sentenceTexts } from '../panel/rowTexts';
import { placeName, sentence } from '../panel/sentence';
import type { Words } from '../panel/words';
import { textButton } from './controls';

export interface SectionActions {
  /** Shows a relation alone, with all its sentences. */
  focusEdge(id: string): void;
  /** Shows the sentence of a relation in the editor. */
  reveal(id: number, keepFocus: boolean): void;
}

/** Number of sentences of a relation that are shown at first, and at most. */
const firstSentences = 3;
const mostSentences = 100;

/** Relations with their sentences. */
export class RelationSections {
  constructor(
    private readonly words: Words,
    private readonly actions: SectionActions,
  ) {}

  /** @param statement The relation in words; undefined if all sentences are shown under a heading that says it. */
  section(edge: GraphEdge, statement: string | undefined): HTMLElement {
    const { words } = this;
    const { rows } = edge;
    const counts = sentenceTexts(words, countStatements(rows)).join(', ');
    const shown = statement === undefined ? mostSentences : firstSentences;
    const list = el('ul', {}, ...rows.slice(0, shown).map((row) => this.row(row)));
    return el(
      'section',
      { class: 'edge-section' },
      ...(statement === undefined ? [] : [this.title(edge, statement)]),
      el('p', { class: 'detail' }, counts),
      list,
      ...this.rest(list, rows, shown),
    );
  }

  private title({ id }: GraphEdge, statement: string): HTMLElement {
    const title = el('button', { class: 'edge-title', attributes: { type: 'button' } }, statement);
    title.addEventListener('click', () => this.actions.focusEdge(id));
    return el('h4', {}, title);
  }

  /** A button for more sentences, or how many more there are. */
  private rest(list: HTMLElement, rows: readonly RelationRow[], shown: number): readonly HTMLElement[] {
    const { words } = this;
    if (rows.length <= shown) return [];
    if (shown >= mostSentences)
      return [el('p', { class: 'detail' }, words.text('graphNotListed', rows.length - shown))];
    const more = textButton('chevron-down', words.text('morePlaces', rows.length - shown), () => {
      const added = rows.slice(shown, mostSentences).map((row) => this.row(row));
      list.append(...added);
      more.replaceWith(...this.rest(list, rows, mostSentences));
      added[0]?.querySelector('button')?.focus();
    });
    return [more];
  }

  private row(row: RelationRow): HTMLElement {
    const { words } = this;
    const badges = [
      ...(row.negated === undefined ? [] : [words.text('denied')]),
      ...(row.speculated === undefined ? [] : [words.text('supposed')]),
    ];
    const button = el(
      'button',
      { class: 'go', attributes: { type: 'button' } },
      el('div', { class: 'quote' }, sentence(excerpt(row.evidence))),
      el(
        'div',
        { class: 'sentence-place' },
        ...badges.map((text) => el('span', { class: 'badge' }, text)),
        placeName(row),
        el('span', { class: 'share' }, words.percent(row.probability)),
      ),
    );
    button.addEventListener('click', (event) => this.actions.reveal(row.id, keepsFocus(event)));
    return el('li', {}, button, ...this.copies(row));
  }

  /** Links to the sentence in copies of its paper. */
  private copies({ copies = [] }: RelationRow): readonly HTMLElement[] {
    return copies.map((place) => {
      const text = this.words.text('copyIn', placeText(place));
      const link = el('button', { class: 'go copy', attributes: { type: 'button' } }, text);
      link.addEventListener('click', (event) => this.actions.reveal(place.id, keepsFocus(event)));
      return link;
    });
  }
}
