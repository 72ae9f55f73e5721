import type { Segment, Span } from '../types';
import { linesOf, Segments, type BlockParser, type Cut, type ReadingLimit } from './blocks';
import { findCopiedText } from './copiedText';
import { addressMasks, ordered } from './masks';
import { type Mask, SegmentBuilder } from './segmentBuilder';

/** Maximum width of text that is wrapped by hand: if lines are longer than this, each line is a paragraph. */
const maxWrapWidth = 200;

const listMarker = /^[ \t]*(?:[-*+•◦‣–][ \t]+|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)][ \t]+)\S/;
const sentenceEnd = /[.!?:;]["')\]”’]?\s*$/;
const likelyBeginning = /^[ \t]*["'(\[“‘]?[\p{Lu}\p{N}]/u;

/**
 * Parser for plain text, in which blank lines separate paragraphs. The context of a block lists the ranges to remove
 * from it, if the text was copied from a PDF; see {@link findCopiedText}.
 */
export const plain: BlockParser = {
  cut(text) {
    const masks = new MasksInOrder(findCopiedText(text)?.masks ?? []);
    const cuts: Cut[] = [];
    let open: { start: number; end: number } | undefined;
    const close = (): void => {
      if (open) cuts.push({ ...open, context: masks.contextOf(open) });
      open = undefined;
    };
    for (const line of linesOf(text)) {
      if (isBlank(text, line)) {
        if (!masks.covers(line)) close();
      } else if (open) open.end = line.end;
      else open = { ...line };
    }
    close();
    return cuts;
  },

  parse(source, context) {
    return parsePlain(source, context === '' ? [] : (JSON.parse(context) as Mask[]));
  },
};

/** Masks that are looked up by ranges in rising order. */
class MasksInOrder {
  private next = 0;
  private first = 0;

  constructor(private readonly masks: readonly Mask[]) {}

  /** Whether one mask covers the whole range. */
  covers({ start, end }: Span): boolean {
    while ((this.masks[this.next]?.end ?? Infinity) <= start) this.next += 1;
    const mask = this.masks[this.next];
    return mask !== undefined && mask.start <= start && mask.end >= end;
  }

  /** The masks of a block, with offsets from its start, as text. */
  contextOf({ start, end }: Span): string {
    while ((this.masks[this.first]?.end ?? Infinity) <= start) this.first += 1;
    const inside: Mask[] = [];
    for (let at = this.first; (this.masks[at]?.start ?? Infinity) < end; at += 1) {
      const mask = this.masks[at];
      if (mask) inside.push({ ...mask, start: mask.start - start, end: mask.end - start });
    }
    return inside.length === 0 ? '' : JSON.stringify(inside);
  }
}

/**
 * Parses a block. If its markup takes too many steps, or the parser reaches another limit (stack, memory) on hostile
 * input, the block is read as plain text.
 * @param onLimit Called in that case, and as {@link BlockParser.parse} calls it.
 */
export function parseOrPlain(
  parser: BlockParser,
  source: string,
  context: string,
  onLimit: (limit: ReadingLimit) => void = () => undefined,
): Segment[] {
  try {
    return parser.parse(source, context, onLimit);
  } catch {
    onLimit('markup');
    return parsePlain(source);
  }
}

/**
 * The segments of one paragraph. A wrapped line continues in the next one; a line that was ended on purpose does not.
 * @param breaks Ranges to remove, in order: breaks within a word or sentence, and page heads between two lines.
 */
export function parsePlain(source: string, breaks: readonly Mask[] = []): Segment[] {
  const masks = ordered([...breaks, ...ligatureMasks(source), ...addressMasks(source)]);
  const segments = new Segments(new SegmentBuilder(source, masks));
  const hidden = new MasksInOrder(breaks);
  const lines = [...linesOf(source)].filter((line) => breaks.length === 0 || !hidden.covers(line));
  const width = lines.reduce((widest, line) => Math.max(widest, line.end - line.start), 0);
  const joints = new MasksInOrder(breaks);
  lines.forEach((line, index) => {
    const before = lines[index - 1];
    if (before) {
      const isMended = joints.covers({ start: before.end, end: line.start });
      if (!isMended && startsAnew(source, before, line, width)) segments.break();
      else segments.builder.prose(before.end, line.start);
    }
    segments.builder.prose(line.start, line.end);
  });
  return segments.finish();
}

/** Masks that show the letters of typographic ligatures (`ﬁ`), which a copied text may contain. */
function ligatureMasks(source: string): Mask[] {
  return Array.from(source.matchAll(/[\uFB00-\uFB06]/g), ({ 0: letter, index }) => ({
    start: index,
    end: index + 1,
    prose: letter.normalize('NFKC'),
  }));
}

/**
 * Whether a line break between two lines was made on purpose. This is assumed before a list item, in text that is not
 * wrapped by hand, and, if a sentence ends or a title precedes, before an indented line or after a line that had room
 * for the next word.
 */
function startsAnew(source: string, before: Span, line: Span, width: number): boolean {
  const earlier = source.slice(before.start, before.end);
  const later = source.slice(line.start, line.end);
  if (isBlank(source, line) || isBlank(source, before) || listMarker.test(later)) return true;
  if (width > maxWrapWidth) return true;
  if (!likelyBeginning.test(later)) return false;
  const ended = sentenceEnd.test(earlier);
  if (ended && indentation(later) > indentation(earlier) && !listMarker.test(earlier)) return true;
  const nextWord = /\S+/.exec(later)?.[0].length ?? 0;
  const hadRoom = earlier.trimEnd().length + 1 + nextWord <= width;
  return hadRoom && (ended || earlier.length < width * 0.6);
}

function indentation(line: string): number {
  return line.search(/[^ \t]|$/);
}

function isBlank(text: string, line: Span): boolean {
  for (let at = line.start; at < line.end; at += 1) {
    const code = text.charCodeAt(at);
    if (code !== 32 && (code < 9 || code > 13)) return false;
  }
  return true;
}
