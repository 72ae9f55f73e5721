/**
 * Reads passages for a question. Its stages are: tokens → windows → batches → logits → spans → answers merged across
 * passages, or a verdict. It works on groups of passages, best first, so that a ranking is available early and a
 * cancellation takes effect soon.
 */
import { BioBertError, errorCodes, throwIfCancelled } from '../errors';
import { fillBatch, type TokenRow } from '../tensors/batch';
import type { PassageAnswer, QuestionKind, Verdict } from '../types';
import { selectAnswers } from './answers';
import { checkPassages, checkQuestion } from './check';
import { type ClaimParts, readClaim } from './claimRun';
import { questionKind } from './kind';
import type { QuestionConfig } from './questionModel';
import { QuestionRun } from './questionRun';
import { type ReaderParts, runRows } from './readerParts';
import { verdictOf } from './verdict';
import { textRow } from './windows';

export interface ReadRequest {
  readonly question: string;
  /** Passages, best first. */
  readonly passages: readonly ReadPassage[];
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
}

export interface ReadPassage {
  readonly text: string;
  /**
   * The question as this passage would ask it, with names that the passage uses: see `AskedQuestion`. Default: the
   * question of the request.
   */
  readonly question?: string | undefined;
  /** Key of the paper that the passage is from. Default: the passage is a paper of its own. */
  readonly paper?: string | undefined;
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
   * The verdict on a yes-no question, if there is a stance model. Without one, a yes-no question is answered like any
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

/**
 * Nothing is answered if it is less probable that there is an answer. On questions that were not used to fit it, 97 % of
 * those with an answer are kept, and 97 % of those with passages about something else are declined.
 */
export const minAnswerable = { factoid: 0.25, list: 0.15, yesno: 0 };

/** Members of a list that are much less probable than the best one are mostly wrong. Chosen on development questions. */
const minShareOfList = 0.3;

/** Lower limit of the default, because a less probable answer would be displayed with 0 %. */
const minDisplayedProbability = 0.01;

const defaultMaxAnswers = 5;
const defaultMaxListed = 30;

/** Number of passages between two progress reports. */
const groupSize = 8;

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
  const claimParts = claimPartsOf(parts);
  if (claimParts && kind === 'yesno') return decide(claimParts, { ...request, question }, options);
  const questions = request.passages.map((passage) => passage.question ?? question);
  const run = new QuestionRun(parts, { question, kind, texts, questions });
  const answersNow = () => currentAnswers(parts.config, request, kind, run);
  for (let from = 0; from < texts.length; from += groupSize) {
    await run.readPassages(from, Math.min(texts.length, from + groupSize), options.signal);
    options.onProgress?.({ read: run.read, total: texts.length, answers: answersNow() });
  }
  await run.checkAnswers(claimParts, options.signal);
  const result = { kind, answers: answersNow(), read: run.read };
  return parts.config.nullAnswer ? { ...result, noAnswer: 1 - run.answerable } : result;
}

/** The parts that read stances. Undefined if there is no stance model. */
function claimPartsOf(parts: ReaderParts): ClaimParts | undefined {
  const { stances } = parts.model;
  const { stance } = parts.config;
  return stances && stance && { ...parts, stances, stanceConfig: stance };
}

/** Decides a yes-no question from the sentences that support or contradict what it asks. */
async function decide(
  parts: ClaimParts,
  { question, passages }: ReadRequest,
  { signal, onProgress }: ReadOptions,
): Promise<ReadResult> {
  const total = passages.length;
  const paperOf = (passage: number) => passages[passage]?.paper ?? `passage ${passage}`;
  const claim = {
    texts: passages.map(({ text }) => text),
    questionOf: (passage: number) => passages[passage]?.question ?? question,
    paperOf,
  };
  const stances = await readClaim(parts, claim, signal, (share) =>
    onProgress?.({ read: Math.floor(share * total), total, answers: [] }),
  );
  const verdict = verdictOf(stances, paperOf, parts.stanceConfig.verdict);
  return { kind: 'yesno', answers: [], verdict, noAnswer: verdict.open, read: total };
}

function currentAnswers(
  { calibration, listThreshold, nullAnswer }: QuestionConfig,
  { maxAnswers, minProbability }: ReadRequest,
  kind: QuestionKind,
  run: QuestionRun,
): PassageAnswer[] {
  // There is no other result that could say that none of the answers is right.
  const hasNoAlternative = kind === 'yesno' || !nullAnswer;
  const isJudged = run.context.judge !== undefined;
  const decides = isJudged && minProbability === undefined;
  if (decides && run.answerable < minAnswerable[kind]) return [];
  const defaultMinimum =
    kind === 'list'
      ? listThreshold
      : hasNoAlternative
        ? minDisplayedProbability
        : defaultMinAnswerProbability;
  return selectAnswers(run.answers, {
    maxAnswers: maxAnswers ?? (kind === 'list' ? defaultMaxListed : defaultMaxAnswers),
    minProbability: minProbability ?? defaultMinimum,
    minShareOfBest: decides && kind === 'list' ? minShareOfList : 0,
    alwaysKeepsBest: minProbability === undefined && (hasNoAlternative || (decides && kind === 'factoid')),
    minKept: hasNoAlternative ? 0 : minDisplayedProbability,
    calibration: calibration.answer,
    isSingle: kind === 'factoid' && isJudged,
    sentencesOf: (passage) => run.sentencesOf(passage),
  });
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
