/**
 * What may stand in a list of answers, whatever a model thinks of it. Training decodes by the same rules
 * (`models/training/questions/predict.py`); they were chosen on held-out questions, see the model's card.
 */
import type { Place } from './spans';
import { isStopWord } from './terms';

const leadingMark = /[\s.,;:!?"'`“”‘’•)\]}]/u;
const trailingMark = /[\s.,;:!?"'`“”‘’•([{]/u;
const brackets = { '(': ')', '[': ']', '{': '}' } as const;

/** A sentence ends in it and another begins; `St. John's wort` and `E. coli` are one name. */
const sentenceBreak = /[\p{Ll}\p{N}]{3}[.!?]\s+\p{Lu}/u;
const denials = new Set(['not', 'no', 'nor', 'none']);

/** The place without marks at its edges, and without a bracket there whose partner is outside. */
export function trimPlace(place: Place, text: string): Place {
  let { start, end } = place;
  const at = (index: number): string => text.charAt(index);
  while (start < end && leadingMark.test(at(start))) start++;
  while (start < end && trailingMark.test(at(end - 1))) end--;
  const inside = text.slice(start, end);
  for (const [open, close] of Object.entries(brackets)) {
    const surplus = inside.split(open).length - inside.split(close).length;
    if (surplus < 0 && inside.endsWith(close)) end--;
    if (surplus > 0 && inside.startsWith(open)) start++;
  }
  return { ...place, start, end };
}

/** Whether a span runs on from one sentence into the next. */
export function crossesSentences(text: string): boolean {
  return sentenceBreak.test(text);
}

/** What a question takes away from its answers. */
export interface AskedWords {
  /** In lower case. */
  readonly words: ReadonlySet<string>;
  /** "A or B?": the answer stands in the question. */
  readonly isChoice: boolean;
}

export function askedWords(question: string): AskedWords {
  const words = wordsOf(question);
  return { words: new Set(words), isChoice: words.includes('or') };
}

/** Whether a text has no word but such as say nothing ("not", "which of the") or only repeats the question. */
export function saysNothing(text: string, { words, isChoice }: AskedWords): boolean {
  const telling = wordsOf(text).filter((word) => !isStopWord(word) && !denials.has(word));
  return telling.length === 0 || (!isChoice && telling.every((word) => words.has(word)));
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
