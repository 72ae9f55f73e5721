import type { Span } from '../types';

/** An entry of a BibTeX file. */
export interface BibtexEntry extends Span {
  /** `article`, `string` …, in lower case. */
  readonly type: string;
}

/** A part of the value of a field: a string in delimiters, a number, or the name of a `@string`. */
export interface BibtexPart extends Span {
  /** The place of a string is that of its content, without delimiters. */
  readonly isName: boolean;
  /** False for a string without its closing delimiter; then its end is a guess. */
  readonly isClosed: boolean;
}

export interface BibtexField {
  /** In lower case. */
  readonly name: string;
  /** The strings that `#` joins, in order. */
  readonly parts: readonly BibtexPart[];
}

/**
 * The start of an entry: `@` at the start of a line, so that a missing brace in one entry does not affect the next, and
 * a key or a name, so that `@article{ is a type` in an abstract begins none.
 */
const entryStart =
  /^\uFEFF?[ \t]*@[ \t]*([a-zA-Z]+)[ \t]*[{(](?=\s{0,40}[^\s,{}()"=]{1,300}\s{0,40}[,=]|\s{0,40}[}),]|\s{0,40}["{])/gm;

/** The entries of a file, in order. A line of an abstract that looks like the start of an entry begins none. */
export function bibtexEntries(text: string): readonly BibtexEntry[] {
  const starts = Array.from(text.matchAll(entryStart), (match) => ({
    start: match.index,
    type: (match[1] ?? '').toLowerCase(),
  }));
  const entries: { start: number; type: string }[] = [];
  let valueEnd = 0;
  for (const [index, found] of starts.entries()) {
    if (found.start < valueEnd && !/[})]\s*$/.test(text.slice(Math.max(0, found.start - 40), found.start)))
      continue;
    entries.push(found);
    const next = starts[index + 1]?.start;
    // Only an entry with another start inside one of its values needs a closer look.
    if (next !== undefined) valueEnd = endOfValueAround(text, found.start, next);
  }
  return entries.map(({ start, type }, index) => ({
    start,
    type,
    end: entries[index + 1]?.start ?? text.length,
  }));
}

/** The end of the value of the entry at `start` in which `offset` lies; 0 if it lies in none. */
function endOfValueAround(text: string, start: number, offset: number): number {
  // A value that is still open after so many characters has lost its delimiter.
  const entry = text.slice(start, offset + maxValueLength);
  for (const { parts } of bibtexFields(entry)) {
    for (const part of parts) {
      if (start + part.start > offset) return 0;
      if (part.isClosed && start + part.end > offset) return start + part.end;
    }
  }
  return 0;
}

const maxValueLength = 20_000;

const fieldName = /([a-zA-Z][\w:+-]{0,60})\s{0,40}=\s{0,40}/g;

/** The fields of an entry, `name = value`, where a value is one string or more, joined by `#`. */
export function* bibtexFields(source: string): Generator<BibtexField> {
  let at = source.search(/[{(]/) + 1;
  for (;;) {
    fieldName.lastIndex = at;
    const match = fieldName.exec(source);
    if (!match) return;
    const parts: BibtexPart[] = [];
    at = fieldName.lastIndex;
    for (;;) {
      const part = partAt(source, at);
      if (part) parts.push(part);
      at = part ? part.end + (part.isName ? 0 : 1) : at;
      const joint = /\s{0,40}#\s{0,40}/y;
      joint.lastIndex = at;
      if (!part || !joint.test(source)) break;
      at = joint.lastIndex;
    }
    if (parts.length > 0) yield { name: (match[1] ?? '').toLowerCase(), parts };
  }
}

function partAt(source: string, at: number): BibtexPart | undefined {
  const opening = source.charAt(at);
  if (opening === '{') return { start: at + 1, ...endOfBraces(source, at), isName: false };
  if (opening === '"') return { start: at + 1, ...endOfQuotes(source, at), isName: false };
  const name = /[^\s,#{}()"=@]{1,200}/y;
  name.lastIndex = at;
  return name.test(source) ? { start: at, end: name.lastIndex, isName: true, isClosed: true } : undefined;
}

type PartEnd = Pick<BibtexPart, 'end' | 'isClosed'>;

function endOfBraces(source: string, at: number): PartEnd {
  let depth = 1;
  for (let index = at + 1; index < source.length; index += 1) {
    const character = source.charAt(index);
    if (character === '\\') index += 1;
    else if (character === '{') depth += 1;
    else if (character === '}') {
      depth -= 1;
      nextField.lastIndex = index + 1;
      // A brace that is never closed must cost no more than its own field.
      if (depth === 0) return { end: index, isClosed: true };
      if (nextField.test(source)) return { end: index, isClosed: false };
    }
  }
  return { end: likelyEnd(source, at), isClosed: false };
}

/** The first brace that the end of a field follows, for a value whose braces are not balanced. */
function likelyEnd(source: string, at: number): number {
  for (let index = source.indexOf('}', at); index >= 0; index = source.indexOf('}', index + 1)) {
    afterValue.lastIndex = index + 1;
    if (afterValue.test(source)) return index;
  }
  return source.length;
}

/** The next field on a line of its own. */
const nextField = /\s{0,40},[ \t]{0,40}[\r\n]\s{0,40}[a-zA-Z][\w:+-]{0,60}\s{0,40}=\s{0,40}[{"\w]/y;

/** Matches the end of a field after its value. */
const afterValue =
  /\s{0,40}(?:,\s{0,40}(?:[a-zA-Z][\w:+-]{0,60}\s{0,40}=|[})])|[})]\s{0,40}(?:[\r\n,@]|$)|#)/y;

/**
 * The next quote outside of braces. If braces in the string are not balanced, it is the first quote that the end of a
 * field follows.
 */
function endOfQuotes(source: string, at: number): PartEnd {
  let depth = 0;
  let likely: number | undefined;
  for (let index = at + 1; index < source.length; index += 1) {
    const character = source.charAt(index);
    if (character === '\\') index += 1;
    else if (character === '{') depth += 1;
    else if (character === '}') depth -= 1;
    else if (character === '"') {
      if (depth <= 0) return { end: likely ?? index, isClosed: true };
      afterValue.lastIndex = index + 1;
      if (afterValue.test(source)) likely ??= index;
    }
    // The string would reach into a later field; its own braces are not balanced.
    if (likely !== undefined && index - likely > maxFieldDistance) break;
  }
  return { end: likely ?? source.length, isClosed: likely !== undefined };
}

/** How far the search for the end of a string goes on after a place that looks like its end, in characters. */
const maxFieldDistance = 2000;
