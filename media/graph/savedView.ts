/** The part of the page's state that is kept over a reload of the window. Without side effects. */
import { isCount, isOptional, isShape, isString } from '../../src/protocol/guards';

export interface SavedView {
  /** Number of names to show; 0 for all. */
  readonly limit: number;
  /** Id of the name that has the focus. */
  readonly node?: string | undefined;
}

export const defaultView: SavedView = { limit: 200 };

/** Numbers of names to choose from; 0 stands for all. */
export const limits = [50, 100, 200, 500, 1000, 0] as const;

const isView = isShape<SavedView>({ limit: isCount, node: isOptional(isString) });

/** Reads the saved view; one that another version has saved in another form is replaced by the default. */
export function readSavedView(stored: unknown): SavedView {
  return isView(stored) && (limits as readonly number[]).includes(stored.limit) ? stored : defaultView;
}

/** The numbers of names to offer: those below the number of all names, and all. */
export function offeredLimits(names: number): readonly number[] {
  return limits.filter((limit) => limit < names);
}
