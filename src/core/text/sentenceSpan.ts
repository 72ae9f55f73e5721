import { splitSentences } from './sentences';
import type { Span } from '../types';

/** Number of characters before and after a name in which its sentence is sought. */
const reach = 2000;

/** A line that begins a field of a record; sentences do not go on over it. */
const fieldStart = /(?:\r\n?|\n)(?=(?:[A-Z][A-Z0-9]{1,3} {0,2}-|%[0-9A-Z@~]) )/g;
/** The tag of a field, which is no part of what the paper says. */
export const fieldTag = /^(?:[A-Z][A-Z0-9]{1,3} {0,2}-|%[0-9A-Z@~]) /;

/** An empty line ends a paragraph, and a sentence with it. */
const paragraphEnd = /(?:\r\n?|\n)[ \t]*(?:\r\n?|\n)/g;

/**
 * Returns the span of the sentence in which a name stands, in a text of any format. The tag of a field of a record is no part
 * of it. A sentence of more than 2,000 characters on one side of the name is cut there.
 */
export function sentenceSpan(text: string, { start, end }: Span): Span {
  const from = Math.max(0, start - reach);
  const around = text.slice(from, end + reach);
  const name = { start: start - from, end: end - from };
  const paragraph = fieldOf(around, name);
  const inside = around.slice(paragraph.start, paragraph.end);
  // A name may have a full stop that looks like the end of a sentence.
  const sentences = splitSentences(inside).filter(
    (each) => paragraph.start + each.end > name.start && paragraph.start + each.start < name.end,
  );
  const first = paragraph.start + (sentences[0]?.start ?? 0);
  const last = paragraph.start + (sentences.at(-1)?.end ?? inside.length);
  const tag = fieldTag.exec(around.slice(first, last))?.[0] ?? '';
  return { start: from + Math.min(first + tag.length, name.start), end: from + Math.max(last, name.end) };
}

/** The field or paragraph around a name. */
function fieldOf(around: string, { start, end }: Span): Span {
  const borders = [fieldStart, paragraphEnd].flatMap((pattern) =>
    Array.from(around.matchAll(pattern), ({ 0: { length }, index }) => ({
      end: index,
      start: index + length,
    })),
  );
  const before = borders.filter((each) => each.start <= start).map((each) => each.start);
  const after = borders.filter((each) => each.end >= end).map((each) => each.end);
  return { start: Math.max(0, ...before), end: Math.min(around.length, ...after) };
}
