import { isInline, localName } from './markup';
import { isNoteBetweenSentences } from './notes';
import type { SegmentBuilder } from './segmentBuilder';

const tagAfter = /^\s{0,99}(?:[.!?]["')\]”’]{0,3}\s{0,99})?<\/?([A-Za-z][\w:.-]{0,40})/;

/** As {@link isNoteBetweenSentences}, if XML follows the footnote. */
export function isXmlNoteBetweenSentences(builder: SegmentBuilder, after: string): boolean {
  if (isNoteBetweenSentences(builder, after)) return true;
  const name = tagAfter.exec(after)?.[1];
  return name !== undefined && !isInline(localName(name));
}
