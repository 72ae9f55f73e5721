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

export type NamedPlace = Pick<PlaceName, 'name' | 'file' | 'line'>;

/** The text by which a row shows its place: the name of the publication, or the document and the line. */
export function placeLabel(place: NamedPlace): string {
  return place.file === undefined ? placeText(place) : place.name;
}

/** The document and the line: `export.ris:12`. */
export function placeText({ name, file = name, line }: NamedPlace): string {
  return line > 0 ? `${file}:${line}` : file;
}
