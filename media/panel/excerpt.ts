/** Shortens texts for the rows of lists. Without side effects. */
import type { MarkedText, PlaceName } from '../../src/protocol/panel';

/** Maximum number of characters before the first mark: more would push it out of the few lines of a row. */
const maxStartLength = 64;
const keptStartLength = 32;

/**
 * Shortens a long sentence to begin a little before its names or its answer. A cue may be cut off, because a symbol
 * shows that the sentence is denied.
 */
export function excerpt(marked: MarkedText): MarkedText {
  const { text, marks } = marked;
  const first = marks.find(({ role }) => role !== 'cue');
  if (first === undefined || first.start <= maxStartLength) return marked;
  const from = text.indexOf(' ', first.start - keptStartLength) + 1;
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
