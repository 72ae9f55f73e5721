import { el } from './dom';
import type { Words } from './words';

/** The switch that leaves drafts and notes out of the passages of a question. */
export class RecordsSwitch {
  readonly element: HTMLElement;
  private readonly box: HTMLInputElement;

  constructor(words: Words, onChange: (isOn: boolean) => void) {
    this.box = document.createElement('input');
    this.box.type = 'checkbox';
    this.box.addEventListener('change', () => onChange(this.box.checked));
    const attributes = { title: words.text('withoutDraftsHint') };
    this.element = el('label', { class: 'records-only', attributes }, this.box, words.text('withoutDrafts'));
  }

  set isOn(isOn: boolean) {
    this.box.checked = isOn;
  }
}
