/**
 * Rules for which spans may be answers, independent of the scores of the model. Training decodes by the same rules
 * (`models/training/questions/predict.py`). They were chosen on held-out questions, see the model card.
 */
import type { AnswerSpan } from './spans';
import { isStopWord } from './terms';

const leadingMark = /[\s.,;:!?"'`“”‘’•)\]}]/u;
const trailingMark = /[\s.,;:!?"'`“”‘’•([{]/u;
const brackets = { '(': ')', '[': ']', '{': '}' } as const;

/**
 * Matches the end of a sentence and the start of the next. `St. John's wort` and `E. coli` do not match: each is one
 * name.
 */
const sentenceBreak = /[\p{Ll}\p{N}]{3}[.!?]\s+\p{Lu}/u;
const denials = new Set(['not', 'no', 'nor', 'none']);

/** Removes punctuation at both ends of a span, and a bracket there whose partner is outside the span. */
export function trimSpan(span: AnswerSpan, text: string): AnswerSpan {
  let { start, end } = span;
  const at = (index: number): string => text.charAt(index);
  while (start < end && leadingMark.test(at(start))) start++;
  while (start < end && trailingMark.test(at(end - 1))) end--;
  const inside = text.slice(start, end);
  for (const [open, close] of Object.entries(brackets)) {
    const surplus = inside.split(open).length - inside.split(close).length;
    if (surplus < 0 && inside.endsWith(close)) end--;
    if (surplus > 0 && inside.startsWith(open)) start++;
  }
  return { ...span, start, end };
}

/** Removes what follows a space and a bracket that is not closed within the span: `18 (15%` is 18. */
export function cutAtBracket(span: AnswerSpan, text: string): AnswerSpan {
  const inside = text.slice(span.start, span.end);
  const open = /^(.+?)\s+[([][^)\]]*$/su.exec(inside)?.[1];
  if (open !== undefined && isBalanced(open)) return { ...span, end: span.start + open.length };
  const closed = /^([^([]+?)[)\]][,;:]?\s/u.exec(inside)?.[1];
  return closed === undefined ? span : { ...span, end: span.start + closed.length };
}

function isBalanced(text: string): boolean {
  return text.split(/[([]/).length === text.split(/[)\]]/).length;
}

/** Whether a span continues from one sentence into the next. */
export function crossesSentences(text: string): boolean {
  return sentenceBreak.test(text);
}

/** The words of a question, which cannot be answers by themselves. */
export interface QuestionWords {
  /** The words in lower case. */
  readonly words: ReadonlySet<string>;
  /** Whether the question offers a choice ("A or B?"), so that the answer is one of its own words. */
  readonly isChoice: boolean;
}

export function questionWords(question: string): QuestionWords {
  const words = wordsOf(question);
  return { words: new Set(words), isChoice: words.includes('or') };
}

/** Whether a text contains only words without content ("not", "which of the") or only repeats the question. */
export function hasNoContent(text: string, { words, isChoice }: QuestionWords): boolean {
  const contentWords = wordsOf(text).filter((word) => !isStopWord(word) && !denials.has(word));
  const isAsked = (word: string) => words.has(word) || words.has(`${word}s`);
  return contentWords.length === 0 || (!isChoice && contentWords.every(isAsked));
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
