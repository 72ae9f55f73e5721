/** Buttons and fields of the page. They are plain elements: the toolkit of the side panel would double the bundle. */
import { codicon, el } from '../panel/dom';

/** A button with an icon and a text. @param title Tooltip. Default: the text. */
export function textButton(icon: string, text: string, onClick: () => void, title = text): HTMLElement {
  const button = el(
    'button',
    { class: 'control', attributes: { type: 'button', title } },
    codicon(icon),
    el('span', {}, text),
  );
  // The visible text must be a part of the accessible name.
  if (title !== text) button.setAttribute('aria-description', title);
  button.addEventListener('click', onClick);
  return button;
}

/** A button with an icon; the text is its tooltip and accessible name. */
export function iconControl(icon: string, label: string, onClick: () => void): HTMLElement {
  const attributes = { type: 'button', 'aria-label': label, title: label };
  const button = el('button', { class: 'control icon', attributes }, codicon(icon));
  button.addEventListener('click', onClick);
  return button;
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** A list of choices with a visible label. */
export class ChoiceField {
  readonly element: HTMLElement;
  private readonly field = el('select');
  private shown = '';

  constructor(label: string, onChange: (value: string) => void) {
    this.element = el('label', { class: 'field' }, el('span', {}, label), this.field);
    this.field.addEventListener('change', () => onChange(this.field.value));
  }

  show(choices: readonly Choice[], value: string): void {
    const key = JSON.stringify(choices);
    // Replacing the choices would close an open list.
    if (key !== this.shown) {
      this.shown = key;
      this.field.replaceChildren(
        ...choices.map((choice) => el('option', { attributes: { value: choice.value } }, choice.label)),
      );
    }
    this.field.value = value;
  }
}
