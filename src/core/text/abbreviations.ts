import { brackets, isClosing } from '../characters';
import type { Span } from '../types';
import { bestLongForm, type LongForm } from './longForms';

/** A short form and its long form, as spans of the prose that was searched. */
export interface AbbreviationSpans {
  readonly short: Span;
  readonly long: Span;
}

/** Maximum length of a bracket, in characters. */
const maxBracketLength = 200;

/** Number of characters before a bracket in which a long form is searched for. */
const maxLookBack = 300;

/**
 * Finds definitions of abbreviations: `long form (SF)`, `SF (long form)`, `(SF, long form)`, `(long form, SF)` and
 * `long form, or SF`. Brackets may be square.
 *
 * The candidates are those of Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in
 * biomedical text", Pacific Symposium on Biocomputing 2003, and so are the limits: a short form has two to ten
 * characters, and its long form is longer and has at most min(n + 5, 2n) words, where n is the length of the short form.
 * {@link bestLongForm} says which words are the long form. Each bracket looks only at a bounded range of text, so the
 * cost is linear.
 *
 * @example findAbbreviations('estrogen receptor (ER)') // [{ short: { start: 19, end: 21 }, long: { start: 0, end: 17
 *   } }]
 * @param text Prose of one segment.
 * @returns definitions in text order.
 */
export function findAbbreviations(text: string): AbbreviationSpans[] {
  const definitions: AbbreviationSpans[] = [];
  for (const { 0: found, 1: opener, 2: lead = '', 3: word = '', index } of text.matchAll(candidate)) {
    const start = index + found.length - word.length;
    const definition =
      opener === undefined
        ? appositionAt(text, index, { start, end: start + word.length }, lead)
        : bracketAt(text, index, definitions.at(-1));
    if (definition !== undefined) definitions.push(definition);
  }
  return definitions;
}

/** An opening bracket, or a comma, a phrase that announces another name, and the word behind it. */
const candidate =
  /([([])|, (or|also (?:called|known as|termed)|abbreviated(?: as| to)?|hereafter) ["“‘']?(\p{Lu}[\p{L}\p{N}-]{1,9})(?=[.,;"”’'])/gu;

/** `long form, or SF,`: each character of the short form must begin a word. */
function appositionAt(text: string, comma: number, short: Span, lead: string): AbbreviationSpans | undefined {
  if (lead === '' || short.end - short.start < 3 || !/\p{Lu}[\p{L}\p{N}-]*\p{Lu}/u.test(textOf(text, short)))
    return undefined;
  const long = longFormBefore(text, { start: sentenceStart(text, comma), end: comma }, short);
  return long?.cost === 0 ? { short, long: spanOf(long) } : undefined;
}

/** The definition at a bracket. @param previous The definition before it. */
function bracketAt(
  text: string,
  open: number,
  previous: AbbreviationSpans | undefined,
): AbbreviationSpans | undefined {
  const close = closingOf(text, open);
  // A square bracket in front of a word belongs to it: `[3H]thymidine`.
  const isLabel = text.charAt(open) === '[' && isWordCharacter(text.charAt((close ?? 0) + 1));
  if (close === undefined || isLabel) return undefined;
  const before = trimmed(text, { start: sentenceStart(text, open), end: open });
  for (const content of shortContents(text, { start: open + 1, end: close })) {
    if (!isShortForm(textOf(text, content))) continue;
    const long =
      longFormBefore(text, before, content, previous) ?? longFormFrom(text, before, content, previous);
    if (long !== undefined) return { short: content, long: spanOf(long) };
  }
  const [content] = shortContents(text, { start: open + 1, end: close });
  const word = withoutQuotes(text, lastWords(text, before, 1));
  return (
    (content && definitionOf(text, word, content)) ?? definitionInside(text, { start: open + 1, end: close })
  );
}

/** `SF (long form)`: a long form in brackets stands alone, so it must fill them completely. */
function definitionOf(text: string, short: Span, content: Span): AbbreviationSpans | undefined {
  if (!isShortForm(textOf(text, short))) return undefined;
  const long = longFormIn(text, withoutQuotes(text, content), short, true);
  return long && { short, long: spanOf(long) };
}

/** `(SF, long form)` and `(long form, SF)`. */
function definitionInside(text: string, inner: Span): AbbreviationSpans | undefined {
  const parts = /^([^,;:=]+?)\s*[,;:=]\s+([^,;:=]+)$/u.exec(textOf(text, inner));
  const [, first = '', second = ''] = parts ?? [];
  if (parts === null) return undefined;
  const left = trimmed(text, { start: inner.start, end: inner.start + first.length });
  const right = trimmed(text, { start: inner.end - second.length, end: inner.end });
  const define = (short: Span, long: Span) =>
    /\p{Lu}.*[\p{Lu}\p{N}]/u.test(textOf(text, short)) ? definitionOf(text, short, long) : undefined;
  return define(left, right) ?? define(right, left);
}

/** Words that announce a short form inside a bracket. */
const announcement =
  /^(?:also |hereafter |henceforth |here |often )*(?:abbreviated|called|designated|denoted|hereafter|henceforth|known|or|referred|termed)(?: to)?(?: as)? /u;

/**
 * The parts of a bracket that may be a short form: up to the first comma or semicolon (`ER, also called ESR1`), without
 * quotation marks and words that announce it, and up to a slash (`ER/ESR1`).
 */
function shortContents(text: string, inner: Span): Span[] {
  const content = textOf(text, inner);
  const comma = /[,;]\s/u.exec(content);
  const end = inner.start + (comma?.index ?? content.length);
  const lead = announcement.exec(content)?.[0].length ?? 0;
  const whole = withoutQuotes(text, trimmed(text, { start: Math.min(inner.start + lead, end), end }));
  const slash = textOf(text, whole).indexOf('/');
  const part = { start: whole.start, end: whole.start + slash };
  return slash >= 2 && /\p{Lu}/u.test(textOf(text, part)) ? [whole, part] : [whole];
}

const quotes = /["“”„‟«»‘’']/u;

function withoutQuotes(text: string, { start, end }: Span): Span {
  const isQuoted = end - start > 2 && quotes.test(text.charAt(start)) && quotes.test(text.charAt(end - 1));
  return isQuoted ? { start: start + 1, end: end - 1 } : { start, end };
}

function closingOf(text: string, open: number): number | undefined {
  const opener = text.charAt(open);
  const closer = brackets.get(opener);
  let depth = 0;
  const last = Math.min(text.length, open + maxBracketLength);
  for (let i = open; i < last; i += 1) {
    const character = text.charAt(i);
    if (character === opener) depth += 1;
    else if (character === closer && (depth -= 1) === 0) return i;
  }
  return undefined;
}

/** The long form of `short` at the end of `before`. */
function longFormBefore(
  text: string,
  before: Span,
  short: Span,
  previous?: AbbreviationSpans,
): LongForm | undefined {
  return longFormIn(
    text,
    { start: afterBrackets(text, before, previous?.short.end), end: before.end },
    short,
  );
}

/** A short form, the bracket behind it, and the words that continue it. */
const continuation = /^[\p{L}\p{N}-]+[)\]][ -](?!and\b|or\b)[^,;:()[\]]+$/u;

/**
 * The long form that begins with a short form defined before: `NMDA receptors` in `N-methyl-D-aspartate (NMDA) receptors
 * (NMDARs)`. The span includes the bracket that closes the first definition.
 */
function longFormFrom(
  text: string,
  before: Span,
  short: Span,
  previous: AbbreviationSpans | undefined,
): LongForm | undefined {
  const start = previous?.short.start ?? -1;
  const isApart = /\s/u.test(text.charAt(before.end));
  if (start < before.start || !isApart || !continuation.test(text.slice(start, before.end))) return undefined;
  const long = longFormIn(text, { start, end: before.end }, short, true);
  return long && long.cost <= 1 ? long : undefined;
}

function longFormIn(text: string, within: Span, short: Span, fills = false): LongForm | undefined {
  const length = short.end - short.start;
  const words = Math.min(length + 5, length * 2);
  const last = lastWords(text, within, words);
  if (fills && last.start > within.start) return undefined;
  let { end } = last;
  while (end > last.start && /[\s,;:]/u.test(text.charAt(end - 1))) end -= 1;
  const long = bestLongForm(text, textOf(text, short), { start: last.start, end }, fills);
  return long && isLongForm(text, short, long) ? long : undefined;
}

/** A character that continues a word behind a bracket: `(R)-methadone`. */
const attached = /[\p{L}\p{N}([{-]/u;

/**
 * The offset behind the last bracket that stands apart. Brackets inside a word belong to it: `poly(ADP-ribose)
 * polymerase`.
 * @param defined The offset of a closing bracket that does not belong to a word, because it ends a definition.
 */
function afterBrackets(text: string, { start, end }: Span, defined: number | undefined): number {
  for (let at = end - 1; at >= start; at -= 1) {
    const character = text.charAt(at);
    if (brackets.has(character)) return at + 1;
    if (!isClosing(character)) continue;
    const opener = openerOf(text, at, start);
    const isInWord = isWordCharacter(text.charAt((opener ?? 0) - 1)) || attached.test(text.charAt(at + 1));
    if (opener === undefined || !isInWord || at === defined) return at + 1;
    at = opener;
  }
  return start;
}

/** The bracket in the same word that `close` closes. */
function openerOf(text: string, close: number, minStart: number): number | undefined {
  for (let at = close - 1; at > minStart; at -= 1) {
    const character = text.charAt(at);
    if (/\s/u.test(character) || isClosing(character)) return undefined;
    if (brackets.has(character)) return at;
  }
  return undefined;
}

/**
 * A short form has two to ten characters in at most two words. It begins with a letter or digit and contains a letter.
 * A year, an amount
 * (`5 mg`) and `n = 3` are not short forms.
 */
function isShortForm(text: string): boolean {
  if (text.length < 2 || text.length > 10 || !/^[\p{L}\p{N}]/u.test(text) || !/\p{L}/u.test(text))
    return false;
  if (!isBalanced(text)) return false;
  const isAmount = /^[\d.,]+\s*\p{Ll}{1,3}$/u.test(text);
  return (
    !isAmount &&
    text.split(/\s+/u).length <= 2 &&
    !/[=<>≤≥%]|\p{L}\.$/u.test(text) &&
    !/^\p{Ll}{3,}$/u.test(text)
  );
}

/**
 * Checks the limits of a long form: it is longer than the short form, has at most min(n + 5, 2n) words for a short
 * form of n characters, and is not a name that contains the short form as a word or adds a number to it.
 */
function isLongForm(text: string, short: Span, long: Span): boolean {
  const shortText = textOf(text, short);
  const longText = textOf(text, long);
  const words = longText.split(/\s+/u);
  return (
    longText.length > shortText.length &&
    words.length <= Math.min(shortText.length + 5, shortText.length * 2) &&
    !containsWord(longText.toLowerCase(), shortText.toLowerCase()) &&
    longText.replace(/\d+$/u, '') !== shortText
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

function isBalanced(text: string): boolean {
  return text.split(/[([{]/u).length === text.split(/[)\]}]/u).length;
}

function containsWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const isInWord = isWordCharacter(text.charAt(at - 1)) || isWordCharacter(text.charAt(at + word.length));
    if (!isInWord) return true;
  }
  return false;
}

function lastWords(text: string, { start, end }: Span, count: number): Span {
  let at = end;
  for (let words = 0; words < count && at > start; words += 1) {
    while (at > start && /\s/u.test(text.charAt(at - 1))) at -= 1;
    while (at > start && !/\s/u.test(text.charAt(at - 1))) at -= 1;
  }
  return trimmed(text, { start: at, end });
}

function isWordCharacter(character: string): boolean {
  return /[\p{L}\p{N}]/u.test(character);
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
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
