/** The checks of the best answers to a question: whether their types fit, and whether their sentences say them. */
import type { QuestionKind } from '../types';
import { type CheckedInput, SupportCheck } from './supportCheck';
import { TypeCheck } from './typeCheck';
import type { MergedAnswer } from './answers';
import type { ClaimParts } from './claimRun';
import type { ReaderParts } from './readerParts';
import type { AnswerSpan } from './spans';

/**
 * Number of the best answers whose sentences are checked, and of the sentences that each check reads, which costs as much
 * as a few passages. The order of the answers changes with each of them.
 */
const checked: Readonly<Record<QuestionKind, { readonly ranks: number; readonly sentences: number }>> = {
  factoid: { ranks: 5, sentences: 8 },
  list: { ranks: 10, sentences: 16 },
  yesno: { ranks: 0, sentences: 0 },
};

/** An answer with a lower score is not shown, whatever its sentence says. */
const minCheckedScore = -4;

/** The models that check. Without one of them, its check is left out. */
export interface CheckParts extends Pick<ReaderParts, 'tagger'> {
  readonly claims: ClaimParts | undefined;
}

/** The answers to one question in their order, which the checks change. */
export interface Ranking {
  readonly best: () => readonly MergedAnswer[];
  /** Tells that the adjustments of spans have changed. */
  readonly reorder: () => void;
}

/** The checks of the answers to one question. */
export class AnswerChecks {
  private readonly kind: QuestionKind;
  private readonly types: TypeCheck;
  private readonly claims: SupportCheck;

  constructor(input: CheckedInput) {
    this.kind = input.kind;
    this.types = new TypeCheck(input.texts, input.questionOf);
    this.claims = new SupportCheck(input);
  }

  /** The number to add to the score of a span: 0 if nothing has been read about it. */
  adjustment(span: AnswerSpan): number {
    return this.types.adjustment(span) + this.claims.adjustment(span);
  }

  /** A span, or the name in it that answers, see `TypeCheck`. */
  nameIn(span: AnswerSpan): AnswerSpan {
    return this.types.nameIn(span);
  }

  /**
   * Checks the best answers, their types first, so that the claims are those of answers that may be right.
   *
   * @throws {CancelledError} after `signal` was aborted.
   */
  async run(
    { tagger, claims }: CheckParts,
    ranking: Ranking,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const { types } = this;
    const tag = types.isAsked ? await tagger?.() : undefined;
    if (tag) await this.checkBest(ranking, (best, most) => types.read(tag, best, { most, signal }));
    if (!claims) return;
    await this.checkBest(ranking, (best, most) => this.claims.read(claims, best, { most, signal }));
  }

  /** @param read Checks answers by reading at most as many sentences as are allowed, and tells how many it read. */
  private async checkBest(
    { best, reorder }: Ranking,
    read: (answers: readonly MergedAnswer[], most: number) => Promise<number>,
  ): Promise<void> {
    const { ranks, sentences } = checked[this.kind];
    for (let room = sentences; room > 0;) {
      const shown = best()
        .slice(0, ranks)
        .filter(({ score }) => score >= minCheckedScore);
      const count = await read(shown, room);
      if (count === 0) return;
      room -= count;
      reorder();
    }
  }
}
