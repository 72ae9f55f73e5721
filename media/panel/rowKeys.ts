/** Moves through a list with keys. Without side effects. */

/** The place of the active row in a list, of which `page` rows fit on the screen. */
export interface ListPlace {
  /** Index of the active row; -1 if no row is active. */
  readonly active: number;
  readonly count: number;
  readonly page: number;
}

/** @returns the index of the row that a key moves to; undefined if the key does not move. */
export function rowAfterKey(key: string, { active, count, page }: ListPlace): number | undefined {
  const last = count - 1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, active + 1);
    case 'ArrowUp':
      return Math.max(0, active - 1);
    case 'PageDown':
      return Math.min(last, active + page);
    case 'PageUp':
      return Math.max(0, active - page);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}
