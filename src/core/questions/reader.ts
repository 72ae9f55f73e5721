/**
 * Reads passages for a question. Its stages are: tokens → windows → batches → logits → spans → answers merged across
 * passages, or a verdict. It works on groups of passages, best first, so that a ranking is available early and a
 * cancellation takes effect soon.
 */
import { logSumExp } from '../tensors/logSumExp';
import { BioBertError, errorCodes, throwIfCancelled } from '../errors';
import { fillBatch, planBatches, type TokenRow } from '../tensors/batch';
import type { Encoding, Tokenizer } from '../tokens/encode';
import { splitSentences } from '../text/sentences';
import type { PassageAnswer, QuestionKind, Span, Verdict } from '../types';
import {
  selectAnswers,
  mergeContext,
  type MergeContext,
  type MergedAnswer,
  mergeSpans,
  scoreProbability,
} from './answers';
import { checkPassages, checkQuestion } from './check';
import { questionKind } from './kind';
import { relevanceOf } from './relevance';
import { bestSpans, AnswerSpanList, normalizeAcrossWindows } from './spans';
import type { QuestionConfig, QuestionModel } from './questionModel';
import { mergeVerdicts, mostDecided, type PassageVerdict, type SentenceVerdict, verdictOf } from './verdict';
import { createRowMaker, type RowMaker, textRow, type Window } from './windows';

export interface ReaderParts {
  readonly model: QuestionModel;
  readonly tokenizer: Tokenizer;
  readonly config: QuestionConfig;
  /**
   * Maximum number of tokens in one run, including padding; a single row that is longer runs alone. Default: 1,536.
   */
  readonly maxTokensPerBatch?: number | undefined;
}

export interface ReadRequest {
  readonly question: string;
  /** Passages, best first. */
  readonly passages: readonly { readonly text: string }[];
  /** Kind of the question. Default: recognised from its words. */
  readonly kind?: QuestionKind | undefined;
  /** Maximum number of answers. Default: 5, for a list question 30. */
  readonly maxAnswers?: number | undefined;
  /**
   * Minimum probability of an answer. Default: {@link defaultMinAnswerProbability}, for a list question the threshold of the
   * model. If the model gives neither a "no answer" probability nor a verdict, the best answer is returned whatever
   * its probability.
   */
  readonly minProbability?: number | undefined;
  /**
   * Whether to return the sentences that support a verdict; the model has to read them separately for this. Default:
   * true.
   */
  readonly explain?: boolean | undefined;
}

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ReadProgress) => void) | undefined;
}

export interface ReadProgress {
  /** Number of passages read so far; `total` is the number in the request. */
  readonly read: number;
  readonly total: number;
  /** The current ranking. */
  readonly answers: readonly PassageAnswer[];
}

export interface ReadResult {
  readonly kind: QuestionKind;
  readonly answers: readonly PassageAnswer[];
  /**
   * The verdict on a yes-no question, if the model gives verdicts. Other models answer a yes-no question like any
   * other.
   */
  readonly verdict?: Verdict | undefined;
  /** Probability that none of the passages contains an answer. Undefined if the model cannot estimate it. */
  readonly noAnswer?: number | undefined;
  readonly read: number;
}

export interface Reader {
  /**
   * Answers a question from passages.
   * @throws {BioBertError} QUESTION_EMPTY, QUESTION_TOO_LONG, PASSAGES_EMPTY
   * @throws {CancelledError} after `signal` was aborted; checked between batches.
   */
  readonly read: (request: ReadRequest, options?: ReadOptions) => Promise<ReadResult>;
  /**
   * Computes one unit vector per text.
   * @throws {BioBertError} MODEL_WITHOUT_EMBEDDING
   * @throws {CancelledError} after `signal` was aborted; checked between batches.
   */
  readonly embed: (
    texts: readonly string[],
    options?: Pick<ReadOptions, 'signal'>,
  ) => Promise<readonly Float32Array[]>;
}

/** Default minimum probability of an answer: nine in ten less probable answers are wrong. */
const defaultMinAnswerProbability = 0.1;

/** Lower limit of the default, because a less probable answer would be displayed with 0 %. */
const minDisplayedProbability = 0.01;

const defaultMaxAnswers = 5;
const defaultMaxListed = 30;

/** Number of passages between two progress reports. */
const groupSize = 8;

/** Number of passages, and of sentences in each, that are read separately to find the reasons of a verdict. */
const explainedPassages = 2;
const explainedSentences = 12;

const defaultMaxTokensPerBatch = 1536;

/**
 * Creates a reader for one question model.
 *
 * @example
 * ```ts
 * const reader = createReader({ model, tokenizer, config });
 * const { answers } = await reader.read({ question: 'Which gene causes Huntington disease?', passages });
 * ```
 */
export function createReader(parts: ReaderParts): Reader {
  return {
    read: (request, options = {}) => read(parts, request, options),
    embed: (texts, { signal } = {}) => embed(parts, texts, signal),
  };
}

async function read(parts: ReaderParts, request: ReadRequest, options: ReadOptions): Promise<ReadResult> {
  const question = checkQuestion(request.question);
  const texts = request.passages.map(({ text }) => text);
  checkPassages(texts);
  const kind = request.kind ?? questionKind(question);
  const run = new QuestionRun(parts, { question, kind, texts });
  const answersNow = () => (run.givesVerdicts ? [] : currentAnswers(parts.config, request, kind, run));
  for (let from = 0; from < texts.length; from += groupSize) {
    await run.readPassages(from, Math.min(texts.length, from + groupSize), options.signal);
    options.onProgress?.({ read: run.read, total: texts.length, answers: answersNow() });
  }
  if (run.givesVerdicts) {
    const { verdicts } = run;
    const sentences = request.explain === false ? [] : await run.readSentences(verdicts, options.signal);
    const verdict = mergeVerdicts(verdicts, sentences);
    return { kind, answers: [], verdict, noAnswer: verdict.maybe, read: run.read };
  }
  const result = { kind, answers: answersNow(), read: run.read };
  if (!parts.config.nullAnswer) return result;
  const [best] = run.answers;
  const answerProbability = best ? scoreProbability(best.score, parts.config.calibration.answerable) : 0;
  return { ...result, noAnswer: 1 - answerProbability };
}

function currentAnswers(
  { calibration, listThreshold, nullAnswer }: QuestionConfig,
  { maxAnswers, minProbability }: ReadRequest,
  kind: QuestionKind,
  run: QuestionRun,
): PassageAnswer[] {
  // There is no other result that could say that none of the answers is right.
  const hasNoAlternative = kind === 'yesno' || !nullAnswer;
  const defaultMinimum =
    kind === 'list'
      ? listThreshold
      : hasNoAlternative
        ? minDisplayedProbability
        : defaultMinAnswerProbability;
  return selectAnswers(run.answers, {
    maxAnswers: maxAnswers ?? (kind === 'list' ? defaultMaxListed : defaultMaxAnswers),
    minProbability: minProbability ?? defaultMinimum,
    alwaysKeepsBest: minProbability === undefined && hasNoAlternative,
    calibration: calibration.answer,
    sentencesOf: (passage) => run.sentencesOf(passage),
  });
}

interface QuestionInput {
  readonly question: string;
  readonly kind: QuestionKind;
  readonly texts: readonly string[];
}

/** The state of one question: what the model has said about its passages so far. */
class QuestionRun {
  read = 0;
  private readonly texts: readonly string[];
  /** Logarithm of the summed exponentials of all spans of all windows, see {@link normalizeAcrossWindows}. */
  private totalMass = -Infinity;
  private readonly rowMaker: RowMaker;
  private readonly spanList = new AnswerSpanList();
  private readonly windowVerdicts = new Map<number, Float32Array[]>();
  private readonly context: MergeContext;
  private merged: MergedAnswer[] | undefined;

  constructor(
    private readonly parts: ReaderParts,
    private readonly input: QuestionInput,
  ) {
    const { tokenizer, config } = parts;
    this.texts = input.texts;
    this.context = mergeContext(input.question, input.texts);
    this.rowMaker = createRowMaker(tokenizer.encode(input.question), tokenizer.vocabulary, config);
  }

  /** Whether the result is a verdict. This is known after the first passage was read. */
  get givesVerdicts(): boolean {
    return this.input.kind === 'yesno' && this.windowVerdicts.size > 0;
  }

  get answers(): readonly MergedAnswer[] {
    const { candidates } = this.spanList;
    const { nullAnswer } = this.parts.config;
    const scored = nullAnswer ? candidates : normalizeAcrossWindows(candidates, this.totalMass);
    return (this.merged ??= mergeSpans(scored, this.context));
  }

  /** The verdict of each passage. Call it only after all passages were read. */
  get verdicts(): PassageVerdict[] {
    const relevance = relevanceOf(this.input.question, this.texts);
    return [...this.windowVerdicts].map(([passage, logits]) => ({
      passage,
      probabilities: verdictOf(logits, this.parts.config.calibration.verdict),
      relevance: relevance[passage] ?? 0,
    }));
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
    await this.run(encodings, signal, (window, encoding, spans, verdict) => {
      const logits = { spans, passageStart: this.rowMaker.passageStart };
      const { candidates, mass } = bestSpans(window, encoding, logits, this.parts.config);
      this.spanList.add(candidates);
      this.totalMass = logSumExp([this.totalMass, mass]);
      addTo(this.windowVerdicts, window.passage, verdict);
    });
    this.read = to;
    this.merged = undefined;
  }

  /** The verdicts of single sentences in the passages that decide most. */
  async readSentences(
    passages: readonly PassageVerdict[],
    signal: AbortSignal | undefined,
  ): Promise<SentenceVerdict[]> {
    const decisive = mostDecided(passages, explainedPassages);
    const sentences = decisive.flatMap(({ passage }) =>
      this.sentencesOf(passage)
        .slice(0, explainedSentences)
        .map((sentence) => ({ passage, sentence })),
    );
    const texts = sentences.map(({ passage, sentence: { start, end } }) =>
      (this.texts[passage] ?? '').slice(start, end),
    );
    const relevance = relevanceOf(this.input.question, texts);
    const encodings = new Map(texts.map((text, i) => [i, this.parts.tokenizer.encode(text)]));
    const verdicts = new Map<number, Float32Array[]>();
    await this.run(encodings, signal, ({ passage: i }, _encoding, _spans, verdict) => {
      addTo(verdicts, i, verdict);
    });
    const { calibration } = this.parts.config;
    return sentences.map((sentence, i) => ({
      ...sentence,
      probabilities: verdictOf(verdicts.get(i) ?? [], calibration.verdict),
      relevance: relevance[i] ?? 0,
    }));
  }

  private async run(
    encodings: ReadonlyMap<number, Encoding>,
    signal: AbortSignal | undefined,
    onWindow: (
      window: Window,
      encoding: Encoding,
      spans: Float32Array,
      verdict: Float32Array | undefined,
    ) => void,
  ): Promise<void> {
    const windows = [...encodings].flatMap(([passage, encoding]) => this.rowMaker.windows(passage, encoding));
    const encodingOf = (window: Window) => encodings.get(window.passage);
    await runRows(
      this.parts,
      windows.map((window) => this.rowMaker.lengthOf(window)),
      async (members) => {
        const batchWindows = members.flatMap((index) => windows[index] ?? []);
        const rows = batchWindows.flatMap((window) => {
          const encoding = encodingOf(window);
          return encoding ? [this.rowMaker.row(window, encoding)] : [];
        });
        const batch = fillBatch(rows, this.parts.tokenizer.vocabulary.paddingId);
        const { spans, verdicts } = await this.parts.model.run(batch);
        for (const [row, window] of batchWindows.entries()) {
          const encoding = encodingOf(window);
          const from = 2 * row * batch.length;
          const windowSpans = spans.subarray(from, from + 2 * batch.length);
          if (encoding) onWindow(window, encoding, windowSpans, verdicts?.slice(3 * row, 3 * row + 3));
        }
      },
      signal,
    );
  }
}

function addTo(
  verdicts: Map<number, Float32Array[]>,
  passage: number,
  verdict: Float32Array | undefined,
): void {
  if (verdict) verdicts.set(passage, [...(verdicts.get(passage) ?? []), verdict]);
}

async function embed(
  parts: ReaderParts,
  texts: readonly string[],
  signal: AbortSignal | undefined,
): Promise<readonly Float32Array[]> {
  const { tokenizer, config, model } = parts;
  throwIfCancelled(signal);
  if (!model.embed) throw withoutEmbedding();
  const embedBatch = model.embed;
  const rows: TokenRow[] = texts.map((text) => textRow(tokenizer.encode(text), tokenizer.vocabulary, config));
  const embeddings: Float32Array[] = texts.map(() => new Float32Array());
  const lengths = rows.map(({ ids }) => ids.length);
  const run = async (members: readonly number[]) => {
    const batchRows = members.flatMap((index) => rows[index] ?? []);
    const vectors = await embedBatch(fillBatch(batchRows, tokenizer.vocabulary.paddingId));
    for (const [row, index] of members.entries()) embeddings[index] = vectors[row] ?? new Float32Array();
  };
  await runRows(parts, lengths, run, signal);
  return embeddings;
}

function withoutEmbedding(): BioBertError {
  return new BioBertError(
    errorCodes.MODEL_WITHOUT_EMBEDDING,
    'This question model does not compare texts by meaning.',
    'Search by words, or choose the question model that ships with BioBERT.',
  );
}

/** Number of rows that are planned together: planning takes quadratic time in the number of rows. */
const rowsPerPlan = 512;

/** Runs rows in batches of similar length. */
async function runRows(
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
