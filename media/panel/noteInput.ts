import type { EvidenceCell } from '../../src/protocol/panel';
import { el } from './dom';
import type { Words } from './words';

/** The input for a note. It is saved when the focus leaves it, or with Enter. */
export function noteInput(cell: EvidenceCell, words: Words, save: (note: string) => void): HTMLInputElement {
  const label = words.text('note');
  const attributes = { type: 'text', placeholder: label, 'aria-label': `${label}: ${cell.text}` };
  const input = el('input', { class: 'note', attributes });
  input.dataset['cell'] = String(cell.id);
  input.value = cell.note;
  let saved = cell.note;
  const saveIfChanged = (): void => {
    if (input.value === saved) return;
    saved = input.value;
    save(saved);
  };
  input.addEventListener('change', saveIfChanged);
  input.addEventListener('blur', saveIfChanged);
  return input;
}

/** Redraws a view while a note is being written: the note keeps its text and caret. */
export function preserveNote(root: HTMLElement, draw: () => void): void {
  const input = root.ownerDocument.activeElement;
  const isNote = input instanceof HTMLInputElement && root.contains(input) && input.dataset['cell'];
  if (!isNote) {
    draw();
    return;
  }
  const { value, selectionStart, selectionEnd } = input;
  draw();
  const newInput = root.querySelector<HTMLInputElement>(`.note[data-cell="${CSS.escape(isNote)}"]`);
  if (!newInput) return;
  newInput.hidden = false;
  newInput.value = value;
  newInput.focus();
  newInput.setSelectionRange(selectionStart, selectionEnd);
}
