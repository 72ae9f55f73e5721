import { splitSentences } from '../text/sentences';
import type { ProseRun, Segment, Span, TextPassage } from '../types';
import { toDocument } from '../documents/place';

/** Some 300 word pieces: with its question, a passage fits into one row of the model. */
export const maxPassageCharacters = 1200;

/**
 * Cuts prose into passages of neighbouring sentences, in document order. A sentence that is longer than a passage is
 * cut at blanks; a segment without a letter or digit gives none.
 */
export function cutPassages(
  segments: readonly Segment[],
  maxCharacters = maxPassageCharacters,
): readonly TextPassage[] {
  return segments.flatMap((segment) => {
    const sentences = splitSentences(segment.text).flatMap((s) =>
      cutSentence(segment.text, s, maxCharacters),
    );
    return packed(sentences, maxCharacters)
      .map((own) => passageOf(segment, own))
      .filter(({ text }) => /[\p{L}\p{N}]/u.test(text));
  });
}

function cutSentence(text: string, { start, end }: Span, maxCharacters: number): Span[] {
  const parts: Span[] = [];
  let from = start;
  while (end - from > maxCharacters) {
    const blank = text.lastIndexOf(' ', from + maxCharacters);
    const to = blank > from ? blank : wholeCharacter(text, from + maxCharacters);
    parts.push({ start: from, end: to });
    from = text[to] === ' ' ? to + 1 : to;
  }
  parts.push({ start: from, end });
  return parts;
}

/** No cut between the halves of a surrogate pair. */
function wholeCharacter(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}

/** Neighbours together, up to the limit; equally long passages where there must be several. */
function packed(sentences: readonly Span[], maxCharacters: number): Span[][] {
  const total = (sentences.at(-1)?.end ?? 0) - (sentences[0]?.start ?? 0);
  const wanted = total / Math.max(1, Math.ceil(total / maxCharacters));
  const found: Span[][] = [];
  for (const sentence of sentences) {
    const open = found.at(-1);
    const start = open?.[0]?.start ?? 0;
    const reached = (open?.at(-1)?.end ?? 0) - start;
    const isFull = sentence.end - start > maxCharacters || reached >= wanted;
    if (open && !isFull) open.push(sentence);
    else found.push([sentence]);
  }
  return found;
}

function passageOf(segment: Segment, sentences: readonly Span[]): TextPassage {
  const start = sentences[0]?.start ?? 0;
  const end = sentences.at(-1)?.end ?? start;
  return {
    ...toDocument(segment, start, end),
    text: segment.text.slice(start, end),
    base: segment.base,
    runs: [...cutRuns(segment.runs, start, end)],
    sentences: sentences.map((span) => ({ start: span.start - start, end: span.end - start })),
  };
}

/** The runs of prose `[start, end)`, counted from `start`; a run that stands for other characters stays whole. */
function* cutRuns(runs: readonly ProseRun[], start: number, end: number): Generator<ProseRun> {
  for (const run of runs) {
    const from = Math.max(start, run.start);
    const to = Math.min(end, run.start + run.length);
    if (from >= to) continue;
    const isAtomic = run.length !== run.documentLength;
    yield isAtomic
      ? { ...run, start: from - start, length: to - from }
      : {
          start: from - start,
          length: to - from,
          documentStart: run.documentStart + from - run.start,
          documentLength: to - from,
        };
  }
}
