import { logSumExp } from '../tensors/logSumExp';
import { fillBatch } from '../tensors/batch';
import type { Encoding } from '../tokens/encode';
import { splitSentences } from '../text/sentences';
import type { QuestionKind, Span } from '../types';
import {
  answerableProbability,
  mergeContext,
  type MergeContext,
  type MergedAnswer,
  mergeSpans,
  type SpanJudge,
} from './answers';
import { AnswerChecks } from './answerChecks';
import type { ClaimParts } from './claimRun';
import { rememberedNames } from './passageNames';
import { type ReaderParts, runRows } from './readerParts';
import { createSpanJudge } from './spanJudge';
import { AnswerSpanList, bestSpans, normalizeAcrossWindows } from './spans';
import { createRowMaker, type RowMaker, type Window } from './windows';

export interface QuestionInput {
  readonly question: string;
  readonly kind: QuestionKind;
  readonly texts: readonly string[];
  /** The question as it is put to each text. */
  readonly questions: readonly string[];
}

/** The state of one question: what the model has said about its passages so far. */
export class QuestionRun {
  read = 0;
  private readonly texts: readonly string[];
  /** Logarithm of the summed exponentials of all spans of all windows, see {@link normalizeAcrossWindows}. */
  private totalMass = -Infinity;
  /** Row makers by question. */
  private readonly rowMakers = new Map<string, RowMaker>();
  private readonly spanList = new AnswerSpanList();
  readonly context: MergeContext;
  private readonly checks: AnswerChecks | undefined;
  private merged: MergedAnswer[] | undefined;

  constructor(
    private readonly parts: ReaderParts,
    private readonly input: QuestionInput,
  ) {
    this.texts = input.texts;
    const asked = [...new Set([input.question, ...input.questions])].join(' ');
    // The numbers of the judge are logits over "no answer", which other models do not give.
    const isJudged = parts.isJudged !== false && parts.config.nullAnswer && input.kind !== 'yesno';
    // The judge and the checks read the same sentences.
    const names = parts.names && rememberedNames(parts.names);
    this.checks = isJudged
      ? new AnswerChecks({ ...input, questionOf: (at) => this.questionOf(at), names })
      : undefined;
    const judge = this.checks && withChecks(createSpanJudge(input, names), this.checks);
    this.context = mergeContext(asked, input.texts, { judge, isList: input.kind === 'list' });
  }

  get answers(): readonly MergedAnswer[] {
    const { candidates } = this.spanList;
    const { nullAnswer } = this.parts.config;
    const scored = nullAnswer ? candidates : normalizeAcrossWindows(candidates, this.totalMass);
    return (this.merged ??= mergeSpans(scored, this.context));
  }

  /** The probability that one of the passages contains an answer. */
  get answerable(): number {
    return answerableProbability(
      this.answers[0],
      this.parts.config.calibration.answerable,
      this.context.judge,
    );
  }

  sentencesOf(passage: number): readonly Span[] {
    return splitSentences(this.texts[passage] ?? '');
  }

  /** Reads the passages `[from, to)`. */
  async readPassages(from: number, to: number, signal: AbortSignal | undefined): Promise<void> {
    const encodings = new Map<number, Encoding>();
    for (let passage = from; passage < to; passage++) {
      encodings.set(passage, this.parts.tokenizer.encode(this.texts[passage] ?? ''));
    }
    await this.run(encodings, signal, (window, encoding, spans) => {
      const logits = { spans, passageStart: this.rowMakerOf(window.passage).passageStart };
      const { candidates, mass } = bestSpans(window, encoding, logits, this.parts.config);
      this.spanList.add(candidates);
      this.totalMass = logSumExp([this.totalMass, mass]);
    });
    this.read = to;
    this.merged = undefined;
  }

  /** Checks the best answers, and ranks them again. Answers that are not judged stay as they are. */
  async checkAnswers(claims: ClaimParts | undefined, signal: AbortSignal | undefined): Promise<void> {
    const ranking = { best: () => this.answers, reorder: () => (this.merged = undefined) };
    await this.checks?.run({ tagger: this.parts.tagger, claims }, ranking, signal);
  }

  private questionOf(passage: number): string {
    return this.input.questions[passage] ?? this.input.question;
  }

  private rowMakerOf(passage: number): RowMaker {
    const { tokenizer, config } = this.parts;
    const question = this.questionOf(passage);
    const known = this.rowMakers.get(question);
    if (known) return known;
    const maker = createRowMaker(tokenizer.encode(question), tokenizer.vocabulary, config);
    this.rowMakers.set(question, maker);
    return maker;
  }

  private async run(
    encodings: ReadonlyMap<number, Encoding>,
    signal: AbortSignal | undefined,
    onWindow: (window: Window, encoding: Encoding, spans: Float32Array) => void,
  ): Promise<void> {
    const makerOf = (passage: number) => this.rowMakerOf(passage);
    const windows = [...encodings].flatMap(([passage, encoding]) =>
      makerOf(passage).windows(passage, encoding),
    );
    const encodingOf = (window: Window) => encodings.get(window.passage);
    await runRows(
      this.parts,
      windows.map((window) => makerOf(window.passage).lengthOf(window)),
      async (members) => {
        const batchWindows = members.flatMap((index) => windows[index] ?? []);
        const rows = batchWindows.flatMap((window) => {
          const encoding = encodingOf(window);
          return encoding ? [makerOf(window.passage).row(window, encoding)] : [];
        });
        const batch = fillBatch(rows, this.parts.tokenizer.vocabulary.paddingId);
        const { spans } = await this.parts.model.run(batch);
        for (const [row, window] of batchWindows.entries()) {
          const encoding = encodingOf(window);
          const from = 2 * row * batch.length;
          const windowSpans = spans.subarray(from, from + 2 * batch.length);
          if (encoding) onWindow(window, encoding, windowSpans);
        }
      },
      signal,
    );
  }
}

/** A judge whose adjustments contain those of the checks. */
function withChecks(judge: SpanJudge, checks: AnswerChecks): SpanJudge {
  return {
    ...judge,
    adjustment: (span) => judge.adjustment(span) + checks.adjustment(span),
    completed: (span) => checks.nameIn(judge.completed(span)),
  };
}
