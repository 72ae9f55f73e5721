import type { ProseRun, Segment } from '../types';

/** A stretch of source that is not read as it stands: left out, or read as `prose`. */
export interface Mask {
  readonly start: number;
  readonly end: number;
  /** What a reader sees in its place. Absent: nothing, and the words around it do not join; empty: they do. */
  readonly prose?: string;
}

interface OpenRun {
  readonly start: number;
  length: number;
  readonly documentStart: number;
  documentLength: number;
  /** The prose is the very source, so that the next characters of the source may join. */
  readonly copied: boolean;
}

/** White space to fold; soft hyphens, zero-width blanks and byte order marks, which no reader sees. */
const folded = /[ \t\r\n\f\v]+|[\u00AD\u200B\u2060\uFEFF]+/g;
const closing = /^[.,;:!?)\]}]/;

/**
 * Collects the prose of one block in source order and remembers where each character came from. Places that were
 * passed already are skipped, so that whatever a parser reports, positions rise.
 */
export class SegmentBuilder {
  private text = '';
  private runs: OpenRun[] = [];
  /** Whether `text` ends with a blank. Asking the growing text itself would flatten it at every word: quadratic. */
  private blankEnd = false;
  private passed = 0;
  /** Where the segments that were finished end. */
  private floor = 0;
  private nextMask = 0;

  /** @param masks In order, without overlap. */
  constructor(
    private readonly source: string,
    private readonly masks: readonly Mask[] = [],
  ) {}

  /** Characters of prose so far; what follows can be looked at or taken back with {@link since} and {@link fuse}. */
  get length(): number {
    return this.text.length;
  }

  /** Source `[start, end)` as prose: white space folded to single blanks, masks and invisible characters heeded. */
  prose(start: number, end: number): void {
    let from = Math.max(start, this.passed);
    while (from < end) {
      const mask = this.maskFrom(from);
      const to = Math.min(end, Math.max(from, mask?.start ?? end));
      this.fold(from, to);
      from = to;
      if (!mask || to === end) continue;
      from = mask.end;
      if (mask.prose === undefined) this.omit(Math.max(to, mask.start), mask.end);
      else this.replace(mask.prose, Math.max(to, mask.start), mask.end);
    }
  }

  /** Source `[start, end)` to the letter. */
  copy(start: number, end: number): void {
    const from = Math.max(start, this.passed);
    if (from < end) this.push(this.source.slice(from, end), from, end, true);
  }

  /** `prose` stands for source `[start, end)` as a whole. */
  replace(prose: string, start: number, end: number): void {
    const from = Math.max(start, this.passed);
    if (prose === '' || from >= end) return;
    this.push(prose, from, end, false);
  }

  /** White space of whatever kind at `[start, end)`; one blank, none at the beginning or after another. */
  space(start: number, end: number): void {
    if (this.text !== '' && !this.blankEnd) this.replace(' ', start, end);
  }

  /**
   * Something that is not prose stood at `[start, end)`: a blank, so that the words around it do not join; none
   * before closing punctuation, so that `cancer [@smith2019].` ends as a sentence does.
   */
  omit(start: number, end: number): void {
    if (closing.test(this.source.charAt(end))) this.trimEnd();
    else this.space(start, end);
  }

  /** The prose after the first `length` characters. */
  since(length: number): string {
    return this.text.slice(length);
  }

  /** The last characters before the first `length` end. */
  before(length: number): string {
    return this.text.slice(Math.max(0, length - 8), length);
  }

  /** Makes the prose after the first `length` characters stand for source `[start, end)` as a whole. */
  fuse(length: number, start: number, end: number): void {
    const prose = this.since(length);
    this.cut(length);
    const last = this.runs.at(-1);
    this.passed = Math.max(start, last ? last.documentStart + last.documentLength : this.floor);
    this.replace(prose, start, end);
    this.passed = Math.max(this.passed, end);
  }

  /** Takes back the prose after the first `length` characters. */
  cut(length: number): void {
    for (let run = this.runs.at(-1); run && run.start + run.length > length; run = this.runs.at(-1)) {
      if (run.start >= length) {
        this.runs.pop();
        continue;
      }
      if (run.copied) run.documentLength -= run.start + run.length - length;
      run.length = length - run.start;
      break;
    }
    this.text = this.text.slice(0, length);
    this.blankEnd = this.text.endsWith(' ');
  }

  /** The segment so far, without white space around it, if there is a letter or number in it; the builder starts anew. */
  finish(): Segment | undefined {
    this.trimEnd();
    const segment = this.take();
    return segment && /[\p{L}\p{N}]/u.test(segment.text) ? segment : undefined;
  }

  /** What was collected so far as it is, white space included; the builder starts anew. */
  take(): Segment | undefined {
    const { text, runs } = this;
    this.text = '';
    this.blankEnd = false;
    this.runs = [];
    this.floor = this.passed;
    const base = runs[0]?.documentStart;
    return base === undefined ? undefined : { text, base, runs: runs.map((run) => placed(run, base)) };
  }

  private fold(start: number, end: number): void {
    if (start >= end) return;
    const stretch = this.source.slice(start, end);
    let from = 0;
    for (const match of stretch.matchAll(folded)) {
      this.copy(start + from, start + match.index);
      from = match.index + match[0].length;
      if (match[0] === ' ' && this.text !== '' && !this.blankEnd)
        this.copy(start + match.index, start + from);
      else if (!/[^ \t\r\n\f\v]/.test(match[0])) this.space(start + match.index, start + from);
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
    this.text += prose;
    this.blankEnd = prose.endsWith(' ');
    this.passed = end;
  }

  private trimEnd(): void {
    if (this.blankEnd) this.cut(this.text.length - 1);
  }

  private maskFrom(offset: number): Mask | undefined {
    while ((this.masks[this.nextMask]?.end ?? Infinity) <= offset) this.nextMask += 1;
    return this.masks[this.nextMask];
  }
}

function placed(run: OpenRun, base: number): ProseRun {
  const { start, length, documentStart, documentLength } = run;
  return { start, length, documentStart: documentStart - base, documentLength };
}
