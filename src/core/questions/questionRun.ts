import { logSumExp } from '../tensors/logSumExp';
import { throwIfCancelled } from '../errors';
import { fillBatch, planBatches } from '../tensors/batch';
import type { Encoding, Tokenizer } from '../tokens/encode';
import { splitSentences } from '../text/sentences';
import type { QuestionKind, Span } from '../types';
import {
  answerableProbability,
  mergeContext,
  type MergeContext,
  type MergedAnswer,
  mergeSpans,
} from './answers';
import type { NameReader } from './passageNames';
import type { QuestionConfig, QuestionModel } from './questionModel';
import { createSpanJudge } from './spanJudge';
import { AnswerSpanList, bestSpans, normalizeAcrossWindows } from './spans';
import { createRowMaker, type RowMaker, type Window } from './windows';

export interface ReaderParts {
  readonly model: QuestionModel;
  readonly tokenizer: Tokenizer;
  readonly config: QuestionConfig;
  /**
   * Maximum number of tokens in one run, including padding; a single row that is longer runs alone. Default: 1,536.
   */
  readonly maxTokensPerBatch?: number | undefined;
  /**
   * Whether spans are judged by the words around them. Default: true; tests that compare scores with those of training
   * read without it.
   */
  readonly isJudged?: boolean | undefined;
  /** Finds the names of concepts. Default: answers are not merged by concept, and their types are not checked. */
  readonly names?: NameReader | undefined;
}

const defaultMaxTokensPerBatch = 1536;

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
  private merged: MergedAnswer[] | undefined;

  constructor(
    private readonly parts: ReaderParts,
    private readonly input: QuestionInput,
  ) {
    this.texts = input.texts;
    const asked = [...new Set([input.question, ...input.questions])].join(' ');
    // The numbers of the judge are logits over "no answer", which other models do not give.
    const isJudged = parts.isJudged !== false && parts.config.nullAnswer && input.kind !== 'yesno';
    const judge = isJudged ? createSpanJudge(input, parts.names) : undefined;
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

/** Number of rows that are planned together: planning takes quadratic time in the number of rows. */
const rowsPerPlan = 512;

/** Runs rows in batches of similar length. */
export async function runRows(
  { maxTokensPerBatch = defaultMaxTokensPerBatch }: ReaderParts,
  lengths: readonly number[],
  run: (members: readonly number[]) => Promise<void>,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (let from = 0; from < lengths.length; from += rowsPerPlan) {
    for (const batch of planBatches(lengths.slice(from, from + rowsPerPlan), { maxTokensPerBatch })) {
      throwIfCancelled(signal);
      await run(batch.map((index) => from + index));
    }
  }
  throwIfCancelled(signal);
}
