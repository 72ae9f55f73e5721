import type { Mask } from './segmentBuilder';

/**
 * Web and mail addresses and DOIs are names of documents, not prose, whatever the markup. Each alternative begins
 * only where no character of its own kind stands before and its parts are bounded, so that the search is linear.
 */
const addresses = [
  /\b(?:https?|ftp):\/\/[^\s<>"'{}|\\^`]+/gi,
  /(?<![\w.@/])www\.[^\s<>"'{}|\\^`]+/gi,
  /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,8}/g,
  /(?<![\w./])(?:doi:\s?)?10\.\d{4,9}\/[^\s<>"{}|\\^`]+/gi,
];

/** The addresses in `source`. */
export function addressMasks(source: string): Mask[] {
  return masksOf(source, addresses).map((mask) => ({ start: mask.start, end: endOfAddress(source, mask) }));
}

/** All matches of `patterns`, left out. A pattern's first group, if it has one, is what the reader sees instead. */
export function masksOf(source: string, patterns: readonly RegExp[]): Mask[] {
  const found: Mask[] = [];
  for (const pattern of patterns) {
    for (const match of source.matchAll(pattern)) {
      if (match[0] === '') continue;
      const place = { start: match.index, end: match.index + match[0].length };
      found.push(match[1] === undefined ? place : { ...place, prose: match[1] });
    }
  }
  return ordered(found);
}

/** In order of place; of two that overlap the earlier, at the same place the longer. */
export function ordered(masks: readonly Mask[]): Mask[] {
  const kept: Mask[] = [];
  let passed = 0;
  for (const mask of [...masks].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (mask.start < passed) continue;
    kept.push(mask);
    passed = mask.end;
  }
  return kept;
}

/** Punctuation at the end of an address belongs to the sentence, and so does a bracket that it did not open. */
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
  let found = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) found += 1;
  return found;
}
