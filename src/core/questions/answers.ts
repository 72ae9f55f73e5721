import { logSumExp } from '../tensors/logSumExp';
import { sigmoid } from '../tensors/sigmoid';
import { findAbbreviations } from '../text/abbreviations';
import type { Calibration, PassageAnswer, Span } from '../types';
import { questionWords, type QuestionWords, crossesSentences, hasNoContent, trimSpan } from './answerRules';
import { byMargin, type AnswerSpan } from './spans';

/** Logits are clipped to this absolute value, here and where the calibration is fitted. */
const maxAbsoluteLogit = 13;

/** An answer with all its occurrences, best first. */
export interface MergedAnswer {
  readonly text: string;
  /** Logarithm of the sum of the odds of all occurrences, so that evidence from several passages adds up. */
  readonly score: number;
  readonly occurrences: readonly [AnswerSpan, ...AnswerSpan[]];
}

/** The data about a question and its passages that {@link mergeSpans} needs. */
export interface MergeContext {
  readonly texts: readonly string[];
  readonly questionWords: QuestionWords;
  /** Keys of abbreviations that the passages introduce, mapped to the keys of their long forms. */
  readonly longFormKeys: ReadonlyMap<string, string>;
}

export function mergeContext(question: string, texts: readonly string[]): MergeContext {
  return { texts, questionWords: questionWords(question), longFormKeys: longFormKeysOf(texts) };
}

/**
 * Merges spans into answers. Spans with the same text, apart from letter case and punctuation, are one answer, and so
 * are an abbreviation and its long form. Of spans that overlap in a passage only the best is kept; if it says nothing
 * (see answerRules.ts), it is not an answer. The most probable answer comes first.
 */
export function mergeSpans(
  spans: readonly AnswerSpan[],
  { texts, questionWords, longFormKeys }: MergeContext,
): MergedAnswer[] {
  const kept = new Map<number, AnswerSpan[]>();
  const groups = new Map<string, [AnswerSpan, ...AnswerSpan[]]>();
  for (const span of [...spans].sort(byMargin)) {
    const trimmed = trimSpan(span, texts[span.passage] ?? '');
    const text = textOf(trimmed, texts);
    const keptInPassage = kept.get(trimmed.passage) ?? [];
    if (crossesSentences(text)) continue;
    if (keptInPassage.some((other) => trimmed.start < other.end && other.start < trimmed.end)) continue;
    kept.set(trimmed.passage, [...keptInPassage, trimmed]);
    if (hasNoContent(text, questionWords)) continue;
    const textKey = answerKey(text);
    const key = longFormKeys.get(textKey) ?? textKey;
    const group = groups.get(key);
    if (group) group.push(trimmed);
    else if (key !== '') groups.set(key, [trimmed]);
  }
  return [...groups.values()]
    .map((group) => ({
      text: textOf(group[0], texts),
      score: logSumExp(group.map(({ margin }) => margin)),
      occurrences: group,
    }))
    .sort((a, b) => b.score - a.score);
}

/** If an abbreviation is defined several times, the first definition is used. */
function longFormKeysOf(texts: readonly string[]): Map<string, string> {
  const longFormKeys = new Map<string, string>();
  for (const text of texts) {
    for (const { short, long } of findAbbreviations(text)) {
      const key = answerKey(text.slice(short.start, short.end));
      if (!longFormKeys.has(key)) longFormKeys.set(key, answerKey(text.slice(long.start, long.end)));
    }
  }
  return longFormKeys;
}

/** Equal for answers that count as the same: letters and digits in lower case, without a leading article. */
function answerKey(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/^(?:the|an?) (?=.)/, '');
}

function textOf({ passage, start, end }: AnswerSpan, texts: readonly string[]): string {
  return (texts[passage] ?? '').slice(start, end);
}

/** Platt scaling of a score that is already a logit. */
export function scoreProbability(score: number, { scale, offset }: Calibration): number {
  const logit = Math.max(-maxAbsoluteLogit, Math.min(maxAbsoluteLogit, score));
  return sigmoid(scale * logit + offset);
}

export interface AnswerSelection {
  readonly maxAnswers: number;
  readonly minProbability: number;
  /** Whether the best answer is shown even if it is below `minProbability`. */
  readonly alwaysKeepsBest: boolean;
  readonly calibration: Calibration;
  /** Returns the sentences of a passage, by its index. */
  readonly sentencesOf: (passage: number) => readonly Span[];
}

/** The answers to show, with their probabilities and sentences. */
export function selectAnswers(
  answers: readonly MergedAnswer[],
  { maxAnswers, minProbability, alwaysKeepsBest, calibration, sentencesOf }: AnswerSelection,
): PassageAnswer[] {
  return answers
    .slice(0, maxAnswers)
    .map(({ text, score, occurrences: [best, ...others] }) => ({
      passage: best.passage,
      start: best.start,
      end: best.end,
      text,
      probability: scoreProbability(score, calibration),
      sentence: sentenceOf(best, sentencesOf(best.passage)),
      otherOccurrences: others.map(({ passage, start, end }) => ({ passage, start, end })),
    }))
    .filter(({ probability }, rank) => probability >= minProbability || (alwaysKeepsBest && rank === 0));
}

/** The sentence that contains the start of a span, extended if the span continues beyond it. */
function sentenceOf({ start, end }: Span, sentences: readonly Span[]): Span {
  const first = sentences.findLast((sentence) => sentence.start <= start);
  const last = sentences.find((sentence) => sentence.end >= end);
  return { start: Math.min(first?.start ?? start, start), end: Math.max(last?.end ?? end, end) };
}
