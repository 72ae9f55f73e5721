import type { Span } from '../types';

/** A short form and its long form, as spans of the prose that was searched. */
export interface AbbreviationSpans {
  readonly short: Span;
  readonly long: Span;
}

/** Maximum length of a bracket, in characters. */
const maxBracketLength = 200;

const openingBracket = 0x28;
const closingBracket = 0x29;

/** Number of characters before a bracket in which a long form is searched for. */
const maxLookBack = 300;

/**
 * Finds definitions of abbreviations: `long form (SF)` and `SF (long form)`.
 *
 * The algorithm is that of Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in
 * biomedical text", Pacific Symposium on Biocomputing 2003. A bracket gives a candidate for the short form. Its
 * characters are then searched for from right to left in the text before the bracket: each must be found to the left
 * of the previous one, and the first character must begin a word. The word in which it is found begins the long form.
 * The long form must be longer than the short form and have at most min(n + 5, 2n) words, where n is the length of the
 * short form. Each bracket looks only at a bounded range of text, so the cost is linear.
 *
 * @example findAbbreviations('estrogen receptor (ER)') // [{ short: { start: 19, end: 21 }, long: { start: 0, end: 17
 *   } }]
 * @param text Prose of one segment.
 * @returns definitions in text order.
 */
export function findAbbreviations(text: string): AbbreviationSpans[] {
  const definitions: AbbreviationSpans[] = [];
  for (let open = text.indexOf('('); open >= 0; open = text.indexOf('(', open + 1)) {
    const close = closingOf(text, open);
    if (close === undefined) continue;
    const definition = definitionAt(text, open, contentOf(text, open, close));
    if (definition !== undefined) definitions.push(definition);
  }
  return definitions;
}

function closingOf(text: string, open: number): number | undefined {
  let depth = 0;
  const last = Math.min(text.length, open + maxBracketLength);
  for (let i = open; i < last; i += 1) {
    const code = text.charCodeAt(i);
    if (code === openingBracket) depth += 1;
    else if (code === closingBracket && (depth -= 1) === 0) return i;
  }
  return undefined;
}

/** The content of a bracket up to the first comma or semicolon: `(ER, also called ESR1)`. */
function contentOf(text: string, open: number, close: number): Span {
  const inner = text.slice(open + 1, close);
  const comma = /[,;]\s/u.exec(inner);
  return trimmed(text, { start: open + 1, end: open + 1 + (comma?.index ?? inner.length) });
}

function definitionAt(text: string, open: number, content: Span): AbbreviationSpans | undefined {
  const before = trimmed(text, { start: sentenceStart(text, open), end: open });
  if (isShortForm(textOf(text, content))) {
    const long = longFormBefore(text, before, content);
    if (long !== undefined) return { short: content, long };
  }
  const word = lastWord(text, before);
  if (!isShortForm(textOf(text, word))) return undefined;
  const long = bestLongForm(text, word, content);
  // A long form in brackets stands alone, so it must fill them completely.
  return long !== undefined && long.start === content.start ? { short: word, long } : undefined;
}

function longFormBefore(text: string, before: Span, short: Span): Span | undefined {
  const length = short.end - short.start;
  const words = Math.min(length + 5, length * 2);
  return bestLongForm(text, short, lastWords(text, before, words));
}

/**
 * A short form has two to ten characters in at most two words. It begins with a letter or digit and contains a letter.
 * A year or `n = 3` is not a short form.
 */
function isShortForm(text: string): boolean {
  if (text.length < 2 || text.length > 10 || !/^[\p{L}\p{N}]/u.test(text) || !/\p{L}/u.test(text))
    return false;
  return text.split(/\s+/u).length <= 2 && !/[=<>≤≥%]|\p{L}\.$/u.test(text) && !/^\p{Ll}{3,}$/u.test(text);
}

/**
 * The algorithm of figure 1 in the paper, with offsets instead of strings. `at` moves from the end of `within` to its
 * start. For each character of the short form, from the last to the first, it moves on until that character is found.
 */
function bestLongForm(text: string, short: Span, within: Span): Span | undefined {
  let position = within.end - 1;
  for (let i = short.end - 1; i >= short.start; i -= 1) {
    const character = text.charAt(i).toLowerCase();
    if (!isWordCharacter(character)) continue;
    while (
      position >= within.start &&
      !matches(text, position, character, i === short.start && position > within.start)
    )
      position -= 1;
    if (position < within.start) return undefined;
    position -= 1;
  }
  const long = { start: wordStart(text, position + 1, within.start), end: within.end };
  while (long.end > long.start && /[\s,;:]/u.test(text.charAt(long.end - 1))) long.end -= 1;
  return isLongForm(text, short, long) ? long : undefined;
}

function matches(text: string, at: number, character: string, mustBeginWord: boolean): boolean {
  if (text.charAt(at).toLowerCase() !== character) return false;
  return !mustBeginWord || !isWordCharacter(text.charAt(at - 1));
}

/**
 * Extends the start of a long form to the beginning of the word: all of `non-Hodgkin`, although only its H was
 * matched.
 */
function wordStart(text: string, at: number, minStart: number): number {
  let start = at;
  while (start > minStart && !/[\s([{"“‘]/u.test(text.charAt(start - 1))) start -= 1;
  return start;
}

/**
 * Checks the limits of a long form: it is longer than the short form, has at most min(n + 5, 2n) words for a short
 * form of n characters, and contains neither the short form as a word nor brackets.
 */
function isLongForm(text: string, short: Span, long: Span): boolean {
  const shortText = textOf(text, short);
  const longText = textOf(text, long);
  const words = longText.split(/\s+/u);
  return (
    longText.length > shortText.length &&
    words.length <= Math.min(shortText.length + 5, shortText.length * 2) &&
    !words.includes(shortText) &&
    !/[()]/u.test(longText)
  );
}

/**
 * The start of the sentence that contains `open`: a long form does not cross a full stop. The stop of an initial (`E.
 * coli`) does not count.
 */
function sentenceStart(text: string, open: number): number {
  const minStart = Math.max(0, open - maxLookBack);
  const stops = [...text.slice(minStart, open).matchAll(/(?<!\b\p{Lu})[.!?]\s+(?=[\p{Lu}\p{N}])/gu)];
  const last = stops.at(-1);
  return last === undefined ? minStart : minStart + last.index + last[0].length;
}

function lastWords(text: string, { start, end }: Span, count: number): Span {
  let at = end;
  for (let words = 0; words < count && at > start; words += 1) {
    while (at > start && /\s/u.test(text.charAt(at - 1))) at -= 1;
    while (at > start && !/\s/u.test(text.charAt(at - 1))) at -= 1;
  }
  return trimmed(text, { start: at, end });
}

function lastWord(text: string, span: Span): Span {
  return lastWords(text, span, 1);
}

function isWordCharacter(character: string): boolean {
  return /[\p{L}\p{N}]/u.test(character);
}

function textOf(text: string, { start, end }: Span): string {
  return text.slice(start, end);
}

function trimmed(text: string, span: Span): Span {
  let { start, end } = span;
  while (start < end && /\s/u.test(text.charAt(start))) start += 1;
  while (end > start && /\s/u.test(text.charAt(end - 1))) end -= 1;
  return { start, end };
}
