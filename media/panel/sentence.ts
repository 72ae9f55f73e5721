import type { MarkedText, PlaceName } from '../../src/protocol/panel';
import { codicon, el } from './dom';

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

/** Characters before the first mark: more would push it out of the few lines that a row has. */
const longestStart = 64;
const keptStart = 32;

/** A long sentence from a little before its names or its answer on; words that deny are told by a sign. */
export function excerpt(marked: MarkedText): MarkedText {
  const { text, marks } = marked;
  const first = marks.find(({ role }) => role !== 'cue');
  if (first === undefined || first.start <= longestStart) return marked;
  const from = text.indexOf(' ', first.start - keptStart) + 1;
  if (from <= 0 || from > first.start) return marked;
  const lead = '… ';
  const moved = marks
    .filter(({ start }) => start >= from)
    .map(({ start, end, role }) => ({
      start: start - from + lead.length,
      end: end - from + lead.length,
      role,
    }));
  return { text: lead + text.slice(from), marks: moved };
}

type NamedPlace = Pick<PlaceName, 'name' | 'line'>;

export function placeText({ name, line }: NamedPlace): string {
  return line > 0 ? `${name}:${line}` : name;
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

const shapes: Readonly<Record<string, string>> = {
  Gene: 'circle-filled',
  Disease: 'triangle-up',
  Chemical: 'debug-breakpoint-data',
  Species: 'debug-breakpoint-log',
};

/** A name with its type's colour and shape. */
export function entityName(name: string, type: string): HTMLElement {
  const icon = codicon(shapes[type] ?? 'circle-outline');
  icon.classList.add(`type-${shapes[type] ? type.toLowerCase() : 'other'}`);
  return el(
    'span',
    { class: 'entity', attributes: { title: `${name} · ${type}` } },
    icon,
    el('span', { class: 'name' }, name),
  );
}
