import type { EvidenceCell } from '../../src/protocol/panel';
import { el, setHidden } from './dom';
import type { Words } from './words';

type Field = 'note' | 'value';

/** The input for a note. It is saved when the focus leaves it, or with Enter. */
export function noteInput(cell: EvidenceCell, words: Words, save: (note: string) => void): HTMLInputElement {
  return cellInput('note', cell, words, save);
}

/**
 * The input for a value of the extraction form, which is hidden until it is edited. It is saved as a note is; Escape
 * leaves the value as it was.
 */
export function valueInput(
  cell: EvidenceCell,
  words: Words,
  save: (value: string) => void,
): HTMLInputElement {
  const input = cellInput('value', cell, words, save);
  setHidden(input, true);
  input.addEventListener('blur', () => setHidden(input, true));
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' && event.key !== 'Enter') return;
    event.preventDefault();
    if (event.key === 'Escape') input.value = input.defaultValue;
    input.closest('.entry')?.querySelector<HTMLElement>('.go')?.focus();
  });
  return input;
}

/** Shows the input of a cell and moves the focus to it. */
export function editInput(entry: HTMLElement | undefined, field: Field): void {
  const input = entry?.querySelector<HTMLInputElement>(`.note[data-field="${field}"]`);
  if (!input) return;
  setHidden(input, false);
  input.focus();
  if (field === 'value') input.select();
}

function cellInput(
  field: Field,
  cell: EvidenceCell,
  words: Words,
  save: (text: string) => void,
): HTMLInputElement {
  const label = words.text(field);
  const attributes = { type: 'text', placeholder: label, 'aria-label': `${label}: ${cell.text}` };
  const input = el('input', { class: 'note', attributes });
  input.dataset['cell'] = String(cell.id);
  input.dataset['field'] = field;
  // The default is what was saved last.
  input.defaultValue = cell[field] ?? '';
  const saveIfChanged = (): void => {
    // A value is removed with its cell.
    if (field === 'value' && input.value.trim() === '') input.value = input.defaultValue;
    if (input.value === input.defaultValue) return;
    input.defaultValue = input.value;
    save(input.value);
  };
  input.addEventListener('change', saveIfChanged);
  input.addEventListener('blur', saveIfChanged);
  return input;
}

/** Redraws a view while something is being written: the input keeps its text and caret. */
export function preserveInput(root: HTMLElement, draw: () => void): void {
  const input = root.ownerDocument.activeElement;
  const isInput = input instanceof HTMLInputElement && root.contains(input);
  const { cell, field } = isInput ? input.dataset : {};
  if (!isInput || cell === undefined || field === undefined) {
    draw();
    return;
  }
  const { value, selectionStart, selectionEnd } = input;
  draw();
  const newInput = root.querySelector<HTMLInputElement>(
    `.note[data-cell="${CSS.escape(cell)}"][data-field="${CSS.escape(field)}"]`,
  );
  if (!newInput) return;
  newInput.hidden = false;
  newInput.value = value;
  newInput.focus();
  newInput.setSelectionRange(selectionStart, selectionEnd);
}
