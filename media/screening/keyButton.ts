import { el } from '../panel/dom';
import { button, iconButton } from '../panel/toolkit';
import { keyName, keysOf, type Command } from './keys';

/** A button that shows its key. */
export function keyButton(
  label: string,
  command: Command,
  run: (command: Command) => void,
  appearance = 'secondary',
): HTMLElement {
  return withKey(
    button(label, () => run(command), appearance),
    command,
  );
}

/** A button with an icon and its key; the text is its tooltip and accessible name. */
export function keyIcon(
  icon: string,
  label: string,
  command: Command,
  run: (command: Command) => void,
): HTMLElement {
  return withKey(
    iconButton(icon, label, () => run(command)),
    command,
  );
}

function withKey(element: HTMLElement, command: Command): HTMLElement {
  element.append(key(command));
  element.setAttribute('aria-keyshortcuts', keysOf[command].join(' '));
  element.dataset['command'] = command;
  return element;
}

/** The key of a command, for the eye: assistive technology reads `aria-keyshortcuts`. */
function key(command: Command): HTMLElement {
  return el('kbd', { attributes: { 'aria-hidden': 'true' } }, keyName(command));
}
