import type { EvidenceCell } from '../../src/protocol/panel';
import { el } from './dom';
import type { Words } from './words';

/** The badges of a sentence, as in the list of relations: whether it is negated or speculative. */
export function badgeLine({ isDenied, isSpeculative }: EvidenceCell, words: Words): readonly HTMLElement[] {
  const badges = [
    ...(isDenied ? [words.text('denied')] : []),
    ...(isSpeculative ? [words.text('supposed')] : []),
  ];
  if (badges.length === 0) return [];
  const elements = badges.flatMap((text) => [el('span', { class: 'badge' }, text), ' ']);
  return [el('span', { class: 'badge-line' }, ...elements)];
}
