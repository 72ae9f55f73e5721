/** Reads sentences for yes-no questions: sentences → tokens → rows → batches → logits → stances. */
import { Memo } from '../memo';
import { fillBatch, type TokenRow } from '../tensors/batch';
import type { Encoding } from '../tokens/encode';
import { type ClaimForm, claimForm } from './claimForm';
import { type Claim, type ClaimSentence, claimSentences } from './claimSentences';
import type { StanceModel } from './questionModel';
import { type ReaderParts, runRows } from './readerParts';
import { mayContradict, mayState, maySupport } from './opposites';
import { withImprovements } from './relievedImpairment';
import {
  type SentenceStance,
  type StanceConfig,
  stanceLogits,
  stanceOf,
  type StanceProbabilities,
} from './stance';
import { stanceRow } from './stanceRows';

export interface ClaimParts extends ReaderParts {
  readonly stances: StanceModel;
  readonly stanceConfig: StanceConfig;
}

/** Number of texts whose tokens are remembered: those of all sentences, their contexts and questions. */
const maxEncodings = 512;

/** Number of sentences between two progress reports. */
const groupSize = 32;

/** A sentence with the question that is put to it. */
export interface PosedSentence extends ClaimSentence {
  readonly form: ClaimForm;
}

/**
 * The stance of each sentence that is about the subject of the question.
 *
 * @param onProgress Called with the share of the sentences that have been read.
 * @throws {CancelledError} after `signal` was aborted; checked between batches.
 */
export async function readClaim(
  parts: ClaimParts,
  claim: Claim,
  signal: AbortSignal | undefined,
  onProgress: (share: number) => void,
): Promise<SentenceStance[]> {
  const forms = new Memo<string, ClaimForm>(claim.texts.length);
  const sentences = claimSentences({ names: parts.names, ...claim }).map((each) => {
    const question = each.lossQuestion ?? claim.questionOf(each.passage);
    const form = forms.get(question, () => claimForm(question));
    const isInverted = form.isInverted !== (each.lossQuestion !== undefined);
    return { ...each, form: { ...form, isInverted } };
  });
  return readStances(parts, sentences, signal, onProgress);
}

/** The stance of each sentence on its question, in their order. Parameters and errors are those of {@link readClaim}. */
export async function readStances(
  parts: ClaimParts,
  posed: readonly PosedSentence[],
  signal: AbortSignal | undefined,
  onProgress: (share: number) => void = () => undefined,
): Promise<SentenceStance[]> {
  const sentences = posed.map((each) => ({
    ...each,
    text: withImprovements(each.text, each.form.question),
  }));
  const rowOf = createRowWriter(parts);
  const stances: SentenceStance[] = [];
  for (let from = 0; from < sentences.length; from += groupSize) {
    const group = sentences.slice(from, from + groupSize);
    const logits = await logitsOf(parts, group.map(rowOf), signal);
    for (const [i, sentence] of group.entries()) {
      const stance = stanceOf(logits[i] ?? new Float32Array(stanceLogits), parts.stanceConfig.calibration);
      stances.push(checkedStance(sentence, stance));
    }
    onProgress((from + group.length) / sentences.length);
  }
  return stances;
}

/** Factor of the probability of a stance that the words of a sentence do not show. */
const withoutSign = 0.3;

/**
 * The stance of a sentence on the original question. It has less probability if the sentence may be about something
 * else, or if its words do not show it, see `opposites.ts`.
 */
function checkedStance(
  { passage, sentence, text, relevance, isOpposite, form: { question, isInverted } }: PosedSentence,
  stance: StanceProbabilities,
): SentenceStance {
  const weight = relevance * (mayState(text) ? 1 : withoutSign);
  const isSupport = !isOpposite && maySupport(question, text);
  const affirming = weight * stance.supports * (isSupport ? 1 : withoutSign);
  const denying = weight * stance.contradicts * (mayContradict(question, text) ? 1 : withoutSign);
  const [supports, contradicts] = isInverted ? [denying, affirming] : [affirming, denying];
  return { passage, sentence, supports, contradicts };
}

function createRowWriter({
  tokenizer,
  config,
  stanceConfig,
}: ClaimParts): (sentence: PosedSentence) => TokenRow {
  // The context of a sentence is often the sentence that was read before it.
  const encodings = new Memo<string, Encoding>(maxEncodings);
  const encode = (text: string) => encodings.get(text, () => tokenizer.encode(text));
  const { maxQuestionTokens, tokenTypes } = config;
  const limits = { ...stanceConfig, maxQuestionTokens, tokenTypes };
  return ({ text, context, form }) =>
    stanceRow(
      { question: encode(form.question), sentence: encode(text), context: encode(context) },
      tokenizer.vocabulary,
      limits,
    );
}

/** The logits of each row. */
async function logitsOf(
  parts: ClaimParts,
  rows: readonly TokenRow[],
  signal: AbortSignal | undefined,
): Promise<Float32Array[]> {
  const found: Float32Array[] = rows.map(() => new Float32Array(stanceLogits));
  const run = async (members: readonly number[]) => {
    const batch = fillBatch(
      members.flatMap((index) => rows[index] ?? []),
      parts.tokenizer.vocabulary.paddingId,
    );
    const logits = await parts.stances(batch);
    for (const [row, index] of members.entries())
      found[index] = logits.slice(stanceLogits * row, stanceLogits * (row + 1));
  };
  await runRows(
    parts,
    rows.map(({ ids }) => ids.length),
    run,
    signal,
  );
  return found;
}
