import type { SegmentBuilder } from './segmentBuilder';

const sentenceEnd = /[.!?]["')\]”’]{0,3}\s{0,9}$/;

/** Whether the prose so far is complete: it is empty, or its last sentence has ended. */
export function isSentenceComplete(builder: SegmentBuilder): boolean {
  const { length } = builder;
  return length === 0 || sentenceEnd.test(builder.textBetween(Math.max(0, length - 12)));
}

const end = /^(?:\s{0,99}$|[ \t]{0,99}[.!?]["')\]”’]{0,3}(?=\s|$)|[ \t\r]{0,99}\n[ \t\r]{0,99}(?:\n|$))/;

/**
 * Whether a footnote stands between two sentences, so that its text can be read where it is. A segment has no place for
 * the text of a footnote inside one of its sentences, because the places of segments do not overlap.
 *
 * @param after The source that follows the footnote, to the end of the paragraph or less.
 */
export function isNoteBetweenSentences(builder: SegmentBuilder, after: string): boolean {
  return isSentenceComplete(builder) || end.test(after);
}

/** Length of the punctuation after a footnote that belongs to the sentence before it. */
export function punctuationAfterNote(after: string): number {
  return /^\s{0,99}[.!?]["')\]”’]{0,3}(?=\s|$)/.exec(after)?.[0].length ?? 0;
}
