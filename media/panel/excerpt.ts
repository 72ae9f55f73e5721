/** What a row has room for. Pure. */
import type { MarkedText, PlaceName } from '../../src/protocol/panel';

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

export type NamedPlace = Pick<PlaceName, 'name' | 'line'>;

export function placeText({ name, line }: NamedPlace): string {
  return line > 0 ? `${name}:${line}` : name;
}
