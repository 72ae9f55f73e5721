import { ownCopy } from '../text/ownCopy';
import type { Vocabulary } from './vocabulary';

/** The pieces of one word. */
export interface WordPieces {
  readonly ids: readonly number[];
  /** Where each piece ends in the word, in UTF-16 units. */
  readonly ends: readonly number[];
}

/** A longer word, in characters, is unknown as a whole (`max_input_chars_per_word`). */
const maxCharacters = 100;

/** Words of a text repeat: what is kept answers nine in ten. */
const maxRemembered = 50_000;

/**
 * Splits words greedily, longest piece first; a word that cannot be covered is one unknown piece.
 * Wu et al., "Google's Neural Machine Translation System", 2016, section 4.1; greedy matching as in google-research/bert.
 */
export function createWordPiece(vocabulary: Vocabulary): (word: string) => WordPieces {
  const remembered = new Map<string, WordPieces>();
  return (word) => {
    const known = remembered.get(word);
    if (known !== undefined) return known;
    const pieces = split(word, vocabulary);
    if (remembered.size >= maxRemembered) remembered.clear();
    remembered.set(ownCopy(word), pieces);
    return pieces;
  };
}

function split(word: string, vocabulary: Vocabulary): WordPieces {
  const unknown: WordPieces = { ids: [vocabulary.unknownId], ends: [word.length] };
  if (isTooLong(word)) return unknown;
  const ids: number[] = [];
  const ends: number[] = [];
  let start = 0;
  while (start < word.length) {
    const pieces = start === 0 ? vocabulary.starts : vocabulary.continuations;
    let end = Math.min(word.length, start + vocabulary.longest);
    let id: number | undefined;
    while (end > start && (id = pieces.get(word.slice(start, end))) === undefined) end -= 1;
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
