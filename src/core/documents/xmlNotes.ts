import { isInline, localName } from './markup';
import { isNoteBetweenSentences } from './notes';
import type { SegmentBuilder } from './segmentBuilder';

/** Longer footnotes are not looked through for their end. */
const maxNoteLength = 5_000;

const tagAfter = /^\s{0,99}(?:[.!?]["')\]”’]{0,3}\s{0,99})?<\/?([A-Za-z][\w:.-]{0,40})/;

/** Whether a footnote whose content begins at `start` stands between two sentences, so that its text can be read there. */
export function isXmlNoteBetweenSentences(builder: SegmentBuilder, source: string, start: number): boolean {
  if (builder.length === 0) return true;
  const close = /<\/(?:[\w-]{1,40}:)?fn\s*>/g;
  const rest = source.slice(start, start + maxNoteLength);
  const after = close.test(rest) ? rest.slice(close.lastIndex, close.lastIndex + 200) : '';
  if (isNoteBetweenSentences(builder, after)) return true;
  const name = tagAfter.exec(after)?.[1];
  return name !== undefined && !isInline(localName(name));
}
