import { overlaps } from '../spanOrder';
import { logSumExp } from '../tensors/logSumExp';
import { sigmoid } from '../tensors/sigmoid';
import { findAbbreviations } from '../text/abbreviations';
import type { Calibration, PassageAnswer, Span } from '../types';
import { commonest } from '../mostFrequent';
import { splitEnumeration } from './enumeratedAnswers';
import {
  questionWords,
  type QuestionWords,
  crossesSentences,
  hasNoContent,
  trimSpan,
  cutAtBracket,
} from './answerRules';
import { byMargin, type AnswerSpan } from './spans';

/** Logits are clipped to this absolute value, here and where the calibration is fitted. */
const maxAbsoluteLogit = 13;

/** How much lower than the best one the score of an occurrence may be that is shown because its name is more frequent. */
const maxShownDifference = 3;

/** An answer with all its occurrences: first the best one that has the shown name, then the others, best first. */
export interface MergedAnswer {
  /** The most frequent of its names. */
  readonly text: string;
  /** Its other names, as the passages spell them. */
  readonly otherNames: readonly string[];
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
  /** Judges spans by the words around them. Default: the score of the model counts alone. */
  readonly judge?: SpanJudge | undefined;
  /** Whether a span that names several things is divided. */
  readonly isList: boolean;
}

/** Judges a span by the words around it. */
export interface SpanJudge {
  /** The number to add to its score; -Infinity if it is no answer. */
  readonly adjustment: (span: AnswerSpan) => number;
  /** The concept that it names. */
  readonly conceptOf: (span: AnswerSpan) => string | undefined;
  /** The part of the logit of "there is an answer" that depends on its sentence. */
  readonly support: (span: AnswerSpan) => number | undefined;
  /** The span, or the whole name of which it is a part. */
  readonly completed: (span: AnswerSpan) => AnswerSpan;
}

export interface MergeOptions {
  readonly judge?: SpanJudge | undefined;
  readonly isList?: boolean | undefined;
}

export function mergeContext(
  question: string,
  texts: readonly string[],
  { judge, isList = false }: MergeOptions = {},
): MergeContext {
  return {
    texts,
    questionWords: questionWords(question),
    longFormKeys: longFormKeysOf(texts),
    judge,
    isList,
  };
}

/**
 * Merges spans into answers. Spans with the same text, apart from letter case and punctuation, are one answer, and so
 * are an abbreviation and its long form, and the names of one concept. Of spans that overlap in a passage only the best
 * is kept; if it says nothing (see answerRules.ts), it is not an answer. The most probable answer comes first.
 */
export function mergeSpans(spans: readonly AnswerSpan[], context: MergeContext): MergedAnswer[] {
  const kept = new Map<number, AnswerSpan[]>();
  const groups = new Map<string, [AnswerSpan, ...AnswerSpan[]]>();
  for (const span of judgedSpans(spans, context)) {
    const text = textOf(span, context.texts);
    const keptInPassage = kept.get(span.passage) ?? [];
    if (keptInPassage.some((other) => overlaps(span, other))) continue;
    kept.set(span.passage, [...keptInPassage, span]);
    if (hasNoContent(text, context.questionWords)) continue;
    const key = keyOf(span, text, context);
    const group = groups.get(key);
    if (group) group.push(span);
    else if (key !== '') groups.set(key, [span]);
  }
  return [...groups.values()].map((group) => mergedAnswer(group, context)).sort((a, b) => b.score - a.score);
}

/** The spans that may be answers, trimmed and scored again, best first. */
function judgedSpans(
  spans: readonly AnswerSpan[],
  { texts, judge, isList }: MergeContext,
): readonly AnswerSpan[] {
  const judged = spans.flatMap((span) => {
    const passage = texts[span.passage] ?? '';
    const trimmed = judge ? cutAtBracket(trimSpan(span, passage), passage) : trimSpan(span, passage);
    if (crossesSentences(textOf(trimmed, texts))) return [];
    const isSeveral = isList && judge !== undefined && judge.conceptOf(trimmed) === undefined;
    const members = isSeveral ? splitEnumeration(trimmed, passage) : [trimmed];
    return members
      .map((member) => judge?.completed(member) ?? member)
      .map((member) => ({ ...member, margin: member.margin + (judge?.adjustment(member) ?? 0) }))
      .filter(({ margin }) => margin > -Infinity);
  });
  return judged.sort(byMargin);
}

function keyOf(span: AnswerSpan, text: string, { longFormKeys, judge }: MergeContext): string {
  const concept = judge?.conceptOf(span);
  if (concept !== undefined) return `concept ${concept}`;
  const textKey = answerKey(text);
  return longFormKeys.get(textKey) ?? textKey;
}

function mergedAnswer(
  group: readonly [AnswerSpan, ...AnswerSpan[]],
  { texts, judge }: MergeContext,
): MergedAnswer {
  const keyOfSpan = (span: AnswerSpan) => answerKey(textOf(span, texts));
  const good = group.filter(({ margin }) => margin > group[0].margin - maxShownDifference);
  const shown = (judge && commonest(good, keyOfSpan)) ?? group[0];
  const text = textOf(shown, texts);
  const others = new Map(group.map((span) => [keyOfSpan(span), textOf(span, texts)] as const));
  others.delete(keyOfSpan(shown));
  return {
    text,
    otherNames: [...others.values()],
    score: logSumExp(group.map(({ margin }) => margin)),
    occurrences: [shown, ...group.filter((span) => span !== shown)],
  };
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
export function scoreProbability(score: number, calibration: Calibration): number {
  return sigmoid(calibratedLogit(score, calibration));
}

function calibratedLogit(score: number, { scale, offset }: Calibration): number {
  return scale * Math.max(-maxAbsoluteLogit, Math.min(maxAbsoluteLogit, score)) + offset;
}

/** The weight of the score of the best answer beside what its sentence says, fitted with it: see `AnswerJudge`. */
const scoreWeight = 0.43;

/** The probability that there is an answer, from the best one. */
export function answerableProbability(
  best: MergedAnswer | undefined,
  calibration: Calibration,
  judge: SpanJudge | undefined,
): number {
  if (best === undefined) return 0;
  const logit = calibratedLogit(best.score, calibration);
  const support = judge?.support(best.occurrences[0]);
  return sigmoid(support === undefined ? logit : scoreWeight * logit + support);
}

/**
 * If one answer is right, the others are wrong: what is added to the logit of the first, second and later answers to a
 * question for one thing. Fitted on the reliability of each rank on 12b and the training set of 6b.
 */
const rankOffsets = [-0.4, -1.3];
const laterRankOffset = -1.9;

export interface AnswerSelection {
  readonly maxAnswers: number;
  readonly minProbability: number;
  /** The smallest share of the probability of the best answer that another one needs. */
  readonly minShareOfBest: number;
  /** Whether the best answer is shown even if it is below `minProbability`. */
  readonly alwaysKeepsBest: boolean;
  /** The minimum probability of the best answer in this case. */
  readonly minKept: number;
  readonly calibration: Calibration;
  /** Whether only one answer can be right. */
  readonly isSingle: boolean;
  /** Returns the sentences of a passage, by its index. */
  readonly sentencesOf: (passage: number) => readonly Span[];
}

/** The answers to show, with their probabilities and sentences. */
export function selectAnswers(answers: readonly MergedAnswer[], options: AnswerSelection): PassageAnswer[] {
  const {
    maxAnswers,
    minProbability,
    minShareOfBest,
    alwaysKeepsBest,
    minKept,
    calibration,
    isSingle,
    sentencesOf,
  } = options;
  const probabilityAt = (score: number, rank: number) => {
    const shift = isSingle ? (rankOffsets[rank] ?? laterRankOffset) : 0;
    return scoreProbability(score, { ...calibration, offset: calibration.offset + shift });
  };
  const [first] = answers;
  const best = first ? probabilityAt(first.score, 0) : 0;
  const minimum = Math.max(minProbability, minShareOfBest * best);
  return answers
    .slice(0, maxAnswers)
    .map(({ text, otherNames, score, occurrences: [shown, ...others] }, rank) => ({
      passage: shown.passage,
      start: shown.start,
      end: shown.end,
      text,
      otherNames,
      probability: probabilityAt(score, rank),
      sentence: sentenceOf(shown, sentencesOf(shown.passage)),
      otherOccurrences: others.map(({ passage, start, end }) => ({ passage, start, end })),
    }))
    .filter(({ probability }, rank) => probability >= (alwaysKeepsBest && rank === 0 ? minKept : minimum));
}

/** The sentence that contains the start of a span, extended if the span continues beyond it. */
function sentenceOf({ start, end }: Span, sentences: readonly Span[]): Span {
  const first = sentences.findLast((sentence) => sentence.start <= start);
  const last = sentences.find((sentence) => sentence.end >= end);
  return { start: Math.min(first?.start ?? start, start), end: Math.max(last?.end ?? end, end) };
}
