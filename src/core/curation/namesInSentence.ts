import type { Span } from '../types';
import type { Evidence } from './evidenceFile';

/** A part of a text. */
export interface MarkedPart {
  readonly text: string;
  /** Whether it is one of the names, or the answer. */
  readonly isMarked: boolean;
}

/**
 * Splits the sentence of an entry into the names of its topic, or its answer, and the text between them. A pinned sentence
 * stands for itself, without the place of its names, so that all occurrences are marked: first in the same case, or else in
 * any case. A name inside of a longer word is not marked, unless it is nowhere else.
 */
export function markedSentence({ topic, answer, sentence }: Evidence): readonly MarkedPart[] {
  const names = topic.kind === 'pair' ? [topic.subject.name, topic.object.name] : [answer ?? ''];
  const spans = names.flatMap((name) => occurrences(sentence, name));
  const parts: MarkedPart[] = [];
  let from = 0;
  for (const { start, end } of merged(spans)) {
    if (start > from) parts.push({ text: sentence.slice(from, start), isMarked: false });
    parts.push({ text: sentence.slice(start, end), isMarked: true });
    from = end;
  }
  if (from < sentence.length || parts.length === 0)
    parts.push({ text: sentence.slice(from), isMarked: false });
  return parts;
}

function occurrences(sentence: string, name: string): readonly Span[] {
  const words = name.trim().split(/\s+/u);
  if (words.join('') === '') return [];
  const pattern = words.map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&')).join(String.raw`\s+`);
  const whole = String.raw`(?<![\p{L}\p{N}])${pattern}(?![\p{L}\p{N}])`;
  for (const [source, flags] of [
    [whole, 'gu'],
    [whole, 'giu'],
    [pattern, 'giu'],
  ] as const) {
    const found = [...sentence.matchAll(new RegExp(source, flags))];
    if (found.length > 0)
      return found.map(({ index, 0: text }) => ({ start: index, end: index + text.length }));
  }
  return [];
}

/** The spans in order, as one where they overlap. */
function merged(spans: readonly Span[]): readonly Span[] {
  const result: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (!last || span.start >= last.end) result.push(span);
    else result[result.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
  }
  return result;
}
