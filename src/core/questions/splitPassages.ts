import { splitSentences } from '../text/sentences';
import type { Segment, Span, TextPassage } from '../types';
import { runsWithin, toDocument } from '../documents/place';

/** Maximum length of a passage: about 300 tokens, so that a passage and its question fit into one row of the model. */
export const maxPassageCharacters = 1200;

/**
 * Splits prose into passages of consecutive sentences, in document order. A sentence that is longer than a passage is
 * split at spaces. A segment without a letter or digit gives no passage.
 *
 * @example
 * ```ts
 * const passages = splitPassages(parseDocument(text, 'markdown').segments);
 * ```
 */
export function splitPassages(
  segments: readonly Segment[],
  maxCharacters = maxPassageCharacters,
): readonly TextPassage[] {
  return segments.flatMap((segment) => {
    const sentences = splitSentences(segment.text).flatMap((s) =>
      splitLongSentence(segment.text, s, maxCharacters),
    );
    return groupSentences(sentences, maxCharacters)
      .map((group) => passageOf(segment, group))
      .filter(({ text }) => /[\p{L}\p{N}]/u.test(text));
  });
}

function splitLongSentence(text: string, { start, end }: Span, maxCharacters: number): Span[] {
  const parts: Span[] = [];
  let from = start;
  while (end - from > maxCharacters) {
    const blank = from + text.slice(from, from + maxCharacters + 1).lastIndexOf(' ');
    const to = blank > from ? blank : characterBoundary(text, from + maxCharacters);
    parts.push({ start: from, end: to });
    from = text[to] === ' ' ? to + 1 : to;
  }
  parts.push({ start: from, end });
  return parts;
}

/** Moves a split position so that it does not separate a surrogate pair. */
function characterBoundary(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}

/** Groups consecutive sentences up to the limit. If several passages are needed, they get about the same length. */
function groupSentences(sentences: readonly Span[], maxCharacters: number): Span[][] {
  const total = (sentences.at(-1)?.end ?? 0) - (sentences[0]?.start ?? 0);
  const targetLength = total / Math.max(1, Math.ceil(total / maxCharacters));
  const groups: Span[][] = [];
  for (const sentence of sentences) {
    const open = groups.at(-1);
    const start = open?.[0]?.start ?? 0;
    const reached = (open?.at(-1)?.end ?? 0) - start;
    const isFull = sentence.end - start > maxCharacters || reached >= targetLength;
    if (open && !isFull) open.push(sentence);
    else groups.push([sentence]);
  }
  return groups;
}

function passageOf(segment: Segment, sentences: readonly Span[]): TextPassage {
  const start = sentences[0]?.start ?? 0;
  const end = sentences.at(-1)?.end ?? start;
  return {
    ...toDocument(segment, start, end),
    text: segment.text.slice(start, end),
    base: segment.base,
    runs: Array.from(runsWithin(segment, start, end), (run) => ({ ...run, start: run.start - start })),
    sentences: sentences.map((span) => ({ start: span.start - start, end: span.end - start })),
  };
}
