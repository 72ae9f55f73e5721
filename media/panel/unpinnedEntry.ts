import type { EvidenceCell } from '../../src/protocol/panel';
import type { EvidenceActions } from './evidenceActions';
import { iconButton } from './toolkit';
import type { Words } from './words';

/** The classes of an entry that is not pinned. */
export function entryState({ isPinned, isUnanswered }: EvidenceCell): string {
  return isPinned ? '' : isUnanswered === true ? ' unanswered' : ' unpinned';
}

/** The button that pins an entry; a paper without an answer has none. */
export function pinTool(
  cell: EvidenceCell,
  words: Words,
  actions: Pick<EvidenceActions, 'pin'>,
): readonly HTMLElement[] {
  if (cell.isUnanswered === true) return [];
  return [iconButton('pin', words.text('pin'), () => actions.pin(cell))];
}
