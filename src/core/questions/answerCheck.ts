/**
 * Checks answers with the stance model. The reader chooses the span of a sentence that fits the question best, whether or
 * not the sentence says it: `aspirin activates AMPK` has an answer to "What inhibits AMPK?". So each answer is made a claim,
 * and the score of a span depends on whether its sentence supports that.
 */
import { Memo } from '../memo';
import { overlaps } from '../spanOrder';
import type { Span } from '../types';
import type { MergedAnswer } from './answers';
import { answeredClaim } from './answeredClaim';
import { claimForm } from './claimForm';
import { type ClaimParts, type PosedSentence, readStances } from './claimRun';
import { claimSentences } from './claimSentences';
import type { NameReader, PassageName } from './passageNames';
import type { AnswerSpan } from './spans';

/**
 * The weight of the log-odds of "the sentence supports it" in the score of a span, in the unit of its logits, and the
 * log-odds that change nothing. Chosen on 12b, with six passages of other questions beside those of each.
 */
const weight = 1.7;
const even = 1.1;

/** Limits of the probability, so that no answer is certain. */
const [least, most] = [0.02, 0.97];

/** Number of names of sentences that are remembered: each is read for several claims. */
const maxSentences = 512;

export interface CheckedInput {
  readonly texts: readonly string[];
  /** The question as it is put to a passage. */
  readonly questionOf: (passage: number) => string;
  readonly names?: NameReader | undefined;
}

interface CheckedSpan extends Span {
  readonly passage: number;
  /** The text of the span in small letters. */
  readonly text: string;
  readonly adjustment: number;
}

/** The answers to one question that have been checked so far. */
export class AnswerCheck {
  private readonly checked: CheckedSpan[] = [];
  private readonly names: NameReader | undefined;

  constructor(private readonly input: CheckedInput) {
    const { names } = input;
    const known = new Memo<string, readonly PassageName[]>(maxSentences);
    this.names = names && ((text) => known.get(text, () => names(text)));
  }

  /**
   * The number to add to the score of a span. One that has not been checked counts like one that overlaps it. Otherwise it
   * is as doubtful as those with its text, which fit better: a name that occurs in many passages is no answer for that.
   */
  adjustment(span: AnswerSpan): number {
    const own = this.checked.find((other) => isSame(other, span));
    if (own) return own.adjustment;
    const near = this.checked.filter((other) => other.passage === span.passage && overlaps(other, span));
    if (near.length > 0) return meanOf(near);
    const text = this.textOf(span);
    return Math.min(0, meanOf(this.checked.filter((other) => other.text === text)));
  }

  /**
   * Checks the shown occurrence of each answer, unless it has been checked, and at most as many as are allowed.
   *
   * @returns how many were checked.
   * @throws {CancelledError} after `signal` was aborted.
   */
  async read(
    parts: ClaimParts,
    answers: readonly MergedAnswer[],
    { most: limit, signal }: { readonly most: number; readonly signal: AbortSignal | undefined },
  ): Promise<number> {
    const spans = answers
      .map(({ occurrences: [shown] }) => shown)
      .filter((span) => !this.checked.some((other) => isSame(other, span)))
      .slice(0, limit);
    const posed: { readonly span: AnswerSpan; readonly sentence: PosedSentence }[] = [];
    for (const span of spans) {
      const claim = this.claimOf(span);
      const sentence = claim === undefined ? undefined : this.sentenceOf(span, claim);
      if (sentence) posed.push({ span, sentence });
      else this.add(span, claim === undefined ? 0 : adjustmentOf(0));
    }
    const stances = await readStances(
      parts,
      posed.map(({ sentence }) => sentence),
      signal,
    );
    for (const [i, { span }] of posed.entries()) this.add(span, adjustmentOf(stances[i]?.supports ?? 0));
    return spans.length;
  }

  private add(span: AnswerSpan, adjustment: number): void {
    const { passage, start, end } = span;
    this.checked.push({ passage, start, end, text: this.textOf(span), adjustment });
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
      names: this.names,
    });
    const found = sentences.find(({ sentence }) => overlaps(sentence, span));
    return found && { ...found, passage: span.passage, form: claimForm(claim) };
  }
}

function adjustmentOf(supports: number): number {
  const probability = Math.min(most, Math.max(least, supports));
  return weight * (Math.log(probability / (1 - probability)) - even);
}

function isSame(one: CheckedSpan, { passage, start, end }: AnswerSpan): boolean {
  return one.passage === passage && one.start === start && one.end === end;
}

/** @returns 0 if there are none. */
function meanOf(spans: readonly CheckedSpan[]): number {
  return spans.reduce((sum, { adjustment }) => sum + adjustment, 0) / Math.max(1, spans.length);
}
