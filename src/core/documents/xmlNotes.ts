import { isInline, localName } from './markup';
import type { SegmentBuilder } from './segmentBuilder';

const sentenceEnd = /[.!?]["')\]”’]{0,3}\s{0,9}$/;
const follows =
  /^\s{0,99}(?:([.!?]["')\]”’]{0,3})?\s{0,99})(?:<\/?([A-Za-z][\w:.-]{0,40})|$)|^\s{0,99}[.!?]["')\]”’]{0,3}\s/;

/**
 * Whether a footnote stands between two sentences, so that its text can be read where it is. A segment has no place for
 * the text of a footnote inside one of its sentences, because the places of segments do not overlap.
 *
 * @param after The source that follows the end of the footnote.
 */
export function isNoteBetweenSentences(builder: SegmentBuilder, after: string): boolean {
  const { length } = builder;
  if (length === 0 || sentenceEnd.test(builder.textBetween(Math.max(0, length - 12)))) return true;
  const match = follows.exec(after);
  return match !== null && (match[2] === undefined || !isInline(localName(match[2])));
}
