import { logSumExp } from '../tensors/logSumExp';
import { findAbbreviations } from '../text/abbreviations';
import type { Calibration, PassageAnswer, Span } from '../types';
import { askedWords, type AskedWords, crossesSentences, saysNothing, trimPlace } from './answerRules';
import { byMargin, type Place } from './spans';

/** Logits beyond it are cut off, here and where the calibration is fitted. */
const largestLogit = 13;

/** An answer with all its places, best first. */
export interface FoldedAnswer {
  readonly text: string;
  /** Logarithm of the sum of the places' odds: evidence in several passages adds up. */
  readonly score: number;
  readonly places: readonly [Place, ...Place[]];
}

/** What folding has to know of a question and the texts that are read for it. */
export interface FoldContext {
  readonly texts: readonly string[];
  readonly asked: AskedWords;
  /** Keys of abbreviations that the texts introduce → keys of what they stand for. */
  readonly fullKeys: ReadonlyMap<string, string>;
}

export function foldContext(question: string, texts: readonly string[]): FoldContext {
  return { texts, asked: askedWords(question), fullKeys: fullKeysOf(texts) };
}

/**
 * Makes one answer of places with the same text, whatever its letter case and marks, and of an abbreviation and what
 * it stands for; of places that overlap in a passage, the best stays, and is not listed where it says nothing (see
 * answerRules.ts). Most probable first.
 */
export function foldPlaces(
  places: readonly Place[],
  { texts, asked, fullKeys }: FoldContext,
): FoldedAnswer[] {
  const kept = new Map<number, Place[]>();
  const groups = new Map<string, [Place, ...Place[]]>();
  for (const found of [...places].sort(byMargin)) {
    const place = trimPlace(found, texts[found.passage] ?? '');
    const text = textOf(place, texts);
    const own = kept.get(place.passage) ?? [];
    if (crossesSentences(text)) continue;
    if (own.some((other) => place.start < other.end && other.start < place.end)) continue;
    kept.set(place.passage, [...own, place]);
    if (saysNothing(text, asked)) continue;
    const ownKey = answerKey(text);
    const key = fullKeys.get(ownKey) ?? ownKey;
    const group = groups.get(key);
    if (group) group.push(place);
    else if (key !== '') groups.set(key, [place]);
  }
  return [...groups.values()]
    .map((group) => ({
      text: textOf(group[0], texts),
      score: logSumExp(group.map(({ margin }) => margin)),
      places: group,
    }))
    .sort((a, b) => b.score - a.score);
}

/** The first definition of an abbreviation holds. */
function fullKeysOf(texts: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const text of texts) {
    for (const { short, long } of findAbbreviations(text)) {
      const key = answerKey(text.slice(short.start, short.end));
      if (!found.has(key)) found.set(key, answerKey(text.slice(long.start, long.end)));
    }
  }
  return found;
}

/** What makes two answers the same: letters and digits in lower case, without a leading article. */
export function answerKey(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/^(?:the|an?) (?=.)/, '');
}

function textOf({ passage, start, end }: Place, texts: readonly string[]): string {
  return (texts[passage] ?? '').slice(start, end);
}

/** Platt scaling of a score that is a logit already. */
export function scoreProbability(score: number, { scale, offset }: Calibration): number {
  const logit = Math.max(-largestLogit, Math.min(largestLogit, score));
  return 1 / (1 + Math.exp(-(scale * logit + offset)));
}

export interface AnswerChoice {
  readonly maxAnswers: number;
  readonly minProbability: number;
  /** Whether the best is shown, however improbable. */
  readonly keepsBest: boolean;
  readonly calibration: Calibration;
  /** Sentences of each passage, by its index. */
  readonly sentencesOf: (passage: number) => readonly Span[];
}

/** The answers that are shown, with their probabilities and sentences. */
export function chooseAnswers(
  folded: readonly FoldedAnswer[],
  { maxAnswers, minProbability, keepsBest, calibration, sentencesOf }: AnswerChoice,
): PassageAnswer[] {
  return folded
    .slice(0, maxAnswers)
    .map(({ text, score, places: [best, ...others] }) => ({
      passage: best.passage,
      start: best.start,
      end: best.end,
      text,
      probability: scoreProbability(score, calibration),
      sentence: sentenceOf(best, sentencesOf(best.passage)),
      alsoIn: others.map(({ passage, start, end }) => ({ passage, start, end })),
    }))
    .filter(({ probability }, rank) => probability >= minProbability || (keepsBest && rank === 0));
}

/** The sentence that holds the start of a span, widened where the span goes on beyond it. */
function sentenceOf({ start, end }: Span, sentences: readonly Span[]): Span {
  const first = sentences.findLast((sentence) => sentence.start <= start);
  const last = sentences.find((sentence) => sentence.end >= end);
  return { start: Math.min(first?.start ?? start, start), end: Math.max(last?.end ?? end, end) };
}
