import type { Span } from './types';

/** Compares spans for a sort: by start, and of those with the same start the longer one first. */
export function bySpan(a: Span, b: Span): number {
  return a.start - b.start || b.end - a.end;
}

/** Whether two spans share a character. */
export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

/** Whether spans make up most of another one. */
export function covers(spans: readonly Span[], whole: Span): boolean {
  const length = spans.reduce(
    (sum, { start, end }) => sum + Math.max(0, Math.min(end, whole.end) - Math.max(start, whole.start)),
    0,
  );
  return length >= 0.6 * (whole.end - whole.start);
}
