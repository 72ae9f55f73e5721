import { el } from './dom';
import type { Words } from './words';

/** The switch that leaves drafts and notes out of the answers, the list of relations and the graph. */
export class DraftsSwitch {
  readonly element: HTMLElement;
  private readonly box: HTMLInputElement;

  constructor(words: Words, onChange: (isOn: boolean) => void) {
    this.box = document.createElement('input');
    this.box.type = 'checkbox';
    this.box.addEventListener('change', () => onChange(this.box.checked));
    const attributes = { title: words.text('withoutDraftsHint') };
    this.element = el(
      'label',
      { class: 'without-drafts', attributes },
      this.box,
      words.text('withoutDrafts'),
    );
  }

  set isOn(isOn: boolean) {
    this.box.checked = isOn;
  }
}
