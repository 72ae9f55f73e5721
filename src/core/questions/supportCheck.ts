/**
 * Checks answers with the stance model. The reader chooses the span of a sentence that fits the question best, whether or
 * not the sentence says it: `aspirin activates AMPK` has an answer to "What inhibits AMPK?". So each answer is made a claim,
 * and the score of a span depends on whether its sentence supports that.
 */
import { overlaps } from '../spanOrder';
import type { QuestionKind, Span } from '../types';
import type { MergedAnswer } from './answers';
import { answeredClaim } from './answeredClaim';
import { claimForm } from './claimForm';
import { type ClaimParts, type PosedSentence, readStances } from './claimRun';
import { claimSentences } from './claimSentences';
import type { NameReader } from './passageNames';
import type { AnswerSpan } from './spans';

/**
 * The weight of the log-odds of "the sentence supports it" in the score of a span, in the unit of its logits, and how far
 * the log-odds that change nothing follow the best ones: the members of a list are often supported as little as each
 * other, because no sentence has all words of the question. Chosen on 60 questions of each kind of 12b and on 58 questions
 * over a folder of 220 abstracts.
 */
const scales: Readonly<Record<QuestionKind, { readonly weight: number; readonly ofBest: number }>> = {
  factoid: { weight: 1.3, ofBest: 0 },
  list: { weight: 1, ofBest: 0.5 },
  yesno: { weight: 0, ofBest: 0 },
};

/** The log-odds that change nothing, unless those of all answers are lower. */
const even = 1.1;

/** Limits of the probability, so that no answer is certain. */
const [least, most] = [0.02, 0.97];

export interface CheckedInput {
  readonly kind: QuestionKind;
  readonly texts: readonly string[];
  /** The question as it is put to a passage. */
  readonly questionOf: (passage: number) => string;
  /** Finds the names of concepts. A passage is read again for each claim, so it should remember. */
  readonly names?: NameReader | undefined;
}

interface CheckedSpan extends Span {
  readonly passage: number;
  /** The text of the span in small letters. */
  readonly text: string;
  /** The log-odds that its sentence supports it. */
  readonly logOdds: number;
}

/** The answers to one question that have been checked so far. */
export class SupportCheck {
  private readonly checked: CheckedSpan[] = [];

  constructor(private readonly input: CheckedInput) {}

  /**
   * The number to add to the score of a span. One that has not been checked counts like one that overlaps it. Otherwise it
   * loses half of what those with its text lost, or all of them: so a name that occurs in many passages, or that comes up
   * when the others fall, is no better answer for that, and still another sentence of a name has its turn.
   */
  adjustment(span: AnswerSpan): number {
    const own = this.checked.find((other) => isSame(other, span));
    if (own) return this.meanOf([own]);
    const near = this.checked.filter((other) => other.passage === span.passage && overlaps(other, span));
    if (near.length > 0) return this.meanOf(near);
    const text = this.textOf(span);
    const alike = this.checked.filter((other) => other.text === text);
    return Math.min(0, this.meanOf(alike.length > 0 ? alike : this.checked)) / 2;
  }

  /**
   * Checks the shown occurrence of each answer, unless it has been checked or its question makes no claim, and at most as
   * many as are allowed.
   *
   * @returns how many were checked.
   * @throws {CancelledError} after `signal` was aborted.
   */
  async read(
    parts: ClaimParts,
    answers: readonly MergedAnswer[],
    { most: limit, signal }: { readonly most: number; readonly signal: AbortSignal | undefined },
  ): Promise<number> {
    const claimed = answers
      .map(({ occurrences: [shown] }) => shown)
      .filter((span) => !this.checked.some((other) => isSame(other, span)))
      .flatMap((span) => {
        const claim = this.claimOf(span);
        return claim === undefined ? [] : [{ span, claim }];
      })
      .slice(0, limit);
    const posed: { readonly span: AnswerSpan; readonly sentence: PosedSentence }[] = [];
    for (const { span, claim } of claimed) {
      const sentence = this.sentenceOf(span, claim);
      if (sentence) posed.push({ span, sentence });
      else this.add(span, 0);
    }
    const stances = await readStances(
      parts,
      posed.map(({ sentence }) => sentence),
      signal,
    );
    for (const [i, { span }] of posed.entries()) this.add(span, stances[i]?.supports ?? 0);
    return claimed.length;
  }

  private add(span: AnswerSpan, supports: number): void {
    const { passage, start, end } = span;
    this.checked.push({ passage, start, end, text: this.textOf(span), logOdds: logOddsOf(supports) });
  }

  /** The mean adjustment of some checked spans. @returns 0 if there are none. */
  private meanOf(spans: readonly CheckedSpan[]): number {
    const { weight, ofBest } = scales[this.input.kind];
    const best = Math.max(...this.checked.map(({ logOdds }) => logOdds));
    const reference = even + ofBest * Math.min(0, best - even);
    const sum = spans.reduce((total, { logOdds }) => total + logOdds - reference, 0);
    return (weight * sum) / Math.max(1, spans.length);
  }

  private textOf({ passage, start, end }: AnswerSpan): string {
    return (this.input.texts[passage] ?? '').slice(start, end).toLowerCase();
  }

  private claimOf({ passage, start, end }: AnswerSpan): string | undefined {
    const answer = (this.input.texts[passage] ?? '').slice(start, end);
    return answeredClaim(this.input.questionOf(passage), answer);
  }

  /** The sentence of a span. @returns undefined if it asks, or has no word of the claim. */
  private sentenceOf(span: AnswerSpan, claim: string): PosedSentence | undefined {
    const sentences = claimSentences({
      texts: [this.input.texts[span.passage] ?? ''],
      questionOf: () => claim,
      paperOf: () => '',
      names: this.input.names,
    });
    const found = sentences.find(({ sentence }) => overlaps(sentence, span));
    // The share of the question's words counts in the judgement of the span already.
    return found && { ...found, passage: span.passage, relevance: found.ofNames, form: claimForm(claim) };
  }
}

function logOddsOf(supports: number): number {
  const probability = Math.min(most, Math.max(least, supports));
  return Math.log(probability / (1 - probability));
}

function isSame(one: CheckedSpan, { passage, start, end }: AnswerSpan): boolean {
  return one.passage === passage && one.start === start && one.end === end;
}
