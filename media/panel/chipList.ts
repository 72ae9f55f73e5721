import { codicon, el, setHidden } from './dom';
import type { FilterChip } from './filterChips';
import type { ListOptions } from './listOptions';
import { button } from './toolkit';
import type { Words } from './words';

export interface ChipActions {
  remove(without: Partial<ListOptions>): void;
  clear(): void;
  /** Called when the last filter is removed: moves the focus, which was on its button. */
  leave(): void;
}

/** The active filters, each with a button that removes it, and a button that removes all. */
export class ChipList {
  readonly element: HTMLElement;
  private readonly list: HTMLElement;
  private labels = '';

  constructor(
    private readonly words: Words,
    private readonly actions: ChipActions,
  ) {
    this.list = el('ul', { class: 'chips', attributes: { 'aria-label': words.text('activeFilters') } });
    const clear = button(words.text('clearFilters'), () => actions.clear(), 'secondary');
    this.element = el('div', { class: 'chip-line' }, this.list, clear);
  }

  show(chips: readonly FilterChip[]): void {
    setHidden(this.element, chips.length === 0);
    const labels = JSON.stringify(chips.map(({ label }) => label));
    // The list is shown again after every change; a chip that stays keeps the focus.
    if (labels === this.labels) return;
    this.labels = labels;
    const focused = [...this.list.children].findIndex((chip) => chip.contains(document.activeElement));
    this.list.replaceChildren(...chips.map((chip) => this.chip(chip)));
    if (focused < 0) return;
    const next = this.list.children[Math.min(focused, chips.length - 1)]?.querySelector('button');
    if (next) next.focus();
    else this.actions.leave();
  }

  private chip({ label, without }: FilterChip): HTMLElement {
    const name = this.words.text('removeFilter', label);
    const chip = el(
      'button',
      { class: 'chip', attributes: { type: 'button', 'aria-label': name, title: name } },
      el('span', { class: 'chip-label' }, label),
      codicon('close'),
    );
    chip.addEventListener('click', () => this.actions.remove(without));
    return el('li', {}, chip);
  }
}
