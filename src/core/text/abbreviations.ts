import type { Span } from '../types';

/** A short form and the long form beside it, both as spans of the prose that was searched. */
export interface AbbreviationSpans {
  readonly short: Span;
  readonly long: Span;
}

/** Longest content of a bracket that is looked at. */
const maxBracketLength = 200;

const openingBracket = 0x28;
const closingBracket = 0x29;

/** Longest stretch before a bracket in which a long form is looked for. */
const maxLookBack = 300;

/**
 * Finds where abbreviations are introduced: `long form (SF)` and `SF (long form)`.
 *
 * Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text", Pacific
 * Symposium on Biocomputing 2003. Characters of the short form are matched from its end to its start in the text
 * before it; the first one must begin a word. Linear: each bracket looks at a bounded stretch of text.
 *
 * @param text Prose of one segment.
 * @returns Definitions in text order.
 */
export function findAbbreviations(text: string): AbbreviationSpans[] {
  const found: AbbreviationSpans[] = [];
  for (let open = text.indexOf('('); open >= 0; open = text.indexOf('(', open + 1)) {
    const close = closingOf(text, open);
    if (close === undefined) continue;
    const definition = definitionAt(text, open, contentOf(text, open, close));
    if (definition !== undefined) found.push(definition);
  }
  return found;
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

/** What the bracket holds up to the first comma or semicolon: `(ER, also called ESR1)`. */
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
  // In brackets the long form stands alone, so that it must be the whole of them.
  return long !== undefined && long.start === content.start ? { short: word, long } : undefined;
}

function longFormBefore(text: string, before: Span, short: Span): Span | undefined {
  const length = short.end - short.start;
  const words = Math.min(length + 5, length * 2);
  return bestLongForm(text, short, lastWords(text, before, words));
}

/** Two to ten characters in at most two words, the first a letter or digit, one a letter; a year or `n = 3` is none. */
function isShortForm(text: string): boolean {
  if (text.length < 2 || text.length > 10 || !/^[\p{L}\p{N}]/u.test(text) || !/\p{L}/u.test(text))
    return false;
  return text.split(/\s+/u).length <= 2 && !/[=<>≤≥%]|\p{L}\.$/u.test(text) && !/^\p{Ll}{3,}$/u.test(text);
}

/** The algorithm of the paper's figure 1, on places instead of strings. */
function bestLongForm(text: string, short: Span, within: Span): Span | undefined {
  let at = within.end - 1;
  for (let i = short.end - 1; i >= short.start; i -= 1) {
    const wanted = text.charAt(i).toLowerCase();
    if (!isWordCharacter(wanted)) continue;
    while (at >= within.start && !matches(text, at, wanted, i === short.start && at > within.start)) at -= 1;
    if (at < within.start) return undefined;
    at -= 1;
  }
  const long = { start: wordStart(text, at + 1, within.start), end: within.end };
  while (long.end > long.start && /[\s,;:]/u.test(text.charAt(long.end - 1))) long.end -= 1;
  return isLongForm(text, short, long) ? long : undefined;
}

function matches(text: string, at: number, wanted: string, mustBeginWord: boolean): boolean {
  if (text.charAt(at).toLowerCase() !== wanted) return false;
  return !mustBeginWord || !isWordCharacter(text.charAt(at - 1));
}

/** Back to the blank before: `non-Hodgkin` whole, though only its H was matched. */
function wordStart(text: string, at: number, least: number): number {
  let start = at;
  while (start > least && !/[\s([{"“‘]/u.test(text.charAt(start - 1))) start -= 1;
  return start;
}

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

/** A long form does not cross a full stop; that of an initial (`E. coli`) is none. */
function sentenceStart(text: string, open: number): number {
  const least = Math.max(0, open - maxLookBack);
  const stops = [...text.slice(least, open).matchAll(/(?<!\b\p{Lu})[.!?]\s+(?=[\p{Lu}\p{N}])/gu)];
  const last = stops.at(-1);
  return last === undefined ? least : least + last.index + last[0].length;
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
