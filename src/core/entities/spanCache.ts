import { createTextCache, type TextCache } from '../text/textCache';
import type { EntityType, Span } from '../types';

/** A decoded entity; offsets refer to the text that was run through the model. */
export interface DecodedSpan extends Span {
  readonly type: EntityType;
  /** Calibrated probability. */
  readonly probability: number;
}

export type SpanCache = TextCache<DecodedSpan>;

/** Creates the cache of a tagger. */
export const createSpanCache: (options?: { maxCharacters?: number }) => SpanCache =
  createTextCache<DecodedSpan>;
