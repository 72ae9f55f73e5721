import { ownCopy } from '../text/ownCopy';
import type { EntityType, Span } from '../types';

/** A decoded mention, in offsets of the text that was run. */
export interface DecodedSpan extends Span {
  readonly type: EntityType;
  /** Calibrated. */
  readonly probability: number;
}

/** Bounded memory of what was inferred for a text; least recently used goes first. One a model. */
export interface TextCache<T> {
  get(text: string): readonly T[] | undefined;
  set(text: string, found: readonly T[]): void;
  clear(): void;
  /** Characters of text held. */
  readonly characters: number;
}

export type SpanCache = TextCache<DecodedSpan>;

/** What one entry costs beside its characters, in characters, so that a million short sentences are bounded too. */
const entryCost = 64;

const none: readonly never[] = [];

/** The key is kept beside what was found: it is our own copy, where the caller's may be a slice of a whole document. */
interface Entry<T> {
  readonly key: string;
  readonly found: readonly T[];
}

/** @param options `maxCharacters` bounds the text that is remembered; 8 million are about 1.2 million words. */
export function createTextCache<T>({
  maxCharacters = 8_000_000,
}: { maxCharacters?: number } = {}): TextCache<T> {
  // A Map iterates in order of insertion: whoever is used is inserted anew, so that the oldest comes first.
  const entries = new Map<string, Entry<T>>();
  let characters = 0;
  const remove = (text: string) => {
    if (entries.delete(text)) characters -= text.length + entryCost;
  };
  return {
    get characters() {
      return characters;
    },
    get(text) {
      const entry = entries.get(text);
      if (entry === undefined) return undefined;
      entries.delete(text);
      entries.set(entry.key, entry);
      return entry.found;
    },
    set(text, found) {
      remove(text);
      const key = ownCopy(text);
      entries.set(key, { key, found: found.length === 0 ? none : found });
      characters += text.length + entryCost;
      for (const oldest of entries.keys()) {
        if (characters <= maxCharacters) break;
        remove(oldest);
      }
    },
    clear() {
      entries.clear();
      characters = 0;
    },
  };
}

/** The memory of a tagger. */
export const createSpanCache: (options?: { maxCharacters?: number }) => SpanCache =
  createTextCache<DecodedSpan>;
