import { fieldTag, sentenceSpan } from '../../core/text/sentenceSpan';
import type { Span } from '../../core/types';
import type { LineIndex } from '../../runtime/folder/lineIndex';

export interface Snippet {
  /** Counted from 1. */
  readonly line: number;
  /** The mention with some text around it, on one line, with `…` where text was left out. */
  readonly text: string;
  /** The whole sentence of the mention, on one line, with `…` if it is very long. */
  readonly sentence: string;
}

/** Number of characters before and after a mention from which a snippet is made. */
export const snippetReach = 600;

/**
 * Makes the snippet of a mention.
 *
 * @param around The text around it, at most {@link snippetReach} characters on each side.
 * @param span The mention in `around`.
 */
export function snippetOf(line: number, around: string, span: Span): Snippet {
  const breaks = Array.from(around.matchAll(/\r\n?|\n/g), ({ 0: { length }, index }) => ({ length, index }));
  const before = breaks.findLast(({ index, length }) => index + length <= span.start);
  const lineStart = before ? before.index + before.length : 0;
  // The tag of a field is no part of what the paper says.
  const tag = fieldTag.exec(around.slice(lineStart, span.start))?.[0] ?? '';
  const start = lineStart + tag.length;
  const end = breaks.find(({ index }) => index >= span.end)?.index ?? around.length;
  const text = quote(around.slice(start, end).trimEnd(), {
    start: span.start - start,
    end: span.end - start,
  });
  return { line, text, sentence: sentenceAt(around, span) };
}

function sentenceAt(around: string, span: Span): string {
  const found = sentenceSpan(around, span);
  const whole = around.slice(found.start, found.end).replace(/\s+/g, ' ').trim();
  const isCutBefore = span.start >= snippetReach && around.slice(0, found.start).trim() === '';
  const isCutAfter = around.length - span.end >= snippetReach && around.slice(found.end).trim() === '';
  // The first and the last word may be cut, too.
  const begun = isCutBefore ? `… ${whole.slice(whole.indexOf(' ') + 1)}` : whole;
  return isCutAfter ? `${begun.slice(0, begun.lastIndexOf(' '))} …` : begun;
}

/** Number of characters to show before and after a mention. */
const maxBefore = 24;
const maxAfter = 48;

/**
 * Quotes a mention with its surroundings, shortened at word boundaries.
 *
 * @param line The line in which the mention starts and, if it continues, the following lines.
 * @param span The mention in `line`.
 */
export function quote(line: string, span: Span): string {
  let start = Math.max(0, span.start - maxBefore);
  let end = Math.min(line.length, span.end + maxAfter);
  if (start > 0) start = afterBlank(line, start, span.start);
  if (end < line.length) end = beforeBlank(line, span.end, end);
  const inner = line.slice(start, end).replace(/\s+/g, ' ').trim();
  return `${start > 0 ? '… ' : ''}${inner}${end < line.length ? ' …' : ''}`;
}

/** Returns the offset after the first blank in `[from, to)`, or `from`, moved out of a surrogate pair. */
function afterBlank(text: string, from: number, to: number): number {
  for (let at = from; at < to; at++) if (isBlank(text, at)) return at + 1;
  return isLowSurrogate(text, from) ? from + 1 : from;
}

/** Returns the offset of the last blank in `(from, to]`, or `to`, moved out of a surrogate pair. */
function beforeBlank(text: string, from: number, to: number): number {
  for (let at = to; at > from; at--) if (isBlank(text, at)) return at;
  return isLowSurrogate(text, to) ? to - 1 : to;
}

function isBlank(text: string, at: number): boolean {
  return /\s/.test(text.charAt(at));
}

function isLowSurrogate(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff;
}

/** The snippet of a mention in the text of a document that is not open. */
export function snippetIn(index: LineIndex, span: Span): Snippet {
  const from = Math.max(0, span.start - snippetReach);
  const around = index.text.slice(from, span.end + snippetReach);
  const { line } = index.positionAt(span.start);
  return snippetOf(line + 1, around, { start: span.start - from, end: span.end - from });
}
