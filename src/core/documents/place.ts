import { firstWhere } from '../firstWhere';
import type { ProseRun, Segment, Span } from '../types';

/** The stretch of the document from the first to the last character that `segment` took prose from. */
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
 * Where prose `[start, end)` of `segment` lies in the document. An atomic run that the range touches is covered
 * whole; markup between the first and the last character is covered with them, markup around them is not.
 * Offsets outside the segment are clamped. An empty range gives an empty span.
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
 * The prose offset of the character that document offset `offset` belongs to; `undefined` where no prose is:
 * outside the segment and on markup between two runs. Inside an atomic run it is the run's first character.
 */
export function toProse(segment: Segment, offset: number): number | undefined {
  const relative = offset - segment.base;
  const run = lastWhere(segment.runs, (each) => each.documentStart <= relative);
  if (!run || relative >= run.documentStart + run.documentLength) return undefined;
  return isAtomic(run) ? run.start : run.start + (relative - run.documentStart);
}

/** The prose of a span of the document; `undefined` where one of its ends is no prose of the segment. */
export function toProseSpan(segment: Segment, span: Span): Span | undefined {
  const start = toProse(segment, span.start);
  const last = toProse(segment, span.end - 1);
  if (start === undefined || last === undefined) return undefined;
  let end = last + 1;
  // One stretch of markup can stand for several characters of prose; the span has all of them.
  while (end < segment.text.length && toDocument(segment, end, end + 1).start < span.end) end += 1;
  return { start, end };
}

/** `inner`, whose places are in the text of `outer`, placed in the document of `outer`. */
export function compose(inner: Segment, outer: Segment): Segment {
  const runs: ProseRun[] = [];
  const base = toDocument(outer, segmentSpan(inner).start, segmentSpan(inner).end).start;
  for (const run of inner.runs) {
    const from = inner.base + run.documentStart;
    if (isAtomic(run)) {
      const span = toDocument(outer, from, from + run.documentLength);
      runs.push({ ...run, documentStart: span.start - base, documentLength: span.end - span.start });
      continue;
    }
    for (const piece of piecesOf(outer, from, from + run.length)) {
      const start = run.start + piece.start - from;
      runs.push({ ...piece, start, documentStart: outer.base + piece.documentStart - base });
    }
  }
  return { text: inner.text, base, runs };
}

/** The runs of `segment` in prose `[start, end)`, cut to it; atomic ones stay whole. */
function* piecesOf(segment: Segment, start: number, end: number): Generator<ProseRun> {
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

/** The last run for which `holds` is true; it is true for a beginning of `runs` and false for the rest. */
function lastWhere(runs: readonly ProseRun[], holds: (run: ProseRun) => boolean): ProseRun | undefined {
  return runs[firstWhere(runs, (run) => !holds(run)) - 1];
}

function clamp(offset: number, length: number): number {
  return Math.max(0, Math.min(offset, length));
}
