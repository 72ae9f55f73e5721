import type { Span } from '../types';

/** `[start, start + removed)` of the text before gave way to `inserted`. */
export interface Edit {
  readonly start: number;
  readonly removed: number;
  readonly inserted: string;
}

/** By how much everything after the edit moves. */
export function shiftOf(edit: Edit): number {
  return edit.inserted.length - edit.removed;
}

/**
 * Where a span of the text before an edit stands after it, or undefined when the edit changed characters inside
 * it. Text inserted at a border belongs to neither side: the span keeps its own characters.
 */
export function moveSpan(span: Span, edit: Edit): Span | undefined {
  if (span.end <= edit.start) return span;
  if (span.start < edit.start + edit.removed) return undefined;
  if (span.start < edit.start) return undefined;
  const shift = shiftOf(edit);
  return { start: span.start + shift, end: span.end + shift };
}

/**
 * Where a stretch stands after an edit, when it should go on speaking for what was edited in it: it grows and
 * shrinks with the edit, at its borders too. Empty when the edit removed it whole and put nothing there.
 */
export function stretchSpan(span: Span, edit: Edit): Span {
  const editEnd = edit.start + edit.removed;
  if (span.end < edit.start) return span;
  const shift = shiftOf(edit);
  if (span.start > editEnd) return { start: span.start + shift, end: span.end + shift };
  const start = Math.min(span.start, edit.start);
  return { start, end: Math.max(span.end, editEnd) + shift };
}
