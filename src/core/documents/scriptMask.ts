import { isCitationMark } from './blocks';
import type { Mask } from './segmentBuilder';

/**
 * A mask for a sub- or superscript at `[start, end)` whose text is `content`. It belongs to the word around it, except for
 * a raised number after a word: that is a citation and is removed.
 */
export function scriptMask(
  source: string,
  { start, end }: { readonly start: number; readonly end: number },
  content: string,
  raised: boolean,
): Mask {
  // In reStructuredText, an escaped space separates a script from the word before it.
  const before = source.slice(Math.max(0, start - 10), start).replace(/\\ $/, '');
  const isCitation = raised && isCitationMark(content, before);
  return { start, end, prose: isCitation ? '' : content };
}
