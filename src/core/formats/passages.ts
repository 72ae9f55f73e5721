import type { Entity, Segment, Span } from '../types';
import type { Mention } from './mention';

/** A stretch of prose with the mentions in it; offsets count in its own text. */
export interface Passage {
  readonly text: string;
  readonly mentions: readonly Mention[];
}

/** A document as readers see it, without markup: the first passage is its title. */
export interface PassageDocument {
  readonly id: string;
  readonly passages: readonly Passage[];
}

interface PlacedRun extends Span {
  readonly segment: number;
  readonly proseStart: number;
  readonly proseEnd: number;
}

/**
 * Puts entities, which are spans of the document, back on the prose of their segments, for formats that hold prose only
 * (PubTator, BioC). Segments without text give no passage; an entity whose place is in none of the segments is left out.
 */
export function toPassages(segments: readonly Segment[], entities: readonly Entity[]): readonly Passage[] {
  const runs = placeRuns(segments);
  const mentions: Mention[][] = segments.map(() => []);
  for (const entity of entities) {
    const first = runs[indexOfRunAt(runs, entity.start)];
    const segment = first === undefined ? undefined : segments[first.segment];
    if (first === undefined || segment === undefined || first.start >= entity.end) continue;
    const start = isAtomic(first)
      ? first.proseStart
      : first.proseStart + Math.max(0, entity.start - first.start);
    const end = proseEndOf(runs, first.segment, entity.end) ?? start;
    const { type, probability } = entity;
    mentions[first.segment]?.push({ start, end, text: segment.text.slice(start, end), type, probability });
  }
  return segments
    .map((segment, index) => ({ text: segment.text, mentions: mentions[index] ?? [] }))
    .filter((passage) => passage.text.trim() !== '');
}

function placeRuns(segments: readonly Segment[]): readonly PlacedRun[] {
  const runs = segments.flatMap((segment, index) =>
    segment.runs.map((run) => ({
      start: segment.base + run.documentStart,
      end: segment.base + run.documentStart + run.documentLength,
      segment: index,
      proseStart: run.start,
      proseEnd: run.start + run.length,
    })),
  );
  // A footnote inside a paragraph is a segment of its own: runs of two segments may alternate in the document.
  return runs.sort((a, b) => a.start - b.start || a.end - b.end);
}

function isAtomic(run: PlacedRun): boolean {
  return run.end - run.start !== run.proseEnd - run.proseStart;
}

/** The first run that ends behind the offset. */
function indexOfRunAt(runs: readonly PlacedRun[], offset: number): number {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((runs[middle]?.end ?? Infinity) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function proseEndOf(runs: readonly PlacedRun[], segment: number, documentEnd: number): number | undefined {
  for (let index = indexOfRunAt(runs, documentEnd - 1); index >= 0; index--) {
    const run = runs[index];
    if (run === undefined || run.segment !== segment || run.start >= documentEnd) continue;
    if (isAtomic(run)) return run.proseEnd;
    return run.proseStart + Math.min(documentEnd, run.end) - run.start;
  }
  return undefined;
}
