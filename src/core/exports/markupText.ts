import { decodeNumericReference } from '../documents/numericReference';
import { firstWhere } from '../firstWhere';
import { namedReferences } from './namedReferences';

/** A change of the source: `[start, end)` of it is `[textStart, textEnd)` of the text. */
interface Change {
  readonly start: number;
  readonly end: number;
  readonly textStart: number;
  readonly textEnd: number;
}

/** Maximum length of a tag. */
const maxTagLength = 2_000;

const reference = /&(#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z\d]{1,31});/y;
const tagStart = /<\/?[A-Za-z]/y;

/** Markup that has its own end, and whose content is not text. */
const sections: readonly (readonly [opener: string, closer: string])[] = [
  ['<!--', '-->'],
  ['<?', '?>'],
  ['<!', '>'],
];

/**
 * The text of an HTML or XML document as a browser gives it (`textContent`): without tags, comments, declarations and
 * processing instructions, and with character references replaced. White space is not changed. It keeps the places of
 * its characters in the source.
 */
export class MarkupText {
  readonly text: string;
  private readonly changes: readonly Change[];

  constructor(private readonly source: string) {
    const parts: string[] = [];
    const changes: Change[] = [];
    let from = 0;
    let length = 0;
    for (const { start, end, text } of replacements(source)) {
      parts.push(source.slice(from, start), text);
      length += start - from;
      changes.push({ start, end, textStart: length, textEnd: length + text.length });
      length += text.length;
      from = end;
    }
    parts.push(source.slice(from));
    this.text = parts.join('');
    this.changes = changes;
  }

  /** The offset in the text at which a span of the source begins. */
  startOf(offset: number): number {
    const change = this.lastChange(({ start }) => start <= offset);
    if (change === undefined) return offset;
    return offset < change.end ? change.textStart : change.textEnd + offset - change.end;
  }

  /** The offset in the text at which a span of the source ends. */
  endOf(offset: number): number {
    const change = this.lastChange(({ start }) => start < offset);
    if (change === undefined) return offset;
    return change.textEnd + Math.max(0, offset - change.end);
  }

  /** The offset in the source at which a span of the text begins: behind tags, before a reference. */
  sourceStart(offset: number): number {
    const change = this.lastChange(({ textStart }) => textStart <= offset);
    if (change === undefined) return offset;
    return offset < change.textEnd ? change.start : change.end + offset - change.textEnd;
  }

  /** The offset in the source at which a span of the text ends: before tags, behind a reference. */
  sourceEnd(offset: number): number {
    const change = this.lastChange(({ textStart }) => textStart < offset);
    if (change === undefined) return Math.min(offset, this.source.length);
    return change.end + Math.max(0, offset - change.textEnd);
  }

  private lastChange(holds: (change: Change) => boolean): Change | undefined {
    return this.changes[firstWhere(this.changes, (change) => !holds(change)) - 1];
  }
}

interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The parts of the source that are not text, in order, and what they stand for. */
function* replacements(source: string): Generator<Replacement> {
  const unclosed = new Set<string>();
  for (let at = nextMarkup(source, 0); at >= 0;) {
    const replacement = source.charAt(at) === '&' ? referenceAt(source, at) : markupAt(source, at, unclosed);
    if (replacement === undefined) {
      at = nextMarkup(source, at + 1);
      continue;
    }
    yield replacement;
    at = nextMarkup(source, replacement.end);
  }
}

function nextMarkup(source: string, from: number): number {
  for (let at = from; at < source.length; at += 1) {
    const code = source.charCodeAt(at);
    if (code === 0x3c || code === 0x26) return at;
  }
  return -1;
}

function referenceAt(source: string, start: number): Replacement | undefined {
  reference.lastIndex = start;
  const match = reference.exec(source);
  const body = match?.[1] ?? '';
  const text = decodeNumericReference(body) ?? namedReferences.get(body);
  return match && text !== undefined ? { start, end: start + match[0].length, text } : undefined;
}

/**
 * @param unclosed Collects closing marks that do not occur in the rest of the source, so that they are searched for only
 *   once.
 */
function markupAt(source: string, start: number, unclosed: Set<string>): Replacement | undefined {
  if (source.startsWith('<![CDATA[', start)) {
    const end = closeOf(source, ']]>', start, unclosed);
    return end === undefined ? undefined : { start, end, text: source.slice(start + 9, end - 3) };
  }
  for (const [opener, closer] of sections) {
    if (!source.startsWith(opener, start)) continue;
    const end = closeOf(source, closer, start + opener.length, unclosed);
    if (end !== undefined) return { start, end, text: '' };
  }
  const end = tagEnd(source, start);
  return end === undefined ? undefined : { start, end, text: '' };
}

function closeOf(source: string, closer: string, from: number, unclosed: Set<string>): number | undefined {
  if (unclosed.has(closer)) return undefined;
  const at = source.indexOf(closer, from);
  if (at >= 0) return at + closer.length;
  unclosed.add(closer);
  return undefined;
}

/** The end of the tag at `start`; a closing angle bracket in quotation marks does not end it. */
function tagEnd(source: string, start: number): number | undefined {
  tagStart.lastIndex = start;
  if (!tagStart.test(source)) return undefined;
  let quote = '';
  const last = Math.min(source.length, start + maxTagLength);
  for (let at = start + 1; at < last; at += 1) {
    const character = source.charAt(at);
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === '>') return at + 1;
    else if (character === '<') return undefined;
  }
  return undefined;
}
