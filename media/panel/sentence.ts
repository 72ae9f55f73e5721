import type { MarkedText } from '../../src/protocol/panel';
import { lookOf } from '../../src/protocol/typeLooks';
import { codicon, el } from './dom';
import { placeText, type NamedPlace } from './excerpt';

/** A sentence with what matters in it marked. */
export function sentence({ text, marks }: MarkedText): HTMLElement {
  const parts: (Node | string)[] = [];
  let at = 0;
  for (const { start, end, role } of marks) {
    if (start < at || end > text.length) continue;
    parts.push(text.slice(at, start), el('mark', { class: role }, text.slice(start, end)));
    at = end;
  }
  return el('span', { class: 'sentence' }, ...parts, text.slice(at));
}

/** The document and the line in it: of a long name the end goes, never the line. */
export function placeName(place: NamedPlace): HTMLElement {
  const { name, line } = place;
  return el(
    'span',
    { class: 'place', attributes: { title: placeText(place) } },
    el('span', { class: 'place-name' }, name),
    ...(line > 0 ? [el('span', { class: 'place-line' }, `:${line}`)] : []),
  );
}

/** A name with its type's colour and shape. */
export function entityName(name: string, type: string): HTMLElement {
  const look = lookOf(type);
  const icon = codicon(look.icon);
  icon.classList.add(`type-${look.colour}`);
  const entity = el(
    'span',
    { class: 'entity', attributes: { title: `${name} · ${type}` } },
    icon,
    el('span', { class: 'name' }, name),
  );
  // Of two names that have no room, the longer gives way.
  entity.style.flexShrink = String(name.length);
  return entity;
}
