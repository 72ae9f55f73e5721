import type { Segment } from '../types';
import type { Cut, ReadingLimit } from './blocks';

interface EarlierBlock extends Cut {
  readonly segments: number;
  readonly limit?: ReadingLimit | undefined;
}

interface EarlierParse {
  readonly text: string;
  readonly segments: readonly Segment[];
  readonly blocks: readonly EarlierBlock[];
}

/** The segments of a block, and the limit that was reached while it was read. */
export interface BlockReading {
  readonly segments: readonly Segment[];
  readonly limit: ReadingLimit | undefined;
}

/**
 * The blocks of an earlier parse that are still valid for a new text: those in the common beginning and the common end
 * of both texts.
 */
export class UnchangedBlocks {
  private readonly prefix: number;
  private readonly suffixStart: number;
  private readonly delta: number;
  /** Blocks of the earlier text by start offset, with the index of their first segment. */
  private readonly blocks = new Map<number, { readonly block: EarlierBlock; readonly first: number }>();

  constructor(
    private readonly earlier: EarlierParse,
    text: string,
  ) {
    this.prefix = commonPrefix(earlier.text, text);
    this.suffixStart = text.length - commonSuffix(earlier.text, text, this.prefix);
    this.delta = text.length - earlier.text.length;
    let first = 0;
    for (const block of earlier.blocks) {
      this.blocks.set(block.start, { block, first });
      first += block.segments;
    }
  }

  /** The reading of a block of the new text with its new offsets, if the earlier text had the same block. */
  readingOf(cut: Cut): BlockReading | undefined {
    const shift = cut.end <= this.prefix ? 0 : cut.start >= this.suffixStart ? this.delta : undefined;
    if (shift === undefined) return undefined;
    const { block, first = 0 } = this.blocks.get(cut.start - shift) ?? {};
    if (block?.end !== cut.end - shift || block.context !== cut.context) return undefined;
    const segments = this.earlier.segments.slice(first, first + block.segments);
    const { limit } = block;
    if (shift === 0) return { segments, limit };
    return { segments: segments.map((each) => ({ ...each, base: each.base + shift })), limit };
  }
}

/**
 * Reuses segments of a block that was parsed again, because most of them have not changed: those at the beginning and
 * the end of `segments` that equal earlier ones get their `text` and `runs` objects.
 */
export function reuseUnchanged(earlier: readonly Segment[], segments: Segment[]): void {
  const limit = Math.min(earlier.length, segments.length);
  let front = 0;
  while (front < limit && reuseIfEqual(earlier[front], segments, front)) front += 1;
  for (let back = 1; back <= limit - front; back += 1) {
    if (!reuseIfEqual(earlier[earlier.length - back], segments, segments.length - back)) return;
  }
}

function reuseIfEqual(earlier: Segment | undefined, segments: Segment[], index: number): boolean {
  const segment = segments[index];
  if (!earlier || !segment || earlier.text !== segment.text) return false;
  if (earlier.runs === segment.runs) return true;
  if (earlier.runs.length !== segment.runs.length) return false;
  for (const [at, run] of segment.runs.entries()) {
    const other = earlier.runs[at];
    if (other?.length !== run.length || other.documentLength !== run.documentLength) return false;
    if (other.start !== run.start || other.documentStart !== run.documentStart) return false;
  }
  segments[index] = { text: earlier.text, base: segment.base, runs: earlier.runs };
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
