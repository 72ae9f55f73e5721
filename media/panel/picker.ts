import { ChoiceList } from './choiceList';
import { el } from './dom';
import { choicesFor, type PickerChoice } from './pickerChoices';
import { textBox, type TextBox } from './toolkit';

export interface PickerOptions {
  /** Id of its list. */
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  /** Says in the list that nothing matches. */
  readonly noChoice: string;
  /** Called whenever the list opens: the choices follow the rows and the other filters. */
  readonly choices: () => readonly PickerChoice[];
  /** Called when the reader has chosen, or has emptied the box. */
  readonly onChoose: (value: string | undefined) => void;
}

/**
 * A box in which the reader types to choose one of many, a combobox for screen readers. The list is part of the page and
 * not above it, because in a side bar there is no room for a list that covers others.
 */
export class Picker {
  readonly element: HTMLElement;
  private readonly box: TextBox;
  private readonly list: ChoiceList;
  private choices: readonly PickerChoice[] = [];
  /** The label of the present choice; empty if there is none. */
  private label = '';

  constructor(private readonly options: PickerOptions) {
    const { id, label, hint } = options;
    this.box = textBox({
      label,
      hint,
      onInput: (text) => this.open(text),
      onKey: (event) => this.onKey(event),
    });
    const { input } = this.box;
    this.list = new ChoiceList(id, label, input, (choice) => this.choose(choice));
    input.addEventListener('click', () => this.open(''));
    input.addEventListener('focus', () => input.select());
    input.addEventListener('blur', () => this.leave());
    this.element = el('div', { class: 'picker' }, this.box.element, this.list.element);
  }

  /** Shows the label of the present choice. @param label Undefined if nothing is chosen. */
  show(label = ''): void {
    this.label = label;
    this.box.input.title = label;
    if (!this.list.isOpen) this.box.value = label;
  }

  /** Opens the list, or follows the typed text. */
  private open(text: string): void {
    const { choices, noChoice } = this.options;
    if (!this.list.isOpen) this.choices = choices();
    this.list.open(choicesFor(this.choices, text), text.trim() !== '', noChoice);
  }

  private onKey(event: KeyboardEvent): void {
    if (!this.handle(event.key)) return;
    event.preventDefault();
  }

  private handle(key: string): boolean {
    if (!this.list.isOpen) {
      if (key === 'ArrowDown' || key === 'ArrowUp') this.open('');
      else if (key === 'Enter') this.leave();
      else return false;
      return true;
    }
    if (key === 'Escape') this.cancel();
    else if (key !== 'Enter') return this.list.move(key);
    else if (this.list.activeChoice) this.choose(this.list.activeChoice);
    else this.leave();
    return true;
  }

  private choose({ value, label }: PickerChoice): void {
    this.list.close();
    this.show(label);
    this.options.onChoose(value);
  }

  private cancel(): void {
    this.list.close();
    this.box.value = this.label;
  }

  /** A box that the reader has emptied takes the filter back; another text that is no choice changes nothing. */
  private leave(): void {
    const isEmptied = this.label !== '' && this.box.value.trim() === '';
    this.cancel();
    if (!isEmptied) return;
    this.show();
    this.options.onChoose(undefined);
  }
}
