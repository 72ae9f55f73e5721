/** The words of a question that describe what it asks about, and where a text has them. */
import { matchSpans } from '../text/matchSpans';
import type { Span } from '../types';
import { isStopWord } from './terms';

/** A word of a text, reduced to its stem. */
export interface TextTerm extends Span {
  readonly stem: string;
}

/** A word of a question that an answering sentence is expected to share. */
export interface QuestionTerm {
  readonly stem: string;
  /** How much the word says about the subject of the question. */
  readonly weight: number;
}

const minStem = 4;
const endings = /(?:ations?|ions?|ments?|ors?|ings?|als?|ics?|ity|ies|ly|ed|es|er|s|e|y)$/;

/** Reduces a word to a stem, so that `reverses`, `reversed` and `reversal` are one term. */
export function stemOf(word: string): string {
  const lower = word.toLowerCase();
  if (lower.length <= minStem || /\d/.test(lower)) return lower;
  const stem = lower.replace(endings, '');
  return stem.length >= minStem ? stem : lower;
}

/** Words that only ask. */
const askingStems = new Set(
  'many much type kind class list please describ give enumerat mention following'.split(' ').map(stemOf),
);

/**
 * Words that ask or that occur in most questions. They say little about the subject: a sentence need not have them to
 * answer.
 */
const commonStems = new Set(
  (
    'many much long old often large high far type kind class name main major common usual typical most best first ' +
    'associat relat involv involve role function effect known caus patient people subject person human study trial ' +
    'drug medicat medicin compound agent gene protein enzym diseas disorder syndrom condit treatment therapy treat ' +
    'year country when approxim current current recommend averag mean median number proport percentag rate not group ' +
    'indicat target symptom sign manag option clinical available different mode list please describ give enumerat ' +
    'also other such same new year done conduct perform carri made found report describ studi take place set'
  )
    .split(' ')
    .map(stemOf),
);

const commonWeight = 0.4;
const nameWeight = 2;

/** The words of a text without stop words, in order. */
export function termsIn(text: string): TextTerm[] {
  return matchSpans(text, /[\p{L}\p{N}]+/gu).flatMap((span) => {
    const word = text.slice(span.start, span.end);
    return isStopWord(word.toLowerCase()) ? [] : [{ ...span, stem: stemOf(word) }];
  });
}

/** The terms of a question, each once. Names, which have digits or capitals, count more. */
export function questionTerms(question: string): QuestionTerm[] {
  const terms = new Map<string, number>();
  for (const { stem, start, end } of termsIn(question)) {
    if (askingStems.has(stem)) continue;
    const isName = /\p{N}|\p{Lu}/u.test(question.slice(start === 0 ? 1 : start, end));
    const weight = isName ? nameWeight : commonStems.has(stem) ? commonWeight : 1;
    terms.set(stem, Math.max(weight, terms.get(stem) ?? 0));
  }
  return [...terms].map(([stem, weight]) => ({ stem, weight }));
}
