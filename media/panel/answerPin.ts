import { iconButton } from './toolkit';
import type { Words } from './words';

interface PinnableRow {
  readonly id: number;
  readonly isPinned: boolean;
}

/** Gives the item of an answer or sentence its pin, and the key P. */
export function addPin(
  item: HTMLElement,
  { id, isPinned }: PinnableRow,
  words: Words,
  pin: () => void,
): void {
  const button = iconButton(isPinned ? 'pinned' : 'pin', words.text(isPinned ? 'unpin' : 'pin'), pin);
  // The answers are drawn again with the new state, and the focus finds the button by its id.
  button.id = `pin-${id}`;
  button.classList.add('answer-pin');
  item.append(button);
  item.addEventListener('keydown', ({ key, ctrlKey, metaKey, altKey }) => {
    if (key === 'p' && !ctrlKey && !metaKey && !altKey) pin();
  });
}
