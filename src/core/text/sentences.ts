import type { Span } from '../types';
import {
  beforeInitials,
  beforeNumber,
  letteredNouns,
  neverFinal,
  sentenceOpeners,
  seldomFinal,
} from './sentenceLexicon';

/** Matches what may end a sentence, and opening brackets, which may keep it open. */
const boundaryMark = /[.!?\u2026]+|[。！？]+|[([{]|\n[^\S\n]*\n\s*/gu;

/**
 * Maximum length of a bracket that keeps its sentence open, in characters; a longer one is treated as a stray bracket.
 */
const maxBracketLength = 200;

/**
 * Splits prose into sentences. At each full stop, rules look at the word before it and the word after it: an
 * abbreviation, an initial or a number does not end a sentence, while a word that commonly begins one decides doubtful
 * cases. Blank lines always end a sentence. A single line break never does, because text may be wrapped by hand.
 *
 * @param text Prose of one segment.
 * @returns half-open UTF-16 spans of `text`, in order; together they cover every character that is not white space.
 * @example splitSentences('Fig. 1 shows p53. It binds DNA.') // [{ start: 0, end: 17 }, { start: 18, end: 31 }]
 */
export function splitSentences(text: string): Span[] {
  const spans: Span[] = [];
  let start = skip(whiteSpace, text, 0);
  let bracketEnd = 0;
  for (const match of text.matchAll(boundaryMark)) {
    const at = match.index;
    const mark = match[0];
    if (at < start) continue;
    if (/^[([{]/u.test(mark)) {
      if (at >= bracketEnd) bracketEnd = closingBracket(text, at);
      continue;
    }
    const end = endOfSentence(text, { start, at, mark, bracketEnd });
    if (end === undefined) continue;
    pushTrimmed(spans, text, start, end);
    start = skip(whiteSpace, text, end);
  }
  pushTrimmed(spans, text, start, text.length);
  return spans;
}

interface Candidate {
  /** Start of the sentence, which is not white space. */
  readonly start: number;
  readonly at: number;
  readonly mark: string;
  /** Offset at which the open bracket closes; 0 if none is open. */
  readonly bracketEnd: number;
}

/** The end of the sentence if it ends at this mark, including closing quotes and citations; otherwise undefined. */
function endOfSentence(text: string, { start, at, mark, bracketEnd }: Candidate): number | undefined {
  if (mark.startsWith('\n')) return at;
  const end = skip(closers, text, at + mark.length);
  if (end < bracketEnd) return undefined;
  if (/[。！？]/u.test(mark)) return end;
  const word = wordBefore(text, start, at);
  const afterCitation = mark === '.' && /^\p{Ll}{2,}$/u.test(word) ? skip(citation, text, end) : end;
  const next = skip(whiteSpace, text, afterCitation);
  if (next === text.length) return undefined;
  if (next === afterCitation) return opensWithoutBlank(text, end, word) ? end : undefined;
  const opening = openingAt(text, next);
  const ends =
    mark === '.'
      ? endsAtStop(text, { start, at, word, opening })
      : /^[^\p{Ll}\p{P}]|^["'“‘([]/u.test(opening);
  return ends ? afterCitation : undefined;
}

const closers = /["'”’»)\]}]*/uy;
/** Matches reference numbers after the stop: `cells.12,13 We`, `cells.[3–5] We`. */
const citation = /(?:\[[\d,;\s–-]{1,40}\]|\d{1,3}(?:[,–-]\d{1,3}){0,9})(?=\s+\p{Lu})/uy;
const whiteSpace = /\s*/uy;

function skip(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  const match = pattern.exec(text);
  return match === null ? from : from + match[0].length;
}

/** The word before a stop, including inner stops: `al`, `i.v`, `E`, `2003`. */
function wordBefore(text: string, start: number, at: number): string {
  const reach = text.slice(Math.max(start, at - 40), at);
  return /[\p{L}\p{N}][\p{L}\p{N}.]*$/u.exec(reach)?.[0] ?? '';
}

/** The text after the white space, up to the next white space: enough to recognise a new sentence. */
function openingAt(text: string, next: number): string {
  return /^\S*/u.exec(text.slice(next, next + 40))?.[0] ?? '';
}

interface Stop {
  readonly start: number;
  readonly at: number;
  readonly word: string;
  readonly opening: string;
}

function endsAtStop(text: string, { start, at, word, opening }: Stop): boolean {
  const lower = /^\p{Lu}(?:\p{Ll}|\.)/u.test(word) ? word.toLowerCase() : word;
  const isOpener = opensSentence(opening);
  if (at - start < maxEnumerator && isEnumerator(text.slice(start, at))) return false;
  if (neverFinal.has(lower)) return false;
  if (beforeNumber.has(lower) && /^\p{N}/u.test(opening)) return false;
  if (/^\p{Ll}/u.test(opening)) {
    return startsWithSymbol(opening) && !seldomFinal.has(lower) && isCompleteWord(text, word, at);
  }
  if (/^[,;:)\]}%=<>/*+-]/u.test(opening)) return false;
  if (seldomFinal.has(lower)) return isOpener;
  if (/^\p{L}$/u.test(word)) return isOpener || (/^\p{Lu}$/u.test(word) ? endsName(text, at) : true);
  if (/^(?:\p{L}\.)+\p{L}$/u.test(word)) {
    return isOpener || (/^\p{Ll}/u.test(word) && /^\p{Lu}/u.test(opening));
  }
  return true;
}

function opensSentence(opening: string): boolean {
  const word = /^["'“‘([]?(\p{Lu}[\p{L}]*)/u.exec(opening)?.[1];
  return word !== undefined && sentenceOpeners.has(word.toLowerCase());
}

/**
 * Whether the text begins with a name that keeps its lower-case letter at the beginning of a sentence: `p53`, `mRNA`,
 * `c-myc`, `hTERT`, `α-synuclein`.
 */
function startsWithSymbol(opening: string): boolean {
  return /^(?:\p{Ll}{1,6}-?(?:\p{Lu}|\p{N})|[cv]-\p{Ll}{3}|[α-ω]|(?:alpha|beta|gamma|delta|kappa)(?:-|$))/u.test(
    opening,
  );
}

/**
 * Whether the word is complete. A single letter may belong to what follows (`S. p53`), unless it is the unit of a
 * number (`24 h.`).
 */
function isCompleteWord(text: string, word: string, at: number): boolean {
  return word.length !== 1 || /\d\s$/u.test(text.slice(Math.max(0, at - 3), at - 1));
}

/** Length of text that is too long for an enumerator. */
const maxEnumerator = 8;

/** Whether the text is an enumerator at the beginning of an item: `1.`, `A.` or `iv.`. */
function isEnumerator(sentence: string): boolean {
  return /^[([]?(?:\d{1,3}(?:\.\d{1,3})*|\p{L}|[ivxIVX]{1,5})$/u.test(sentence);
}

/**
 * Whether the single capital before the stop ends a name (`vitamin C.`, `complex I.`, `SJL/J.`, `37 °C.`) and is not
 * the initial of one (`J. R. Smith`).
 */
function endsName(text: string, at: number): boolean {
  const match = /(\S*)(\s+)[\p{Lu}]$/u.exec(text.slice(Math.max(0, at - 40), at));
  if (match === null) return /[^\s(.\-]-?\p{Lu}$/u.test(text.slice(Math.max(0, at - 3), at));
  const before = match[1] ?? '';
  const letter = text.charAt(at - 1);
  if (letteredNouns.has(before.toLowerCase())) return true;
  if (/[\d°)]$/u.test(before) && 'MCFKVWNGL'.includes(letter)) return true;
  if ('IVX'.includes(letter) && /[\p{L}\p{N}]$/u.test(before)) return !beforeInitials.has(before);
  return /(?:^|[(-])\p{Ll}+$/u.test(before) && !beforeInitials.has(before);
}

/**
 * Whether a sentence begins directly after the stop: `…in cells.The authors…`. The space is often lost when text is
 * copied from a page.
 */
function opensWithoutBlank(text: string, end: number, word: string): boolean {
  const next = /^(\p{Lu}\p{L}*)\s/u.exec(text.slice(end, end + 20))?.[1];
  return (
    next !== undefined &&
    next.length > 1 &&
    /^\p{Ll}{2,}$/u.test(word) &&
    sentenceOpeners.has(next.toLowerCase())
  );
}

/** The offset at which the bracket at `at` closes; 0 if it does not close within {@link maxBracketLength}. */
function closingBracket(text: string, at: number): number {
  let depth = 0;
  const last = Math.min(text.length, at + maxBracketLength);
  for (let i = at; i < last; i += 1) {
    const code = text.charCodeAt(i);
    // The characters ( [ { and ) ] } are compared by code, because this runs 200 times for every stray bracket.
    if (code === 0x28 || code === 0x5b || code === 0x7b) depth += 1;
    else if (code === 0x29 || code === 0x5d || code === 0x7d) depth -= 1;
    if (depth === 0) return i + 1;
  }
  return 0;
}

function pushTrimmed(spans: Span[], text: string, from: number, to: number): void {
  const start = skip(whiteSpace, text, from);
  let end = to;
  while (end > start && /\s/u.test(text.charAt(end - 1))) end -= 1;
  if (end > start) spans.push({ start, end });
}
