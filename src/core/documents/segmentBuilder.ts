import { collapsedSpace, compatibility, invisible, plainForm } from '../characters';
import type { ProseRun, Segment } from '../types';
import { atomicRuns } from './place';

/** A range of the source that is removed or replaced by `prose`. */
export interface Mask {
  readonly start: number;
  readonly end: number;
  /**
   * The text to show instead. Undefined: the range is removed and the words around it stay apart. Empty: it is removed
   * and they join.
   */
  readonly prose?: string;
}

interface OpenRun {
  readonly start: number;
  length: number;
  readonly documentStart: number;
  documentLength: number;
  /**
   * Whether the prose is a copy of the source, so that the characters that follow in the source can be joined to the
   * run.
   */
  readonly copied: boolean;
}

/**
 * White space to collapse, characters that are never visible, and characters that stand for plain letters. The white
 * space is captured by group 1, the letters by group 2.
 */
const folded = new RegExp(`([${collapsedSpace}]+)|[${invisible}]+|(${compatibility})`, 'gu');
const closing = /^[.,;:!?)\]}]/;

/** Finds masks for offsets that only increase. */
class MaskCursor {
  private next = 0;

  /** @param masks Sorted, without overlaps. */
  constructor(private readonly masks: readonly Mask[]) {}

  /** @returns the first mask that ends after `offset`. */
  at(offset: number): Mask | undefined {
    while ((this.masks[this.next]?.end ?? Infinity) <= offset) this.next += 1;
    return this.masks[this.next];
  }
}

/**
 * A text that grows and shrinks at its end. It keeps its parts in a list, because reading the end of a string that was
 * just extended copies all of it, which is quadratic if it happens at every word.
 */
class GrowingText {
  private parts: string[] = [];
  private size = 0;

  get length(): number {
    return this.size;
  }

  get endsWithBlank(): boolean {
    return this.parts.at(-1)?.endsWith(' ') ?? false;
  }

  append(part: string): void {
    this.parts.push(part);
    this.size += part.length;
  }

  truncate(length: number): void {
    while (this.size > length) {
      const part = this.parts.pop() ?? '';
      this.size -= part.length;
      if (this.size < length) this.append(part.slice(0, length - this.size));
    }
  }

  /** The cost grows with the distance of `start` from the end of the text. */
  slice(start: number, end: number): string {
    const found: string[] = [];
    let to = this.size;
    for (let index = this.parts.length - 1; to > start && index >= 0; index -= 1) {
      const part = this.parts[index] ?? '';
      const from = to - part.length;
      if (from < end) found.push(part.slice(Math.max(0, start - from), end - from));
      to = from;
    }
    return found.reverse().join('');
  }

  /** Returns the whole text and empties it. */
  take(): string {
    const text = this.parts.join('');
    this.parts = [];
    this.size = 0;
    return text;
  }
}

/**
 * Collects the prose of one block in source order and records where each character came from. Text before the current
 * position is skipped, so that positions always increase, whatever a parser reports.
 */
export class SegmentBuilder {
  private readonly text = new GrowingText();
  private runs: OpenRun[] = [];
  private position = 0;
  /**
   * The end of the last finished segment in the source. Whoever keeps an offset into the prose compares it, because the
   * prose begins anew with each segment.
   */
  lastSegmentEnd = 0;
  private readonly masks: MaskCursor;

  /** @param masks Sorted, without overlaps. */
  constructor(
    private readonly source: string,
    masks: readonly Mask[] = [],
  ) {
    this.masks = new MaskCursor(masks);
  }

  /**
   * Number of characters of prose so far. Later text can be read with {@link textBetween}, or replaced with {@link makeAtomic}.
   */
  get length(): number {
    return this.text.length;
  }

  /**
   * Adds source `[start, end)` as prose: white space is collapsed, masks are applied, invisible characters removed, and
   * ligatures and styled letters replaced by plain ones.
   */
  prose(start: number, end: number): void {
    let from = Math.max(start, this.position);
    while (from < end) {
      const mask = this.masks.at(from);
      const to = Math.min(end, Math.max(from, mask?.start ?? end));
      this.fold(from, to);
      from = to;
      if (!mask || to === end) continue;
      from = mask.end;
      if (mask.prose === undefined) this.omit(Math.max(to, mask.start), mask.end);
      else this.replace(mask.prose, Math.max(to, mask.start), mask.end);
    }
  }

  /** Adds source `[start, end)` unchanged. */
  copy(start: number, end: number): void {
    const from = Math.max(start, this.position);
    if (from < end) this.push(this.source.slice(from, end), from, end, true);
  }

  /** Adds `prose`, which stands for the whole source range `[start, end)`. */
  replace(prose: string, start: number, end: number): void {
    const from = Math.max(start, this.position);
    if (prose === '' || from >= end) return;
    this.push(prose, from, end, false);
  }

  /** Adds a space for the white space at `[start, end)`, unless the prose is empty or ends with a space. */
  space(start: number, end: number): void {
    if (!this.text.endsWithBlank && this.text.length > 0) this.replace(' ', start, end);
  }

  /**
   * Adds a space for something that is not prose at `[start, end)`, so that the words around it do not join. Before
   * closing punctuation no space is added, so that `cancer [@smith2019].` ends like any sentence.
   */
  omit(start: number, end: number): void {
    if (closing.test(this.source.charAt(end))) this.trimEnd();
    else this.space(start, end);
  }

  /**
   * The prose from offset `start` to offset `end`. Default for `end`: the end of the prose. It is meant for the end of the
   * prose: the cost grows with the distance of `start` from it.
   */
  textBetween(start: number, end = this.length): string {
    return this.text.slice(start, end);
  }

  /** Makes the prose after the first `length` characters one atomic run that stands for source `[start, end)`. */
  makeAtomic(length: number, start: number, end: number): void {
    const prose = this.textBetween(length);
    this.truncate(length);
    const last = this.runs.at(-1);
    this.position = Math.max(start, last ? last.documentStart + last.documentLength : this.lastSegmentEnd);
    this.replace(prose, start, end);
    this.position = Math.max(this.position, end);
  }

  /** Removes the prose after the first `length` characters. */
  truncate(length: number): void {
    for (let run = this.runs.at(-1); run && run.start + run.length > length; run = this.runs.at(-1)) {
      if (run.start >= length) {
        this.runs.pop();
        continue;
      }
      if (run.copied) run.documentLength -= run.start + run.length - length;
      run.length = length - run.start;
      break;
    }
    this.text.truncate(length);
  }

  /**
   * Ends the current segment and starts a new one. Returns the segment without white space around it, or undefined if
   * it contains no letter or digit.
   */
  finish(): Segment | undefined {
    this.trimEnd();
    const segment = this.flush();
    return segment && /[\p{L}\p{N}]/u.test(segment.text) ? segment : undefined;
  }

  /** Ends the current segment and starts a new one. Returns the collected prose unchanged, including white space. */
  flush(): Segment | undefined {
    const text = this.text.take();
    const { runs } = this;
    this.runs = [];
    this.lastSegmentEnd = this.position;
    const base = runs[0]?.documentStart;
    return base === undefined
      ? undefined
      : { text, base, runs: runs.flatMap((run) => relativeRuns(run, base)) };
  }

  private fold(start: number, end: number): void {
    if (start >= end) return;
    const stretch = this.source.slice(start, end);
    let from = 0;
    for (const match of stretch.matchAll(folded)) {
      const [found, space, letters] = match;
      const at = start + match.index;
      this.copy(start + from, at);
      from = match.index + found.length;
      if (found === ' ' && !this.text.endsWithBlank && this.text.length > 0) this.copy(at, start + from);
      else if (space !== undefined) this.space(at, start + from);
      else if (letters !== undefined) this.replace(plainForm(letters), at, start + from);
    }
    this.copy(start + from, end);
  }

  private push(prose: string, start: number, end: number, copied: boolean): void {
    const last = this.runs.at(-1);
    if (copied && last?.copied && last.documentStart + last.documentLength === start) {
      last.length += prose.length;
      last.documentLength += end - start;
    } else {
      const place = { documentStart: start, documentLength: end - start };
      this.runs.push({ start: this.text.length, length: prose.length, ...place, copied });
    }
    this.text.append(prose);
    this.position = end;
  }

  private trimEnd(): void {
    if (this.text.endsWithBlank) this.truncate(this.text.length - 1);
  }
}

function relativeRuns(run: OpenRun, base: number): readonly ProseRun[] {
  const { start, length, documentStart, documentLength, copied } = run;
  const placed = { start, length, documentStart: documentStart - base, documentLength };
  return copied ? [placed] : atomicRuns(placed);
}
