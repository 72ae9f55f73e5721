import type { KeywordGroup } from '../../src/core/review/reviewData';
import { el } from '../panel/dom';
import { colourOf } from './markedText';
import type { ScreenWords } from './screenWords';

export interface LegendActions {
  /** Switches the marks of a group, given its name. */
  toggleGroup(name: string): void;
  toggleNames(): void;
}

export interface LegendState {
  readonly groups: readonly KeywordGroup[];
  /** Number of places of each group in the record. */
  readonly counts: readonly number[];
  readonly hidden: readonly string[];
  readonly withNames: boolean;
}

/** The switches of the marks, with the number of places of each group of keywords. */
export class Legend {
  readonly element: HTMLElement;
  private focused: string | undefined;

  constructor(
    private readonly words: ScreenWords,
    private readonly actions: LegendActions,
  ) {
    const attributes = { role: 'group', 'aria-label': words.text('marks') };
    this.element = el('div', { class: 'legend', attributes });
  }

  show({ groups, counts, hidden, withNames }: LegendState): void {
    const { words, actions } = this;
    const active = document.activeElement;
    this.focused = active instanceof HTMLElement ? active.dataset['mark'] : undefined;
    const chips = groups.map(({ name }, index) => {
      const swatch = el('span', { class: `swatch ${colourOf(index)}` });
      const count = el('span', { class: 'chip-count' }, words.count(counts[index] ?? 0));
      const toggle = (): void => actions.toggleGroup(name);
      return this.chip(`group ${name}`, !hidden.includes(name), [swatch, `${name} `, count], toggle);
    });
    const swatch = el('span', { class: 'swatch names' });
    const names = this.chip('names', withNames, [swatch, words.text('names')], () => actions.toggleNames());
    this.element.replaceChildren(...chips, names);
  }

  /** A switch. It keeps the focus when the legend is drawn again. */
  private chip(
    id: string,
    isOn: boolean,
    content: readonly (Node | string)[],
    toggle: () => void,
  ): HTMLElement {
    const chip = el('button', { class: 'chip', attributes: { 'aria-pressed': String(isOn) } }, ...content);
    chip.dataset['mark'] = id;
    chip.addEventListener('click', toggle);
    if (this.focused === id) queueMicrotask(() => chip.focus());
    return chip;
  }
}
