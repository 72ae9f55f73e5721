import type { Span } from '../types';

/** The places at which a pattern matches, in order. @param pattern Has the flag `g`. */
export function matchSpans(text: string, pattern: RegExp): Span[] {
  return Array.from(text.matchAll(pattern), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}
