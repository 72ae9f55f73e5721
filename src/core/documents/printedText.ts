import type { Span } from '../types';
import type { Mask, SegmentBuilder } from './segmentBuilder';

/**
 * Masks that show `prose` for `[start, end)`. A run is atomic if its lengths in prose and source differ. Of equal lengths,
 * two runs with other borders are made.
 */
export function printedMasks(
  prose: string,
  start: number,
  end: number,
): (Mask & { readonly prose: string })[] {
  if (prose.length !== end - start || prose.length < 2) return [{ start, end, prose }];
  return [
    { start, end: end - 1, prose: prose.slice(0, 1) },
    { start: end - 1, end, prose: prose.slice(1) },
  ];
}

/** Adds the text that a command or macro at `[start, end)` prints. */
export function print(builder: SegmentBuilder, text: string, start: number, end: number): void {
  for (const mask of printedMasks(text, start, end)) builder.replace(mask.prose, mask.start, mask.end);
}

/** The masks of a part of a source, which begins at the offset `by`, as masks of the source. */
export function shifted(masks: readonly Mask[], by: number): Mask[] {
  return masks.map((mask) => ({ ...mask, start: mask.start + by, end: mask.end + by }));
}

/**
 * Masks that show only a text of `length` characters in markup at `[start, end)`.
 * @param close Number of characters of markup after the text.
 * @param inside The masks of the text.
 */
export function around({ start, end }: Span, length: number, close: number, inside: readonly Mask[]): Mask[] {
  const to = end - close;
  return [{ start, end: to - length, prose: '' }, ...inside, { start: to, end, prose: '' }];
}

/** Masks that show the text of a note in round brackets; one character of markup follows the text. */
export function inBrackets({ start, end }: Span, length: number, inside: readonly Mask[]): Mask[] {
  const from = end - 1 - length;
  return [
    { start, end: start + 1 },
    { start: start + 1, end: from, prose: '(' },
    ...inside,
    { start: end - 1, end, prose: ')' },
  ];
}
