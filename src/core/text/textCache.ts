import { copyString } from './copyString';

/**
 * A bounded cache of results by input text. The least recently used entries are removed first. Each model has its own
 * cache.
 */
export interface TextCache<T> {
  get(text: string): readonly T[] | undefined;
  set(text: string, results: readonly T[]): void;
  clear(): void;
  /** Number of characters in the cached texts. */
  readonly characters: number;
}

/**
 * Cost of an entry in addition to its text, in characters, so that the cache stays bounded for a million short
 * sentences.
 */
const entryCost = 64;

const emptyResults: readonly never[] = [];

/**
 * An entry keeps its key because the key is a copy, while the caller's string may be a slice that keeps a whole
 * document in memory.
 */
interface Entry<T> {
  readonly key: string;
  readonly results: readonly T[];
}

/**
 * @param options `maxCharacters` limits the total length of the cached texts; 8 million characters are about 1.2
 *   million words.
 */
export function createTextCache<T>({
  maxCharacters = 8_000_000,
}: { maxCharacters?: number } = {}): TextCache<T> {
  // A Map iterates in order of insertion. An entry that is used is inserted again, so the least recently used one
  // comes first.
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
      return entry.results;
    },
    set(text, results) {
      remove(text);
      const key = copyString(text);
      entries.set(key, { key, results: results.length === 0 ? emptyResults : results });
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
