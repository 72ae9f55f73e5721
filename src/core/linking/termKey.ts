/**
 * Keys under which a terminology keeps its names. The program that builds a terminology and the one that looks names up
 * both call {@link termKey}, so that all spellings of a name meet.
 */
import { fold, singular } from '../text/mentions';
import type { Span } from '../types';

/** A run of letters or of digits, with the letters that it adds to a key. */
export interface TermPiece extends Span {
  /** Folded: lower case, singular, no accents, names of Greek letters, Arabic for Roman numerals. */
  readonly key: string;
  /** Whether a name may begin here: no letter or digit is before it. */
  readonly isWordStart: boolean;
  /** Whether a name may end here: no letter or digit follows. */
  readonly isWordEnd: boolean;
}

/** The first alternative matches a possessive, which adds nothing to a key. */
const piecePattern = /['’]s(?![\p{L}\p{N}])|\p{Script=Greek}|\p{N}+|(?:(?!\p{Script=Greek})[\p{L}\p{M}])+/gu;
const roman: ReadonlyMap<string, string> = new Map(
  ['', '', 'ii', 'iii', 'iv', '', 'vi', 'vii', 'viii', 'ix', '', 'xi', 'xii', 'xiii'].flatMap(
    (numeral, value) => (numeral === '' ? [] : [[numeral, String(value)] as const]),
  ),
);
/** They are numerals only at the end of a name: `collagen type I`, `factor V`. */
const lastRoman: ReadonlyMap<string, string> = new Map([
  ['i', '1'],
  ['v', '5'],
  ['x', '10'],
]);

/** The pieces of a text, in its order. */
export function termPieces(text: string): TermPiece[] {
  const pieces: TermPiece[] = [];
  for (const { 0: raw, index } of text.matchAll(isAscii.test(text) ? asciiPattern : piecePattern)) {
    const first = raw.charCodeAt(0);
    if (first === 39 || first === 0x2019) continue;
    const end = index + raw.length;
    const isWordStart = !isAlphanumeric(text, index - 1);
    const isWordEnd = !isAlphanumeric(text, end);
    const folded = spelledAlike(fold(raw));
    const plain = isWordEnd && folded.endsWith('s') ? singular(folded, raw) : folded;
    const key = (isWordStart && isWordEnd && roman.get(plain)) || plain;
    pieces.push({ start: index, end, key, isWordStart, isWordEnd });
  }
  return pieces;
}

/** British spellings → American ones: `tumour`, `anaemia`, `oesophagus`, `sulphate`. */
const british = /ae|oe|tumour|colour|sulph|aluminium/g;
const american: Readonly<Record<string, string>> = {
  ae: 'e',
  oe: 'e',
  tumour: 'tumor',
  colour: 'color',
  sulph: 'sulf',
  aluminium: 'aluminum',
};

function spelledAlike(word: string): string {
  return word.length < 4 ? word : word.replace(british, (part) => american[part] ?? part);
}

const isAscii = /^[\0-\x7f]*$/;
const asciiPattern = /'s(?![A-Za-z0-9])|[0-9]+|[A-Za-z]+/g;
const alphanumeric = /[\p{L}\p{M}\p{N}]/u;

function isAlphanumeric(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || isDigit(code);
  // NaN: outside of the text. A surrogate is part of a letter that no terminology has.
  return code >= 128 && (alphanumeric.test(text.charAt(at)) || (code >= 0xd800 && code < 0xe000));
}

/**
 * Adds a piece to a key. Two numbers stay apart (`1,10` is not `110`); all other pieces are joined, because authors
 * write `IL-2`, `IL 2` and `IL2`, `non-small` and `nonsmall`.
 */
export function extendKey(key: string, piece: string): string {
  return isDigit(key.charCodeAt(key.length - 1)) && isDigit(piece.charCodeAt(0))
    ? `${key}-${piece}`
    : key + piece;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** The key of a name; empty for a text without letters and digits. */
export function termKey(name: string): string {
  const pieces = termPieces(name);
  const last = pieces.at(-1);
  let key = '';
  for (const piece of pieces) key = extendKey(key, piece === last && key !== '' ? lastKey(piece) : piece.key);
  return key;
}

/** The key of a piece that ends a name of several pieces. */
export function lastKey({ key, isWordStart }: TermPiece): string {
  return (isWordStart && lastRoman.get(key)) || key;
}

const ignored: ReadonlySet<string> = new Set(['of', 'the', 'and', 'in', 'to', 'with', 'due', 'a', 'by']);

/**
 * The key of a name of several words in any order: `cancer of the breast` and `breast cancer` have the same. Undefined
 * for a name of one word. It begins with a character that no {@link termKey} contains.
 */
export function bagKey(name: string): string | undefined {
  const words = termPieces(name).map(({ key }) => key);
  const content = words.filter((word) => !ignored.has(word));
  if (content.length < 2 || content.length > 8) return undefined;
  return `~${content.sort().join(' ')}`;
}

/**
 * How a name is written. `word`: in small letters, or with a capital where a sentence or a title has one. `capitalised`:
 * one word with only the first letter a capital (`Kit`, `Rest`, `Aspirin`). `symbol`: with capitals elsewhere, or with
 * digits.
 */
export type TermCase = 'word' | 'capitalised' | 'symbol';

/** @see TermCase */
export function termCase(name: string): TermCase {
  const rest = name.slice(1);
  if (/\p{Lu}|\p{N}/u.test(rest)) return /\s\p{Lu}?\p{Ll}{3}/u.test(name) ? 'word' : 'symbol';
  return /^\p{Lu}\p{Ll}*$/u.test(name) ? 'capitalised' : 'word';
}
