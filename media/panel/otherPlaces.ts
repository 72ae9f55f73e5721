import type { AnswerRow } from '../../src/protocol/panel';
import { el } from './dom';
import { placeText } from './excerpt';
import type { Words } from './words';

type OtherPlace = AnswerRow['alsoIn'][number];

/** Number of places shown at first; a button shows the rest. A common answer occurs in dozens of abstracts. */
const maxShownAtOnce = 3;

/**
 * Links to the other occurrences of an answer. Occurrences in the same line, which is often a whole abstract, are
 * shown once.
 */
export function otherPlaces(
  row: AnswerRow,
  words: Words,
  linkTo: (place: OtherPlace) => HTMLElement,
): readonly HTMLElement[] {
  const places = new Map(row.alsoIn.map((place) => [placeText(place), place]));
  places.delete(placeText(row));
  if (places.size === 0) return [];
  const links = [...places.values()].map(linkTo);
  const rest = links.slice(maxShownAtOnce);
  const box = el('div', { class: 'also-in' }, el('span', {}, words.text('alsoIn')));
  box.append(...links.slice(0, maxShownAtOnce));
  if (rest.length > 0) box.append(moreButton(rest, words));
  return [box];
}

function moreButton(rest: readonly HTMLElement[], words: Words): HTMLElement {
  const attributes = { type: 'button' };
  const more = el('button', { class: 'go also', attributes }, words.text('morePlaces', rest.length));
  more.addEventListener('click', () => {
    more.replaceWith(...rest);
    rest[0]?.focus();
  });
  return more;
}
