/** Finds the keywords of a review in a text. */
import type { Span } from '../types';
import type { KeywordGroup } from './reviewData';

/**
 * Finds the words of a group in a text. A word matches whole words without regard to case. `*` at the end of a word
 * stands for any ending, and a blank in a phrase for blanks, a line break or a hyphen.
 *
 * @returns Spans of `text` in its order. Matches that overlap are one span.
 * @example
 * keywordSpans({ name: 'Design', words: ['random*', 'double blind'] }, 'A randomised, double-blind trial');
 * // 'randomised' and 'double-blind'
 */
export function keywordSpans({ words }: KeywordGroup, text: string): readonly Span[] {
  const spans = words.flatMap((word) => wordSpans(word, text)).sort((a, b) => a.start - b.start);
  const merged: Span[] = [];
  for (const span of spans) {
    const last = merged.at(-1);
    if (last && span.start < last.end)
      merged.splice(-1, 1, { start: last.start, end: Math.max(last.end, span.end) });
    else merged.push(span);
  }
  return merged;
}

/** A keyword as it is stored: one blank between words. Undefined if it has no letter or digit. */
export function keyword(text: string): string | undefined {
  const word = text.trim().replace(/\s+/gu, ' ');
  return /[\p{L}\p{N}]/u.test(word) ? word : undefined;
}

/** Adds a word to the group of a name, which is created if there is none. Nothing changes if the group has the word. */
export function withKeyword(
  groups: readonly KeywordGroup[],
  name: string,
  text: string,
): readonly KeywordGroup[] {
  const word = keyword(text);
  if (word === undefined) return groups;
  if (!groups.some((group) => group.name === name)) return [...groups, { name, words: [word] }];
  return groups.map((group) => {
    const hasWord = group.words.some((each) => each.toLowerCase() === word.toLowerCase());
    return group.name === name && !hasWord ? { ...group, words: [...group.words, word] } : group;
  });
}

function wordSpans(word: string, text: string): readonly Span[] {
  const stored = keyword(word);
  if (stored === undefined) return [];
  const phrase = stored
    .split(' ')
    .map(partPattern)
    .join(String.raw`(?:\s+|\s*[-‐‑–]\s*)`);
  const pattern = new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${phrase})(?![\p{L}\p{N}])`, 'giu');
  return Array.from(text.matchAll(pattern), ({ 0: found, index }) => ({
    start: index,
    end: index + found.length,
  }));
}

function partPattern(part: string): string {
  const hasAnyEnding = part.endsWith('*') && part !== '*';
  const literal = (hasAnyEnding ? part.slice(0, -1) : part).replace(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`);
  return hasAnyEnding ? String.raw`${literal}[\p{L}\p{N}]*` : literal;
}
