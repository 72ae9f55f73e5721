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

/** Binary search; `holds` is true for a beginning of `runs` and false for the rest. */
function lastWhere(runs: readonly ProseRun[], holds: (run: ProseRun) => boolean): ProseRun | undefined {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const run = runs[middle];
    if (run && holds(run)) low = middle + 1;
    else high = middle;
  }
  return runs[low - 1];
}

function clamp(offset: number, length: number): number {
  return Math.max(0, Math.min(offset, length));
}
