import { bySpan } from '../spanOrder';
import { mojibakeMasks } from './mojibake';
import type { Mask } from './segmentBuilder';

/**
 * Web addresses, e-mail addresses and DOIs are not prose in any markup. Each alternative can only begin where no
 * character of its own kind precedes it, and its parts are bounded, so that the search is linear.
 */
const addresses = [
  /\b(?:https?|ftp):\/\/[^\s<>"'{}|\\^`]+/gi,
  /(?<![\w.@/])www\.[^\s<>"'{}|\\^`]+/gi,
  /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,8}/g,
  /(?<![\w./])(?:doi:\s?)?10\.\d{4,9}\/[^\s<>"{}|\\^`]+/gi,
];

/** Masks for the addresses in `source`, and for characters that were read in a wrong encoding. */
export function addressMasks(source: string): Mask[] {
  const found = masksOf(source, addresses).map((mask): Mask => ({
    start: mask.start,
    end: endOfAddress(source, mask),
  }));
  const garbled = mojibakeMasks(source);
  return garbled.length === 0 ? found : ordered([...found, ...garbled]);
}

/**
 * Masks for all matches of `patterns`. If a pattern has a group, the content of the first group is shown instead of
 * the match; otherwise the match is removed.
 */
export function masksOf(source: string, patterns: readonly RegExp[]): Mask[] {
  const masks: Mask[] = [];
  for (const pattern of patterns) {
    for (const match of source.matchAll(pattern)) {
      if (match[0] === '') continue;
      const place = { start: match.index, end: match.index + match[0].length };
      masks.push(match[1] === undefined ? place : { ...place, prose: match[1] });
    }
  }
  return ordered(masks);
}

/**
 * Sorts masks and removes overlaps: of two that overlap the earlier one is kept, of two at the same place the longer
 * one.
 */
export function ordered(masks: readonly Mask[]): Mask[] {
  const kept: Mask[] = [];
  let lastEnd = 0;
  for (const mask of [...masks].sort(bySpan)) {
    if (mask.start < lastEnd) continue;
    kept.push(mask);
    lastEnd = mask.end;
  }
  return kept;
}

/** `masks`, and those of the others that overlap none of them. Both must be sorted, without overlaps. */
export function mergedMasks(masks: readonly Mask[], others: readonly Mask[]): Mask[] {
  let next = 0;
  const free = others.filter(({ start, end }) => {
    while ((masks[next]?.end ?? Infinity) <= start) next += 1;
    return end <= (masks[next]?.start ?? Infinity);
  });
  return ordered([...masks, ...free]);
}

/**
 * The end of an address. Punctuation at its end belongs to the sentence, and so does a closing bracket without an
 * opening one in the address.
 */
function endOfAddress(source: string, mask: Mask): number {
  let end = mask.end;
  const first = source.slice(mask.start, end);
  let surplus = count(first, ')') - count(first, '(');
  for (; end > mask.start + 1; end -= 1) {
    const last = source.charAt(end - 1);
    if (last === ')' ? surplus <= 0 : !/[.,;:!?\]*_~$]/.test(last)) break;
    if (last === ')') surplus -= 1;
  }
  return end;
}

function count(text: string, character: string): number {
  let occurrences = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) occurrences += 1;
  return occurrences;
}
