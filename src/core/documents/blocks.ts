import type { Segment, Span } from '../types';
import type { SegmentBuilder } from './segmentBuilder';
import { simpleMath } from './simpleMath';

/**
 * Why a part of a document was read in a simpler way. `markup`: its markup takes too long to read, so it was read as plain
 * text. `macros`: its macros would print too much text, so they were not expanded. `unclosed`: a formula, a block of code or a
 * comment in it is not closed, so the text after its beginning was not read. `footnotes`: a footnote within a sentence was not read,
 * because its text would divide the sentence.
 */
export type ReadingLimit = 'markup' | 'macros' | 'unclosed' | 'footnotes';

/** A block: a range of a document that can be parsed on its own. */
export interface Cut extends Span {
  /** Everything that the segments of the block depend on besides its own text. */
  readonly context: string;
}

/**
 * The parser of one format. A fast pass over the lines splits a document into blocks, and each block is then parsed on
 * its own. So the cost stays linear, a broken block does not affect the next one, and after an edit only the edited
 * blocks are parsed again.
 */
export interface BlockParser {
  /** Splits a document into blocks, in order and without overlaps. Text between the blocks is not prose. */
  cut(text: string): readonly Cut[];
  /**
   * The segments of one block; offsets count from 0 in `source`, the text of the block.
   * @param onLimit Called if the block was read in a simpler way than its markup asks for.
   */
  parse(source: string, context: string, onLimit?: (limit: ReadingLimit) => void): Segment[];
}

/**
 * The lines of `text`: the offset where each begins and where its content ends, without the line break: a line feed, a
 * carriage return, or both.
 */
export function* linesOf(text: string): Generator<Span> {
  let start = 0;
  let feed = text.indexOf('\n');
  let carriage = text.indexOf('\r');
  while (start < text.length) {
    if (feed >= 0 && feed < start) feed = text.indexOf('\n', start);
    if (carriage >= 0 && carriage < start) carriage = text.indexOf('\r', start);
    const end = carriage >= 0 && (feed < 0 || carriage < feed) ? carriage : feed < 0 ? text.length : feed;
    yield { start, end };
    start = end + (end === carriage && feed === end + 1 ? 2 : 1);
  }
}

interface OpenScript {
  readonly start: number;
  /** Length of the prose before the script. */
  readonly length: number;
  readonly raised: boolean;
}

const maxScriptLength = 16;
/** Maximum length of a raised list of citations. A longer text in a script is not looked at. */
const maxCitationsLength = 1000;

/**
 * Collects the segments of a block. It knows at which places a sentence must end, and handles sub- and superscripts.
 */
export class Segments {
  private readonly segments: Segment[] = [];
  private scripts: OpenScript[] = [];

  constructor(readonly builder: SegmentBuilder) {}

  /** Ends the current segment: no sentence continues across this place. */
  break(): void {
    this.scripts = [];
    const segment = this.builder.finish();
    if (segment) this.segments.push(segment);
  }

  /** Ends the current segment and adds segments that were read by another builder, from the text that follows. */
  add(segments: readonly Segment[]): void {
    this.break();
    for (const segment of segments) this.segments.push(segment);
  }

  /** Called when the markup of a sub- or superscript begins at `start`. */
  openScript(start: number, raised: boolean): void {
    this.scripts.push({ start, length: this.builder.length, raised });
  }

  /**
   * Called when the script's markup ends before `end`. A short script belongs to the word around it and becomes atomic
   * together with its markup, so that a mention never ends inside it. A raised number after a word is a citation and
   * is removed.
   */
  closeScript(end: number): void {
    const script = this.scripts.pop();
    const length = this.builder.length - (script?.length ?? 0);
    if (!script || length < 0 || length > maxCitationsLength) return;
    const content = this.builder.textBetween(script.length);
    if (script.raised && isCitationMark(content, this.textBefore(script.length)))
      this.builder.truncate(script.length);
    else if (content.length <= maxScriptLength && !/\s/.test(content))
      this.builder.makeAtomic(script.length, script.start, end);
  }

  /**
   * Adds a formula with its markup at `[start, end)`. Real mathematics is replaced by a space: the words around it
   * must not be joined, and a placeholder word would not be the author's.
   */
  formula(content: string, start: number, end: number): void {
    const prose = simpleMath(content);
    if (prose === undefined) {
      this.builder.omit(start, end);
      return;
    }
    const isCitation =
      /^[\s{}]*\^/.test(content) && isCitationMark(prose, this.textBefore(this.builder.length));
    if (!isCitation) this.builder.replace(prose, start, end);
  }

  /** Up to eight characters of prose before offset `length`. */
  private textBefore(length: number): string {
    return this.builder.textBetween(Math.max(0, length - 8), length);
  }

  finish(): Segment[] {
    this.break();
    return this.segments;
  }
}

/**
 * Whether a raised `content` after the prose `before` is a citation: numbers or footnote signs after a word or after
 * punctuation (`cancer¹²`, `cells.³⁻⁵`), in contrast to those of units and ions (`cm²`, `Ca²⁺`, `10⁶`).
 */
export function isCitationMark(content: string, before: string): boolean {
  if (/^[*†‡§¶]+$/.test(content)) return true;
  if (!/^\[?\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*\]?$/.test(content)) return false;
  const isList = /\d\s?[,;–-]/.test(content);
  return /[.,;:!?)\]"'”’]$|[a-z]{4}$/.test(before) || (isList && /[\p{L}\d]$/u.test(before));
}
