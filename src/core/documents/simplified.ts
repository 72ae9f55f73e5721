import type { Span } from '../types';
import type { ReadingLimit } from './blocks';
import type { ParsedDocument } from './parse';

/** Parts of a document that were read in a simpler way for the same reason. */
export interface Simplification {
  readonly limit: ReadingLimit;
  /** Number of parts. */
  readonly parts: number;
  /** Offset in the document at which the first part begins. */
  readonly start: number;
}

/** The simplifications in a range of a document, at most one for each reason. */
export function simplificationsIn(
  { simplified }: Pick<ParsedDocument, 'simplified'>,
  range: Span,
): readonly Simplification[] {
  const found = new Map<ReadingLimit, Simplification>();
  for (const { limit, start, end } of simplified) {
    if (end <= range.start || start >= range.end) continue;
    const earlier = found.get(limit);
    found.set(limit, { limit, parts: (earlier?.parts ?? 0) + 1, start: earlier?.start ?? start });
  }
  return [...found.values()];
}
