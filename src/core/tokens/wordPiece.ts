import { copyString } from '../text/copyString';
import type { Vocabulary } from './vocabulary';

/** The tokens of one word. */
export interface WordTokens {
  readonly ids: readonly number[];
  /** The end of each token in the word, in UTF-16 units. */
  readonly ends: readonly number[];
}

/** A word with more characters becomes one unknown token (`max_input_chars_per_word`). */
const maxCharacters = 100;

/** Size of the cache. Words of a text repeat, so the cache answers nine in ten lookups. */
const maxCachedWords = 50_000;

/**
 * Splits words greedily into the longest tokens: at each position the longest token that matches is used. A word that
 * cannot be covered is one unknown token. Wu et al., "Google's Neural Machine Translation System", 2016, section 4.1;
 * greedy matching as in google-research/bert.
 */
export function createWordPiece(vocabulary: Vocabulary): (word: string) => WordTokens {
  const cache = new Map<string, WordTokens>();
  return (word) => {
    const cached = cache.get(word);
    if (cached !== undefined) return cached;
    const tokens = split(word, vocabulary);
    if (cache.size >= maxCachedWords) cache.clear();
    cache.set(copyString(word), tokens);
    return tokens;
  };
}

function split(word: string, vocabulary: Vocabulary): WordTokens {
  const unknown: WordTokens = { ids: [vocabulary.unknownId], ends: [word.length] };
  if (isTooLong(word)) return unknown;
  const ids: number[] = [];
  const ends: number[] = [];
  let start = 0;
  while (start < word.length) {
    const entries = start === 0 ? vocabulary.starts : vocabulary.continuations;
    let end = Math.min(word.length, start + vocabulary.maxTokenLength);
    let id: number | undefined;
    while (end > start && (id = entries.get(word.slice(start, end))) === undefined) end -= 1;
    if (id === undefined) return unknown;
    ids.push(id);
    ends.push(end);
    start = end;
  }
  return { ids, ends };
}

function isTooLong(word: string): boolean {
  if (word.length <= maxCharacters) return false;
  if (word.length > 2 * maxCharacters) return true;
  return Array.from(word).length > maxCharacters;
}
