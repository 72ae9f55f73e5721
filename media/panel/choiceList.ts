import { el, setHidden } from './dom';
import type { PickerChoice } from './pickerChoices';
import { rowAfterKey } from './rowKeys';

/** Number of choices that fit on display. */
const page = 6;

/** The list of choices below a box. The focus stays in the box, which names the active choice for screen readers. */
export class ChoiceList {
  readonly element: HTMLElement;
  private choices: readonly PickerChoice[] = [];
  private active = -1;

  /**
   * @param id Id of the list and prefix of the ids of its choices.
   * @param box The box that has the focus.
   * @param onChoose Called when the reader has clicked a choice.
   */
  constructor(
    private readonly id: string,
    label: string,
    private readonly box: HTMLElement,
    private readonly onChoose: (choice: PickerChoice) => void,
  ) {
    const attributes = { role: 'listbox', 'aria-label': label };
    this.element = el('ul', { id, class: 'choices', attributes });
    // A click must not take the focus from the box, which would close the list first.
    this.element.addEventListener('mousedown', (event) => event.preventDefault());
    this.element.addEventListener('click', (event) => this.onClick(event));
    const combobox = { role: 'combobox', 'aria-autocomplete': 'list', 'aria-controls': id };
    for (const [name, value] of Object.entries(combobox)) box.setAttribute(name, value);
    this.close();
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  get activeChoice(): PickerChoice | undefined {
    return this.choices[this.active];
  }

  /**
   * @param isFirstActive Whether the first choice is active: Enter chooses it.
   * @param noChoice Text of an empty list.
   */
  open(choices: readonly PickerChoice[], isFirstActive: boolean, noChoice: string): void {
    this.choices = choices;
    this.active = isFirstActive && choices.length > 0 ? 0 : -1;
    const none = { class: 'no-choice', attributes: { role: 'option', 'aria-disabled': 'true' } };
    this.element.replaceChildren(
      ...(choices.length > 0
        ? choices.map((choice, index) => this.row(choice, index))
        : [el('li', none, noChoice)]),
    );
    setHidden(this.element, false);
    this.box.setAttribute('aria-expanded', 'true');
    this.markActive();
  }

  close(): void {
    setHidden(this.element, true);
    this.active = -1;
    this.box.setAttribute('aria-expanded', 'false');
    this.box.removeAttribute('aria-activedescendant');
  }

  /** @returns whether the key has moved to another choice. */
  move(key: string): boolean {
    // These keys move the caret in the box.
    if (key === 'Home' || key === 'End') return false;
    const target = rowAfterKey(key, { active: this.active, count: this.choices.length, page });
    if (target === undefined) return false;
    this.active = target;
    this.markActive();
    return true;
  }

  private row({ label, note, count }: PickerChoice, index: number): HTMLElement {
    const attributes = { role: 'option', title: note === undefined ? label : `${label} · ${note}` };
    const row = el(
      'li',
      { id: `${this.id}-${index}`, attributes },
      el('span', { class: 'choice-label' }, label),
      ' ',
      el('span', { class: 'choice-note' }, note === undefined ? String(count) : `${note} · ${count}`),
    );
    row.dataset['index'] = String(index);
    return row;
  }

  private markActive(): void {
    for (const [index, row] of [...this.element.children].entries()) {
      row.classList.toggle('active', index === this.active);
      row.setAttribute('aria-selected', String(index === this.active));
    }
    const active = this.element.children[this.active];
    if (active) {
      this.box.setAttribute('aria-activedescendant', active.id);
      active.scrollIntoView({ block: 'nearest' });
    } else this.box.removeAttribute('aria-activedescendant');
  }

  private onClick({ target }: MouseEvent): void {
    const row = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null;
    const choice = this.choices[Number(row?.dataset['index'] ?? -1)];
    if (choice) this.onChoose(choice);
  }
}
