import type { EvidenceCell } from '../../src/protocol/panel';
import { el } from './dom';
import type { Words } from './words';

/** The box for a note; what was written is handed over when the caret leaves it, or with Enter. */
export function noteInput(cell: EvidenceCell, words: Words, save: (note: string) => void): HTMLInputElement {
  const label = words.say('note');
  const attributes = { type: 'text', placeholder: label, 'aria-label': `${label}: ${cell.text}` };
  const input = el('input', { class: 'note', attributes });
  input.dataset['cell'] = String(cell.id);
  input.value = cell.note;
  let saved = cell.note;
  const hand = (): void => {
    if (input.value === saved) return;
    saved = input.value;
    save(saved);
  };
  input.addEventListener('change', hand);
  input.addEventListener('blur', hand);
  return input;
}

/** Draws anew around a note that is being written: it keeps its words and the caret. */
export function keepNote(root: HTMLElement, draw: () => void): void {
  const written = root.ownerDocument.activeElement;
  const isNote = written instanceof HTMLInputElement && root.contains(written) && written.dataset['cell'];
  if (!isNote) {
    draw();
    return;
  }
  const { value, selectionStart, selectionEnd } = written;
  draw();
  const again = root.querySelector<HTMLInputElement>(`.note[data-cell="${CSS.escape(isNote)}"]`);
  if (!again) return;
  again.hidden = false;
  again.value = value;
  again.focus();
  again.setSelectionRange(selectionStart, selectionEnd);
}
