import type { EntityType, Span } from '../types';

/** A decoded mention, in offsets of the text that was run. */
export interface DecodedSpan extends Span {
  readonly type: EntityType;
  /** Calibrated. */
  readonly probability: number;
}

/** Bounded memory of what was inferred for a text; least recently used goes first. One a model. */
export interface SpanCache {
  get(text: string): readonly DecodedSpan[] | undefined;
  set(text: string, spans: readonly DecodedSpan[]): void;
  clear(): void;
}

export function createSpanCache(_options: { maxCharacters?: number } = {}): SpanCache {
  return { get: () => undefined, set: () => undefined, clear: () => undefined };
}
