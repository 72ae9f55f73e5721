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

/** The levels of the rows of a list. */
export interface RowLevels<Item> {
  /** Whether a row is expanded; undefined if it cannot be expanded. */
  readonly isOpen: (item: Item) => boolean | undefined;
  /** Counted from 1. */
  readonly levelOf: (item: Item) => number;
}

/**
 * The row that an arrow goes to in a tree: from an expanded row to the first one inside, and from a row inside to its parent.
 *
 * @returns undefined if the key does not move.
 */
export function rowAcross<Item>(
  key: string,
  active: number,
  items: readonly Item[],
  { isOpen, levelOf }: RowLevels<Item>,
): number | undefined {
  const item = items[active];
  if (item === undefined) return undefined;
  if (key === 'ArrowRight' && isOpen(item) === true) return active + 1;
  if (key !== 'ArrowLeft' || isOpen(item) === true || levelOf(item) === 1) return undefined;
  const parent = items.slice(0, active).findLastIndex((each) => levelOf(each) < levelOf(item));
  return parent < 0 ? undefined : parent;
}
