import { el } from '../panel/dom';
import { button } from '../panel/toolkit';
import { commands, keysOf, type Command } from './keys';
import type { ScreenWords } from './screenWords';

/** Lists the keys. Single keys can be switched off, because speech input may type them by accident. */
export class KeysDialog {
  readonly element: HTMLDialogElement;

  constructor(words: ScreenWords, withKeys: boolean, setWithKeys: (isOn: boolean) => void) {
    const rows = commands.flatMap((command) => [
      el('dt', {}, ...keyNames(command).map((name) => el('kbd', {}, name))),
      el('dd', {}, words.text(labels[command])),
    ]);
    const box = el('input', { attributes: { type: 'checkbox' } });
    box.checked = withKeys;
    box.addEventListener('change', () => setWithKeys(box.checked));
    this.element = el(
      'dialog',
      { class: 'keys', attributes: { 'aria-label': words.text('keys') } },
      el('h2', {}, words.text('keys')),
      el('dl', {}, ...rows),
      el('label', { class: 'single-keys' }, box, ` ${words.text('singleKeys')}`),
      button(words.text('close'), () => this.element.close(), 'secondary'),
    );
  }

  open(): void {
    this.element.showModal();
  }
}

const labels = {
  include: 'include',
  exclude: 'exclude',
  maybe: 'maybe',
  skip: 'skip',
  undo: 'undo',
  note: 'note',
  tag: 'tags',
  search: 'search',
  highlight: 'addKeyword',
  previous: 'previous',
  next: 'next',
  back: 'back',
  keys: 'keys',
} as const satisfies Readonly<Record<Command, string>>;

function keyNames(command: Command): readonly string[] {
  const names: Readonly<Partial<Record<string, string>>> = {
    ArrowLeft: '←',
    ArrowRight: '→',
    Escape: 'Esc',
  };
  const single = keysOf[command].map((key) => names[key] ?? key.toUpperCase());
  return command === 'undo' ? [...single, 'Ctrl+Z'] : single;
}
