/**
 * Reads passages for a question: pieces → windows → batches → logits → spans → answers folded across passages, or a
 * verdict. Works in groups of passages, best first, so that the ranking streams in and a cancel is soon heard.
 */
import { logSumExp } from '../tensors/logSumExp';
import { BioBertError, errorCodes, throwIfCancelled } from '../errors';
import { fillBatch, planBatches, type TokenRow } from '../tensors/batch';
import type { Encoding, Tokenizer } from '../tokens/encode';
import { splitSentences } from '../text/sentences';
import type { PassageAnswer, QuestionKind, Span, Verdict } from '../types';
import {
  chooseAnswers,
  foldContext,
  type FoldContext,
  type FoldedAnswer,
  foldPlaces,
  scoreProbability,
} from './answers';
import { checkPassages, checkQuestion } from './check';
import { questionKind } from './kind';
import { relevanceOf } from './relevance';
import { bestSpans, PlaceList, shareMass } from './spans';
import type { QuestionConfig, QuestionModel } from './types';
import { mergeVerdicts, mostDecided, type PassageVerdict, type SentenceVerdict, verdictOf } from './verdict';
import { createRowMaker, type RowMaker, textRow, type Window } from './windows';

export interface ReaderParts {
  readonly model: QuestionModel;
  readonly tokenizer: Tokenizer;
  readonly config: QuestionConfig;
  /** Padded tokens in one run, at most; a longer single row runs alone. Default 1,536. */
  readonly maxTokensPerBatch?: number | undefined;
}

export interface ReadRequest {
  readonly question: string;
  /** Best first. */
  readonly passages: readonly { readonly text: string }[];
  /** Absent: recognised from the question's words. */
  readonly kind?: QuestionKind | undefined;
  /** Default 5, for a list question 30. */
  readonly maxAnswers?: number | undefined;
  /**
   * Default {@link defaultMinAnswer}, for a list question the threshold of the model. Without a "no answer" or a verdict
   * to stand beside them, the best one is shown whatever its probability.
   */
  readonly minProbability?: number | undefined;
  /** Whether a verdict comes with the sentences that decided; they are read once more for it. Default true. */
  readonly explain?: boolean | undefined;
}

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ReadProgress) => void) | undefined;
}

export interface ReadProgress {
  /** Passages read so far, and in all. */
  readonly read: number;
  readonly total: number;
  /** The ranking as it stands. */
  readonly answers: readonly PassageAnswer[];
}

export interface ReadResult {
  readonly kind: QuestionKind;
  readonly answers: readonly PassageAnswer[];
  /** Of a yes-no question, from a model that gives verdicts. From others it is answered as any other. */
  readonly verdict?: Verdict | undefined;
  /** Probability that none of the passages answers. Absent: the model cannot say. */
  readonly noAnswer?: number | undefined;
  readonly read: number;
}

export interface Reader {
  /** @throws {BioBertError} QUESTION_EMPTY, QUESTION_TOO_LONG, PASSAGES_EMPTY. {@link CancelledError} after `signal` aborts. */
  readonly read: (request: ReadRequest, options?: ReadOptions) => Promise<ReadResult>;
  /**
   * One unit vector a text.
   * @throws {BioBertError} MODEL_WITHOUT_EMBEDDING. {@link CancelledError} after `signal` aborts; checked between batches.
   */
  readonly embed: (
    texts: readonly string[],
    options?: Pick<ReadOptions, 'signal'>,
  ) => Promise<readonly Float32Array[]>;
}

/** Less probable answers are not shown unless asked for: nine in ten of them are wrong. */
export const defaultMinAnswer = 0.1;

/** Shown as 0 % otherwise. */
const leastShown = 0.01;

const defaultMaxAnswers = 5;
const defaultMaxListed = 30;

/** Passages between two reports of progress. */
const groupSize = 8;

/** Passages whose sentences are read by themselves, for the reasons of a verdict. */
const explainedPassages = 2;
const explainedSentences = 12;

const defaultMaxTokensPerBatch = 1536;

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
  const reading = new Reading(parts, { question, kind, texts });
  const answersNow = () => (reading.givesVerdicts ? [] : choose(parts.config, request, kind, reading));
  for (let from = 0; from < texts.length; from += groupSize) {
    await reading.readPassages(from, Math.min(texts.length, from + groupSize), options.signal);
    options.onProgress?.({ read: reading.read, total: texts.length, answers: answersNow() });
  }
  if (reading.givesVerdicts) {
    const { verdicts } = reading;
    const sentences = request.explain === false ? [] : await reading.readSentences(verdicts, options.signal);
    const verdict = mergeVerdicts(verdicts, sentences);
    return { kind, answers: [], verdict, noAnswer: verdict.maybe, read: reading.read };
  }
  const result = { kind, answers: answersNow(), read: reading.read };
  if (!parts.config.nullAnswer) return result;
  const [best] = reading.answers;
  const found = best ? scoreProbability(best.score, parts.config.calibration.answerable) : 0;
  return { ...result, noAnswer: 1 - found };
}

function choose(
  { calibration, listThreshold, nullAnswer }: QuestionConfig,
  { maxAnswers, minProbability }: ReadRequest,
  kind: QuestionKind,
  reading: Reading,
): PassageAnswer[] {
  // Nothing stands beside these that could say that none answers.
  const isAlone = kind === 'yesno' || !nullAnswer;
  const least = kind === 'list' ? listThreshold : isAlone ? leastShown : defaultMinAnswer;
  return chooseAnswers(reading.answers, {
    maxAnswers: maxAnswers ?? (kind === 'list' ? defaultMaxListed : defaultMaxAnswers),
    minProbability: minProbability ?? least,
    keepsBest: minProbability === undefined && isAlone,
    calibration: calibration.answer,
    sentencesOf: (passage) => reading.sentencesOf(passage),
  });
}

interface Asked {
  readonly question: string;
  readonly kind: QuestionKind;
  readonly texts: readonly string[];
}

/** What has been read of the passages of one question. */
class Reading {
  read = 0;
  private readonly texts: readonly string[];
  /** Of all spans of all windows, see {@link shareMass}. */
  private mass = -Infinity;
  private readonly maker: RowMaker;
  private readonly places = new PlaceList();
  private readonly windowVerdicts = new Map<number, Float32Array[]>();
  private readonly foldContext: FoldContext;
  private folded: FoldedAnswer[] | undefined;

  constructor(
    private readonly parts: ReaderParts,
    private readonly asked: Asked,
  ) {
    const { tokenizer, config } = parts;
    this.texts = asked.texts;
    this.foldContext = foldContext(asked.question, asked.texts);
    this.maker = createRowMaker(tokenizer.encode(asked.question), tokenizer.vocabulary, config);
  }

  /** Known once a passage was read. */
  get givesVerdicts(): boolean {
    return this.asked.kind === 'yesno' && this.windowVerdicts.size > 0;
  }

  get answers(): readonly FoldedAnswer[] {
    const { places } = this.places;
    const { nullAnswer } = this.parts.config;
    const scored = nullAnswer ? places : shareMass(places, this.mass);
    return (this.folded ??= foldPlaces(scored, this.foldContext));
  }

  /** Once all passages were read. */
  get verdicts(): PassageVerdict[] {
    const relevance = relevanceOf(this.asked.question, this.texts);
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
      const logits = { spans, passageStart: this.maker.passageStart };
      const { places, mass } = bestSpans(window, encoding, logits, this.parts.config);
      this.places.add(places);
      this.mass = logSumExp([this.mass, mass]);
      addTo(this.windowVerdicts, window.passage, verdict);
    });
    this.read = to;
    this.folded = undefined;
  }

  /** The verdicts of single sentences, of the passages that are most decided. */
  async readSentences(
    passages: readonly PassageVerdict[],
    signal: AbortSignal | undefined,
  ): Promise<SentenceVerdict[]> {
    const told = mostDecided(passages, explainedPassages);
    const sentences = told.flatMap(({ passage }) =>
      this.sentencesOf(passage)
        .slice(0, explainedSentences)
        .map((sentence) => ({ passage, sentence })),
    );
    const texts = sentences.map(({ passage, sentence: { start, end } }) =>
      (this.texts[passage] ?? '').slice(start, end),
    );
    const relevance = relevanceOf(this.asked.question, texts);
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
    take: (
      window: Window,
      encoding: Encoding,
      spans: Float32Array,
      verdict: Float32Array | undefined,
    ) => void,
  ): Promise<void> {
    const windows = [...encodings].flatMap(([passage, encoding]) => this.maker.windows(passage, encoding));
    const encodingOf = (window: Window) => encodings.get(window.passage);
    await runRows(
      this.parts,
      windows.map((window) => this.maker.lengthOf(window)),
      async (members) => {
        const own = members.flatMap((index) => windows[index] ?? []);
        const rows = own.flatMap((window) => {
          const encoding = encodingOf(window);
          return encoding ? [this.maker.row(window, encoding)] : [];
        });
        const batch = fillBatch(rows, this.parts.tokenizer.vocabulary.paddingId);
        const { spans, verdicts } = await this.parts.model.run(batch);
        for (const [row, window] of own.entries()) {
          const encoding = encodingOf(window);
          const from = 2 * row * batch.length;
          const ownSpans = spans.subarray(from, from + 2 * batch.length);
          if (encoding) take(window, encoding, ownSpans, verdicts?.slice(3 * row, 3 * row + 3));
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
  const found: Float32Array[] = texts.map(() => new Float32Array());
  const lengths = rows.map(({ ids }) => ids.length);
  const run = async (members: readonly number[]) => {
    const own = members.flatMap((index) => rows[index] ?? []);
    const vectors = await embedBatch(fillBatch(own, tokenizer.vocabulary.paddingId));
    for (const [row, index] of members.entries()) found[index] = vectors[row] ?? new Float32Array();
  };
  await runRows(parts, lengths, run, signal);
  return found;
}

export function withoutEmbedding(): BioBertError {
  return new BioBertError(
    errorCodes.MODEL_WITHOUT_EMBEDDING,
    'This question model does not compare texts by meaning.',
    'Search by words, or choose the question model that ships with BioBERT.',
  );
}

/** Rows that are planned together: planning compares each with those before it. */
const plannedRows = 512;

/** Runs rows in batches of like length. */
async function runRows(
  { maxTokensPerBatch = defaultMaxTokensPerBatch }: ReaderParts,
  lengths: readonly number[],
  run: (members: readonly number[]) => Promise<void>,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (let from = 0; from < lengths.length; from += plannedRows) {
    for (const batch of planBatches(lengths.slice(from, from + plannedRows), { maxTokensPerBatch })) {
      throwIfCancelled(signal);
      await run(batch.map((index) => from + index));
    }
  }
  throwIfCancelled(signal);
}
