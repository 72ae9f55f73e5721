import type { Segment, Span } from '../types';
import { linesOf, Segments, type BlockParser, type Cut, type ReadingLimit } from './blocks';
import { addressMasks } from './masks';
import { SegmentBuilder } from './segmentBuilder';

/** Maximum width of text that is wrapped by hand: if lines are longer than this, each line is a paragraph. */
const maxWrapWidth = 200;

const listMarker = /^[ \t]*(?:[-*+•◦‣–][ \t]+|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)][ \t]+)\S/;
const sentenceEnd = /[.!?:;]["')\]”’]?\s*$/;
const likelyBeginning = /^[ \t]*["'(\[“‘]?[\p{Lu}\p{N}]/u;

/** Parser for plain text, in which blank lines separate paragraphs. */
export const plain: BlockParser = {
  cut(text) {
    const cuts: Cut[] = [];
    let open: { start: number; end: number } | undefined;
    for (const line of linesOf(text)) {
      if (isBlank(text, line)) {
        if (open) cuts.push({ ...open, context: '' });
        open = undefined;
      } else if (open) open.end = line.end;
      else open = { ...line };
    }
    if (open) cuts.push({ ...open, context: '' });
    return cuts;
  },

  parse(source) {
    return parsePlain(source);
  },
};

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
 */
export function parsePlain(source: string): Segment[] {
  const segments = new Segments(new SegmentBuilder(source, addressMasks(source)));
  const lines = [...linesOf(source)];
  const width = lines.reduce((widest, line) => Math.max(widest, line.end - line.start), 0);
  lines.forEach((line, index) => {
    const before = lines[index - 1];
    if (before) {
      if (startsAnew(source, before, line, width)) segments.break();
      else segments.builder.prose(before.end, line.start);
    }
    segments.builder.prose(line.start, line.end);
  });
  return segments.finish();
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
