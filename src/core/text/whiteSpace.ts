import type { Span } from '../types';

/** A text in which each run of white space is one space, with the new position of each character. */
export interface FoldedText {
  readonly text: string;
  /**
   * `place[i]` is the position of character `i` of the source in `text`. There is one more entry than characters, for
   * ends.
   */
  readonly positions: readonly number[];
}

export function foldWhiteSpace(source: string): FoldedText {
  const positions: number[] = [];
  const characters: string[] = [];
  for (const character of source.split('')) {
    positions.push(characters.length);
    if (!/\s/.test(character)) characters.push(character);
    else if ((characters.at(-1) ?? ' ') !== ' ') characters.push(' ');
  }
  const text = characters.join('').trimEnd();
  positions.push(text.length);
  return { text, positions: positions.map((at) => Math.min(at, text.length)) };
}

/** Maps a non-empty span of the folded text to its source. */
export function unfold({ positions }: FoldedText, { start, end }: Span): Span {
  return { start: positions.lastIndexOf(start), end: positions.lastIndexOf(end - 1) + 1 };
}

/** All occurrences of a sentence, with any white space between its words. */
export function findWords(text: string, sentence: string): readonly Span[] {
  const words = sentence
    .trim()
    .split(/\s+/)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  if (words.join('') === '') return [];
  const matches = text.matchAll(new RegExp(words.join(String.raw`\s+`), 'g'));
  return [...matches].map(({ index, 0: match }) => ({ start: index, end: index + match.length }));
}
