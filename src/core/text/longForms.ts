import { dashes } from '../characters';
import type { Span } from '../types';
import { fold } from './mentions';

/**
 * Finds the long form of an abbreviation in the words before it.
 *
 * The algorithm of Schwartz and Hearst (2003) takes the shortest text in which the characters of the short form occur
 * in order. That is wrong where one word has them all: `cancer` for CC in `cervical cancer (CC)`. Here each way to spell
 * the short form has a cost, and the cheapest one wins; of several, the shortest. A character is free where it begins a
 * word, and costs {@link innerCost} inside a word whose beginning was used as well (the T and X of `methotrexate`,
 * MTX). The cost of a character in a word whose beginning was not used, and of words without any character, is higher.
 *
 * The costs are computed from the last word to the first by dynamic programming, in time proportional to the number of
 * characters of the words times the length of the short form.
 */

/** A dash behind which a word begins, if something else stands in front of it. */
const leadingDash = new RegExp(`[${dashes}]`, 'u');

const innerCost = 1;
const orphanCost = 3;
const skippedWordCost = 1;
const trailingWordCost = 1;

/** Words that often give no letter to an abbreviation; numbers do not either. */
const stopWords = new Set(
  'a an and as at by de des du for from in into la le of on or per the to und van von with'.split(' '),
);

const isDigits = /^\p{N}+$/u;

export interface LongForm extends Span {
  /** 0 if each character of the short form begins a word and each word has one. */
  readonly cost: number;
}

interface Word extends Span {
  /** Letters and digits, without accents, in lower case, Greek letters as Latin ones. */
  readonly characters: string;
  readonly skipCost: number;
  /** The cost of a letter behind the first: none in an acronym, whose letters stand for words. */
  readonly innerCost: number;
}

/**
 * Finds the best long form that ends at the end of `within`.
 *
 * @param short The short form.
 * @param within Words of `text` that may belong to the long form.
 * @param fills Whether the long form must also begin at the start of `within`. Default: false.
 * @returns undefined if no text spells the short form well enough.
 */
export function bestLongForm(text: string, short: string, within: Span, fills = false): LongForm | undefined {
  const words = wordsOf(text, within);
  const spellings = [comparable(short)];
  // `OH` stands for `hydroxy` in names of chemicals, in which the H comes first.
  if (short.includes('OH')) spellings.push(comparable(short.replace('OH', 'HO')));
  for (const letters of spellings) {
    const best = cheapest(letters, words, fills) ?? rotated(letters, words, fills);
    if (best === undefined || best.cost > maxCost(short)) continue;
    const start = wordStart(text, words[best.first]?.start ?? within.start, within.start);
    return { start, end: within.end, cost: best.cost };
  }
  return undefined;
}

/**
 * Two equal capitals must begin two words, because most words have some letter twice: `memory` is not MM. But Hh is
 * `hedgehog`.
 */
function maxCost(short: string): number {
  const letters = comparable(short);
  const isDoubled = letters.length === 2 && letters.charAt(0) === letters.charAt(1);
  return isDoubled && !/\p{Ll}/u.test(short) ? 0 : letters.length + 2;
}

/** @returns letters and digits in the form in which they are compared: `ï` → `i`, `β` → `b`. */
function comparable(text: string): string {
  const plain = text
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
  return plain.replace(/\p{Script=Greek}/gu, (letter) => fold(letter).charAt(0));
}

function wordsOf(text: string, { start, end }: Span): Word[] {
  return Array.from(text.slice(start, end).matchAll(/[\p{L}\p{N}\p{M}]+/gu), ({ 0: word, index }) => {
    const skipCost = isDigits.test(word) || stopWords.has(word.toLowerCase()) ? 0 : skippedWordCost;
    const place = { start: start + index, end: start + index + word.length };
    const isAcronym = /^[\p{Lu}\p{N}]{2,}$/u.test(word);
    return { ...place, characters: comparable(word), skipCost, innerCost: isAcronym ? 0 : innerCost };
  });
}

interface Start {
  /** Index of the first word. */
  readonly first: number;
  readonly cost: number;
}

/** Finds the word at which the cheapest spelling of `letters` begins; of several, the last word. */
function cheapest(letters: string, words: readonly Word[], fills: boolean): Start | undefined {
  const count = letters.length;
  // `rest[i]` is the least cost of spelling the letters from `i` on with the words that were visited.
  let rest = Array<number>(count + 1).fill(Infinity);
  rest[count] = 0;
  let best: Start | undefined;
  for (let first = words.length - 1; first >= 0; first -= 1) {
    const word = words[first];
    if (!word) break;
    const { skipCost } = word;
    const costHere = (i: number) => costFrom(letters, i, word, rest);
    const begins = word.characters.charAt(0) === letters.charAt(0);
    const cost = begins ? runCost(letters, 0, word, rest) : Infinity;
    if (cost < (best?.cost ?? Infinity) && (!fills || first === 0)) best = { first, cost };
    const trailing = (rest[count] ?? 0) + (skipCost > 0 ? trailingWordCost : 0);
    const skipping = rest;
    rest = Array.from({ length: count }, (_, i) =>
      Math.min((skipping[i] ?? Infinity) + skipCost, costHere(i)),
    );
    rest.push(trailing);
  }
  return best;
}

/** The least cost of spelling the letters from `i` on with one word and the words behind it. */
function costFrom(letters: string, i: number, word: Word, rest: readonly number[]): number {
  const { characters } = word;
  const initial = characters.charAt(0) === letters.charAt(i) ? runCost(letters, i, word, rest) : Infinity;
  const inner = characters.indexOf(letters.charAt(i), 1);
  if (inner < 0) return initial;
  const run = runCost(letters, i, { ...word, characters: characters.slice(inner) }, rest);
  return Math.min(initial, orphanCost + run);
}

/** The cost if the letters from `i` on begin with the first character of a word; further ones may be inside it. */
function runCost(
  letters: string,
  i: number,
  { characters, innerCost: step }: Word,
  rest: readonly number[],
): number {
  let least = rest[i + 1] ?? Infinity;
  let at = 0;
  for (let next = i + 1; next < letters.length; next += 1) {
    at = characters.indexOf(letters.charAt(next), at + 1);
    if (at < 0) break;
    least = Math.min(least, (next - i) * step + (rest[next + 1] ?? Infinity));
  }
  return least;
}

/** Minimum length of a short form whose letters may begin the words in another order. */
const minRotated = 3;

/** Finds the words that begin with the letters in inverted order: `diabetes mellitus type 2` is T2DM. */
function rotated(letters: string, words: readonly Word[], fills: boolean): Start | undefined {
  const content = words.flatMap(({ characters, skipCost }, index) =>
    skipCost > 0 || isDigits.test(characters) ? [{ characters, index }] : [],
  );
  const used = content.slice(-letters.length);
  const first = used[0]?.index;
  const initials = used.map(({ characters }) => characters.charAt(0)).join('');
  const isRotation = initials.length === letters.length && `${letters}${letters}`.includes(initials);
  if (first === undefined || letters.length < minRotated || !isRotation || (fills && first > 0))
    return undefined;
  return { first, cost: 1 };
}

/**
 * Extends the start of a long form to the beginning of the word: all of `non-Hodgkin`, although only its H was matched,
 * and all of `M(3)-muscarinic`.
 */
function wordStart(text: string, at: number, minStart: number): number {
  let start = at;
  while (start > minStart && !/[\s/+"“‘]/u.test(text.charAt(start - 1))) start -= 1;
  while (start < at && leadingDash.test(text.charAt(start))) start += 1;
  return start;
}
