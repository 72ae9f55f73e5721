import type { Segment } from '../types';
import type { Cut } from './blocks';

interface Earlier {
  readonly text: string;
  readonly segments: readonly Segment[];
  readonly blocks: readonly (Cut & { readonly segments: number })[];
}

/** What of an earlier parse holds for a new text: the blocks in the beginning and the end that both share. */
export class Unchanged {
  private readonly prefix: number;
  private readonly suffixStart: number;
  private readonly delta: number;
  /** By place in the earlier text: the block and the index of its first segment. */
  private readonly blocks = new Map<
    number,
    { readonly cut: Cut; readonly first: number; readonly count: number }
  >();

  constructor(
    private readonly earlier: Earlier,
    text: string,
  ) {
    this.prefix = commonPrefix(earlier.text, text);
    this.suffixStart = text.length - commonSuffix(earlier.text, text, this.prefix);
    this.delta = text.length - earlier.text.length;
    let first = 0;
    for (const block of earlier.blocks) {
      this.blocks.set(block.start, { cut: block, first, count: block.segments });
      first += block.segments;
    }
  }

  /** The segments of a block of the new text, at their new places, if the earlier text had the very same block. */
  segmentsOf(cut: Cut): Segment[] | undefined {
    const shift = cut.end <= this.prefix ? 0 : cut.start >= this.suffixStart ? this.delta : undefined;
    if (shift === undefined) return undefined;
    const known = this.blocks.get(cut.start - shift);
    if (known?.cut.end !== cut.end - shift || known.cut.context !== cut.context) return undefined;
    const segments = this.earlier.segments.slice(known.first, known.first + known.count);
    return shift === 0 ? segments : segments.map((each) => ({ ...each, base: each.base + shift }));
  }
}

/**
 * Where a block was parsed again, most of its segments came out as they were: those at the beginning and the end of
 * `segments` that equal earlier ones take over their `text` and `runs` objects.
 */
export function adoptUnchanged(earlier: readonly Segment[], segments: Segment[]): void {
  const limit = Math.min(earlier.length, segments.length);
  let front = 0;
  while (front < limit && adopt(earlier[front], segments, front)) front += 1;
  for (let back = 1; back <= limit - front; back += 1) {
    if (!adopt(earlier[earlier.length - back], segments, segments.length - back)) return;
  }
}

function adopt(known: Segment | undefined, segments: Segment[], index: number): boolean {
  const segment = segments[index];
  if (!known || !segment || known.text !== segment.text) return false;
  if (known.runs === segment.runs) return true;
  if (known.runs.length !== segment.runs.length) return false;
  for (const [at, run] of segment.runs.entries()) {
    const other = known.runs[at];
    if (other?.length !== run.length || other.documentLength !== run.documentLength) return false;
    if (other.start !== run.start || other.documentStart !== run.documentStart) return false;
  }
  segments[index] = { text: known.text, base: segment.base, runs: known.runs };
  return true;
}

function commonPrefix(a: string, b: string): number {
  const limit = Math.min(a.length, b.length);
  let length = 0;
  while (length < limit && a.charCodeAt(length) === b.charCodeAt(length)) length += 1;
  return length;
}

function commonSuffix(a: string, b: string, prefix: number): number {
  const limit = Math.min(a.length, b.length) - prefix;
  let length = 0;
  while (length < limit && a.charCodeAt(a.length - 1 - length) === b.charCodeAt(b.length - 1 - length))
    length += 1;
  return length;
}
