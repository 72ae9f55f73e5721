import type { Span } from '../../core/types';

export interface Snippet {
  /** Counted from 1. */
  readonly line: number;
  /** The mention with some text around it, on one line, with `…` where text was left out. */
  readonly text: string;
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

/** Finds lines and snippets in the text of a document that is not open. */
export class LineIndex {
  private readonly starts: number[] = [0];

  constructor(private readonly text: string) {
    for (const match of text.matchAll(/\r\n|\r|\n/g)) this.starts.push(match.index + match[0].length);
  }

  /** @param offset UTF-16 offset in the text. @returns line and column, counted from 0. */
  positionAt(offset: number): { readonly line: number; readonly character: number } {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? Infinity) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: offset - (this.starts[low] ?? 0) };
  }

  snippetAt(span: Span): Snippet {
    const { line, character } = this.positionAt(span.start);
    const lineStart = span.start - character;
    const lineEnd = this.starts[this.positionAt(span.end).line + 1] ?? this.text.length;
    const text = this.text.slice(lineStart, lineEnd).trimEnd();
    return { line: line + 1, text: quote(text, { start: character, end: span.end - lineStart }) };
  }
}
