import type { Span } from './types';

/** Compares spans for a sort: by start, and of those with the same start the longer one first. */
export function bySpan(a: Span, b: Span): number {
  return a.start - b.start || b.end - a.end;
}
