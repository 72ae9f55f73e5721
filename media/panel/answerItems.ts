import type { AnswerRow, StanceRow, VerdictView } from '../../src/protocol/panel';
import { addPin } from './answerPin';
import { el, keepsFocus } from './dom';
import { otherPlaces } from './otherPlaces';
import { placeName, sentence } from './sentence';
import { verdictElement } from './verdict';
import type { Words } from './words';

/** Actions of the links and buttons of an answer. */
export interface AnswerItemActions {
  reveal(id: number, keepFocus: boolean): void;
  pin(row: AnswerRow | StanceRow): void;
}

/** Draws the answers and the verdict. */
export class AnswerItems {
  constructor(
    private readonly words: Words,
    private readonly actions: AnswerItemActions,
  ) {}

  /** Draws the answers by rank. */
  list(answers: readonly AnswerRow[]): HTMLElement {
    const attributes = { 'aria-label': this.words.text('answers') };
    const items = answers.map((answer, index) => this.answer(answer, index));
    return el('ol', { class: 'answer-list', attributes }, ...items);
  }

  verdict(verdict: VerdictView): HTMLElement {
    const { words, actions } = this;
    return verdictElement(verdict, words, {
      linkTo: ({ id }, content) => this.link(id, content),
      pin: (row) => actions.pin(row),
    });
  }

  private answer(row: AnswerRow, index: number): HTMLElement {
    const { words, actions } = this;
    const head = el(
      'span',
      { class: 'answer-head' },
      el('span', { class: 'rank' }, String(index + 1)),
      el('span', { class: 'answer-text' }, row.answer),
      el('span', { class: 'probability' }, words.percent(row.probability)),
    );
    const quote = el('span', { class: 'quote' }, sentence(row.sentence));
    const go = this.link(row.id, [head, ...this.otherNames(row), quote, placeName(row)]);
    const also = otherPlaces(row, words, (place) => this.link(place.id, [placeName(place)], 'also'));
    const item = el('li', {}, go, ...also);
    addPin(item, row, words, () => actions.pin(row));
    return item;
  }

  private otherNames({ otherNames }: AnswerRow): readonly HTMLElement[] {
    if (otherNames.length === 0) return [];
    const text = this.words.text('alsoCalled', otherNames.join(', '));
    return [el('span', { class: 'other-names' }, text)];
  }

  /** A link to a place in the text. Its id stays the same when the answers are drawn again. */
  private link(id: number, content: readonly HTMLElement[], kind = 'answer'): HTMLElement {
    const attributes = { type: 'button' };
    const element = el('button', { class: `go ${kind}`, id: `answer-${id}`, attributes }, ...content);
    element.addEventListener('click', (event) => this.actions.reveal(id, keepsFocus(event)));
    return element;
  }
}
