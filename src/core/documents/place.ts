import { firstWhere } from '../firstWhere';
import type { ProseRun, Segment, Span } from '../types';

/** The span of the document from the first to the last character of `segment`. */
export function segmentSpan(segment: Segment): Span {
  const first = segment.runs[0];
  const last = segment.runs[segment.runs.length - 1];
  if (!first || !last) return { start: segment.base, end: segment.base };
  return {
    start: segment.base + first.documentStart,
    end: segment.base + last.documentStart + last.documentLength,
  };
}

/**
 * Maps prose `[start, end)` of `segment` to the document. An atomic run that the range touches is covered completely.
 * Markup between the first and the last character is included, markup around them is not. Offsets outside the segment
 * are clamped. An empty range gives an empty span.
 */
export function toDocument(segment: Segment, start: number, end: number): Span {
  const from = clamp(start, segment.text.length);
  const to = clamp(end, segment.text.length);
  if (from >= to) {
    const place = pointToDocument(segment, from);
    return { start: place, end: place };
  }
  const first = runAt(segment.runs, from);
  const last = runAt(segment.runs, to - 1);
  if (!first || !last) return { start: segment.base, end: segment.base };
  return {
    start: segment.base + first.documentStart + (isAtomic(first) ? 0 : from - first.start),
    end: segment.base + last.documentStart + (isAtomic(last) ? last.documentLength : to - last.start),
  };
}

/**
 * Maps a document offset to the prose offset of the character there. Inside an atomic run the result is the first
 * character of the run. Returns `undefined` if there is no prose at the offset: outside the segment and on markup
 * between two runs.
 */
export function toProse(segment: Segment, offset: number): number | undefined {
  const relative = offset - segment.base;
  const run = lastWhere(segment.runs, (each) => each.documentStart <= relative);
  if (!run || relative >= run.documentStart + run.documentLength) return undefined;
  return isAtomic(run) ? run.start : run.start + (relative - run.documentStart);
}

/** Maps a span of the document to prose. Returns `undefined` if one of its ends is not prose of the segment. */
export function toProseSpan(segment: Segment, span: Span): Span | undefined {
  const start = toProse(segment, span.start);
  const last = toProse(segment, span.end - 1);
  if (start === undefined || last === undefined) return undefined;
  let end = last + 1;
  // One piece of markup can stand for several characters of prose; the span includes all of them.
  while (end < segment.text.length && toDocument(segment, end, end + 1).start < span.end) end += 1;
  return { start, end };
}

/** Maps `inner`, a segment of the text of `outer`, to the document of `outer`. */
export function compose(inner: Segment, outer: Segment): Segment {
  const runs: ProseRun[] = [];
  const base = toDocument(outer, segmentSpan(inner).start, segmentSpan(inner).end).start;
  for (const run of inner.runs) {
    const from = inner.base + run.documentStart;
    if (isAtomic(run)) {
      const span = toDocument(outer, from, from + run.documentLength);
      const place = { documentStart: span.start - base, documentLength: span.end - span.start };
      runs.push(...atomicRuns({ ...run, ...place }));
      continue;
    }
    for (const part of runsWithin(outer, from, from + run.length)) {
      const start = run.start + part.start - from;
      runs.push({ ...part, start, documentStart: outer.base + part.documentStart - base });
    }
  }
  return { text: inner.text, base, runs };
}

/** The parts of runs of `segment` within prose `[start, end)`; atomic runs are not split. */
export function* runsWithin(segment: Segment, start: number, end: number): Generator<ProseRun> {
  for (let at = start; at < end;) {
    const run = runAt(segment.runs, at);
    if (!run) return;
    const to = Math.min(end, run.start + run.length);
    if (isAtomic(run)) yield { ...run, start: at, length: to - at };
    else
      yield {
        start: at,
        length: to - at,
        documentStart: run.documentStart + at - run.start,
        documentLength: to - at,
      };
    at = to;
  }
}

/**
 * The runs for prose that stands for a range of the document as a whole. If both happen to have the same length, one run
 * would say that each character stands for another; two runs of unequal lengths do not.
 */
export function atomicRuns(run: ProseRun): readonly ProseRun[] {
  const { start, length, documentStart, documentLength } = run;
  if (length !== documentLength || length < 2) return [run];
  const rest = length - 1;
  return [
    { start, length: 1, documentStart, documentLength: rest },
    { start: start + 1, length: rest, documentStart: documentStart + rest, documentLength: 1 },
  ];
}

function isAtomic(run: ProseRun): boolean {
  return run.length !== run.documentLength;
}

function pointToDocument(segment: Segment, offset: number): number {
  const run = runAt(segment.runs, offset);
  if (!run) return segmentSpan(segment).end;
  return segment.base + run.documentStart + (isAtomic(run) ? 0 : offset - run.start);
}

function runAt(runs: readonly ProseRun[], offset: number): ProseRun | undefined {
  const run = lastWhere(runs, (each) => each.start <= offset);
  return run && offset < run.start + run.length ? run : undefined;
}

/** The last run for which `holds` is true. It must be true for the first runs and false for all after them. */
function lastWhere(runs: readonly ProseRun[], holds: (run: ProseRun) => boolean): ProseRun | undefined {
  return runs[firstWhere(runs, (run) => !holds(run)) - 1];
}

function clamp(offset: number, length: number): number {
  return Math.max(0, Math.min(offset, length));
}
