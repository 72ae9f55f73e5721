import type { Segment, Span } from '../types';
import type { SegmentBuilder } from './segmentBuilder';
import { simpleMath } from './simpleMath';

/** A stretch of a document that can be parsed on its own. */
export interface Cut extends Span {
  /** All that its segments depend on beside its own text. */
  readonly context: string;
}

/**
 * One format. A document is cut in blocks by one fast pass over its lines, and each block is parsed alone: the
 * parser's cost stays linear, a broken block does not spoil the next, and after an edit only the blocks that it
 * touched are parsed again.
 */
export interface BlockParser {
  /** The blocks, in order, without overlap; what lies between them is not prose. */
  cut(text: string): readonly Cut[];
  /** The segments of one block, placed from 0 in `source`, the block's text. */
  parse(source: string, context: string): Segment[];
}

/** Offsets at which the lines of `text` begin and where their content ends, without the line break. */
export function* linesOf(text: string): Generator<Span> {
  let start = 0;
  while (start < text.length) {
    const feed = text.indexOf('\n', start);
    const next = feed < 0 ? text.length : feed + 1;
    let end = feed < 0 ? text.length : feed;
    if (end > start && text.charCodeAt(end - 1) === 13) end -= 1;
    yield { start, end };
    start = next;
  }
}

interface OpenScript {
  readonly start: number;
  /** Length of the prose before it. */
  readonly length: number;
  readonly raised: boolean;
}

const longestScript = 16;

/** Collects the segments of a block; knows where sentences cannot go on, and sub- and superscripts. */
export class Segments {
  private readonly found: Segment[] = [];
  private scripts: OpenScript[] = [];

  constructor(readonly builder: SegmentBuilder) {}

  /** No sentence goes on over this place. */
  break(): void {
    this.scripts = [];
    const segment = this.builder.finish();
    if (segment) this.found.push(segment);
  }

  /** The markup of a sub- or superscript begins at `start`. */
  openScript(start: number, raised: boolean): void {
    this.scripts.push({ start, length: this.builder.length, raised });
  }

  /**
   * It ends before `end`. A short script belongs to the word that it stands in and is one piece with its markup, so
   * that a mention never ends inside of it; a raised number after a word is a citation and not prose.
   */
  closeScript(end: number): void {
    const script = this.scripts.pop();
    if (!script || script.length > this.builder.length) return;
    const content = this.builder.since(script.length);
    if (script.raised && isCitationMark(content, this.builder.before(script.length)))
      this.builder.cut(script.length);
    else if (content.length <= longestScript && !/\s/.test(content))
      this.builder.fuse(script.length, script.start, end);
  }

  /**
   * A formula `content`, with its markup at `[start, end)`. Real mathematics leaves a blank: the words around it must
   * not join, and a word put in its place would be one that the writer did not write.
   */
  formula(content: string, start: number, end: number): void {
    const prose = simpleMath(content);
    if (prose === undefined) {
      this.builder.omit(start, end);
      return;
    }
    const isCitation =
      /^[\s{}]*\^/.test(content) && isCitationMark(prose, this.builder.before(this.builder.length));
    if (!isCitation) this.builder.replace(prose, start, end);
  }

  finish(): Segment[] {
    this.break();
    return this.found;
  }
}

/**
 * Whether a raised `content` after the prose `before` cites: numbers or footnote signs after a word or after
 * punctuation (`cancer¹²`, `cells.³⁻⁵`), unlike those of units and ions (`cm²`, `Ca²⁺`, `10⁶`).
 */
export function isCitationMark(content: string, before: string): boolean {
  if (/^[*†‡§¶]+$/.test(content)) return true;
  if (!/^\[?\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*\]?$/.test(content)) return false;
  const isList = /\d\s?[,;–-]/.test(content);
  return /[.,;:!?)\]"'”’]$|[a-z]{4}$/.test(before) || (isList && /[\p{L}\d]$/u.test(before));
}
