import type { Span } from '../types';

/** A text with each stretch of white space as one blank, and where its characters went. */
export interface FoldedText {
  readonly text: string;
  /** `place[i]` is where character `i` of the source went; one more entry than characters, for ends. */
  readonly place: readonly number[];
}

export function foldWhiteSpace(source: string): FoldedText {
  const place: number[] = [];
  let text = '';
  for (const character of source.split('')) {
    place.push(text.length);
    if (!/\s/.test(character)) text += character;
    else if (text !== '' && !text.endsWith(' ')) text += ' ';
  }
  text = text.trimEnd();
  place.push(text.length);
  return { text, place: place.map((at) => Math.min(at, text.length)) };
}

/** Where a stretch of the folded text, not empty, stands in its source. */
export function unfold({ place }: FoldedText, { start, end }: Span): Span {
  return { start: place.lastIndexOf(start), end: place.lastIndexOf(end - 1) + 1 };
}

/** Every place where a sentence stands word for word, however its words are parted. */
export function findWords(text: string, sentence: string): readonly Span[] {
  const words = sentence
    .trim()
    .split(/\s+/)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  if (words.join('') === '') return [];
  const found = text.matchAll(new RegExp(words.join(String.raw`\s+`), 'g'));
  return [...found].map(({ index, 0: match }) => ({ start: index, end: index + match.length }));
}
