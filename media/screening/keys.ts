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

export interface PressedKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** @returns the command of a key, undefined if it has no meaning here. */
export function commandOf({ key, ctrlKey, metaKey, altKey, shiftKey }: PressedKey): Command | undefined {
  const isUndo = (ctrlKey || metaKey) && !altKey && !shiftKey && key.toLowerCase() === 'z';
  if (isUndo) return 'undo';
  if (ctrlKey || metaKey || altKey) return undefined;
  const pressed = key.length === 1 ? key.toLowerCase() : key;
  return commands.find((command) => keysOf[command].includes(pressed));
}

/** The name of a key as it stands on a button. */
export function keyName(command: Command): string {
  const [key = ''] = keysOf[command];
  return key === 'Escape' ? 'Esc' : key.toUpperCase();
}
