import type { MarkedText } from '../../src/protocol/panel';
import { lookOf } from '../../src/protocol/typeLooks';
import { codicon, el } from './dom';
import { placeText, type NamedPlace } from './excerpt';

/** A sentence with its marks highlighted. */
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

/**
 * The name of the publication, or of the document and the line number. A long name is truncated, the line number never
 * is.
 *
 * @param details Further lines of its tooltip.
 */
export function placeName(place: NamedPlace, details: readonly string[] = []): HTMLElement {
  const { name, file, line } = place;
  const title = [...(file === undefined ? [] : [name]), placeText(place), ...details].join('\n');
  return el(
    'span',
    {
      class: 'place',
      attributes: { title },
    },
    el('span', { class: 'place-name' }, name),
    ...(line > 0 && file === undefined ? [el('span', { class: 'place-line' }, `:${line}`)] : []),
  );
}

/**
 * A name with the icon and colour of its type.
 * @param details Further lines of its tooltip.
 */
export function entityName(name: string, type: string, details: readonly string[] = []): HTMLElement {
  const look = lookOf(type);
  const icon = codicon(look.icon);
  icon.classList.add(`type-${look.colour}`);
  const entity = el(
    'span',
    { class: 'entity', attributes: { title: [`${name} · ${type}`, ...details].join('\n') } },
    icon,
    el('span', { class: 'name' }, name),
  );
  // If there is not enough room for two names, the longer one shrinks more.
  entity.style.flexShrink = String(name.length);
  return entity;
}
