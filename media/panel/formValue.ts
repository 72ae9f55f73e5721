import type { EvidenceCell } from '../../src/protocol/panel';
import { el } from './dom';
import type { EvidenceActions } from './evidenceActions';
import { iconButton } from './toolkit';
import type { Words } from './words';

/** The value of a cell of the extraction form, with a badge if it is only proposed. Other cells have none. */
export function valueLine({ value, isProposed }: EvidenceCell, words: Words): readonly HTMLElement[] {
  if (value === undefined) return [];
  const badge = isProposed === true ? [el('span', { class: 'badge' }, words.text('proposed'))] : [];
  return [el('span', { class: 'value-line' }, ...badge, ' ', el('span', { class: 'value' }, value), ' ')];
}

/** The buttons for a value: confirm, edit. */
export function valueTools(
  { id, value, isProposed }: EvidenceCell,
  words: Words,
  actions: Pick<EvidenceActions, 'setValue'>,
  edit: () => void,
): readonly HTMLElement[] {
  if (value === undefined) return [];
  const confirm = iconButton('check', words.text('confirm'), () => actions.setValue(id, value));
  return [...(isProposed === true ? [confirm] : []), iconButton('edit', words.text('editValue'), edit)];
}

/** Whether the probability of a cell says something: that of a value which a person has confirmed does not. */
export function hasPercent({ value, isProposed }: EvidenceCell): boolean {
  return value === undefined || isProposed === true;
}
