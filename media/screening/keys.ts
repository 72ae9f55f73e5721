/** The meaning of single keys. Without side effects. */

export const commands = [
  'include',
  'exclude',
  'maybe',
  'skip',
  'undo',
  'note',
  'tag',
  'search',
  'highlight',
  'previous',
  'next',
  'back',
  'keys',
] as const;
export type Command = (typeof commands)[number];

/** The keys of each command, as `KeyboardEvent.key`. The first one is shown. */
export const keysOf: Readonly<Record<Command, readonly string[]>> = {
  include: ['i'],
  exclude: ['e'],
  maybe: ['m'],
  skip: ['s'],
  undo: ['u'],
  note: ['n'],
  tag: ['t'],
  search: ['/'],
  highlight: ['h'],
  previous: ['k', 'ArrowLeft'],
  next: ['j', 'ArrowRight'],
  back: ['Escape'],
  keys: ['?'],
};

/** A `KeyboardEvent`. */
export interface PressedKey {
  readonly key: string;
  /** The place of the key, `KeyI` for the one that is I on an English keyboard. */
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** @returns the command of a key, undefined if it has no meaning here. */
export function commandOf(event: PressedKey): Command | undefined {
  const { ctrlKey, metaKey, altKey, shiftKey } = event;
  const pressed = latinKey(event);
  const isUndo = (ctrlKey || metaKey) && !altKey && !shiftKey && pressed === 'z';
  if (isUndo) return 'undo';
  if (ctrlKey || metaKey || altKey) return undefined;
  return commands.find((command) => keysOf[command].includes(pressed));
}

/** The key in lower case. On a keyboard of another script, which cannot type Latin letters, its place decides. */
function latinKey({ key, code }: PressedKey): string {
  // Vowel signs are marks, not letters.
  const isOtherScript = /^[\p{L}\p{M}]$/u.test(key) && !/\p{Script=Latin}/u.test(key);
  const letter = isOtherScript ? /^Key([A-Z])$/.exec(code)?.[1] : undefined;
  if (letter !== undefined) return letter.toLowerCase();
  return key.length === 1 ? key.toLowerCase() : key;
}

/** The name of a key as it stands on a button. */
export function keyName(command: Command): string {
  const [key = ''] = keysOf[command];
  return key === 'Escape' ? 'Esc' : key.toUpperCase();
}
