import type { Span } from '../types';

/** An edit: `[start, start + removed)` of the text before was replaced by `inserted`. */
export interface Edit {
  readonly start: number;
  readonly removed: number;
  readonly inserted: string;
}

/** The distance by which text after the edit moves. */
export function shiftOf(edit: Edit): number {
  return edit.inserted.length - edit.removed;
}

/**
 * Moves a span of the text before an edit to the text after it. Returns undefined if the edit changed characters
 * inside the span. Text inserted at a boundary does not become part of the span.
 */
export function moveSpan(span: Span, edit: Edit): Span | undefined {
  if (span.end <= edit.start) return span;
  if (span.start < edit.start + edit.removed) return undefined;
  if (span.start < edit.start) return undefined;
  const shift = shiftOf(edit);
  return { start: span.start + shift, end: span.end + shift };
}

/**
 * Moves a span that should continue to cover what was edited in it: it grows and shrinks with the edit, also at its
 * boundaries. The result is empty if the edit removed the whole span and inserted nothing.
 */
export function stretchSpan(span: Span, edit: Edit): Span {
  const editEnd = edit.start + edit.removed;
  if (span.end < edit.start) return span;
  const shift = shiftOf(edit);
  if (span.start > editEnd) return { start: span.start + shift, end: span.end + shift };
  const start = Math.min(span.start, edit.start);
  return { start, end: Math.max(span.end, editEnd) + shift };
}
