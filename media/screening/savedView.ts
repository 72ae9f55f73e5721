/** The state that the page keeps while it is hidden, until its tab is closed. Without side effects. */
import { isArrayOf, isBoolean, isRecord, isShape, isString } from '../../src/protocol/guards';
import type { NoteParams } from '../../src/protocol/screeningMessages';

export interface SavedView {
  /** Names of the groups of keywords that are not marked. */
  readonly hiddenGroups: readonly string[];
  /** Whether names are marked. */
  readonly withNames: boolean;
  /** Whether single keys decide. */
  readonly withKeys: boolean;
  /** A note that was typed and not sent. */
  readonly draft?: NoteParams | undefined;
}

const defaults: SavedView = { hiddenGroups: [], withNames: true, withKeys: true };

const isStrings = isArrayOf(isString);
const isDraft = isShape<NoteParams>({ record: isString, note: isString });

/** Reads the saved state; invalid parts are replaced by defaults. */
export function readSavedView(stored: unknown): SavedView {
  const { hiddenGroups, withNames, withKeys, draft } = isRecord(stored) ? stored : {};
  return {
    hiddenGroups: isStrings(hiddenGroups) ? hiddenGroups : defaults.hiddenGroups,
    withNames: isBoolean(withNames) ? withNames : defaults.withNames,
    withKeys: isBoolean(withKeys) ? withKeys : defaults.withKeys,
    draft: isDraft(draft) ? draft : undefined,
  };
}
