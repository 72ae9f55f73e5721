/** Operations on sets of spans. A normalised set is sorted, and its spans neither overlap nor touch. */
import type { Span } from '../../core/types';

export function touches(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}

export function contains(spans: readonly Span[], span: Span): boolean {
  return spans.some(({ start, end }) => start <= span.start && span.end <= end);
}

/** Sorts the spans and joins those that overlap or touch. */
export function normalizeSpans(spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last && span.start <= last.end) joined[joined.length - 1] = hull(last, span);
    else joined.push(span);
  }
  return joined;
}

/** Returns the smallest span that contains both. */
export function hull(a: Span, b: Span): Span {
  return { start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) };
}

/** Returns the parts of the spans outside `hole`. Empty spans inside it are removed. */
export function subtractSpan(spans: readonly Span[], hole: Span): Span[] {
  const left: Span[] = [];
  for (const span of spans) {
    if (span.end < hole.start || span.start > hole.end) {
      left.push(span);
      continue;
    }
    if (span.start < hole.start) left.push({ start: span.start, end: hole.start });
    if (span.end > hole.end) left.push({ start: hole.end, end: span.end });
  }
  return left;
}
