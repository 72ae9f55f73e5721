/** Whether sentences support or contradict the claim that a yes-no question asks about. */
import { logSoftmax } from '../tensors/softmax';
import type { Calibration, Span } from '../types';

/** Configuration of a stance model, read from the field `stance` of `biobert.json`. */
export interface StanceConfig {
  /** Maximum number of tokens in a row, including special tokens. */
  readonly maxTokens: number;
  /** Maximum number of tokens that are read of the text before the sentence. */
  readonly contextTokens: number;
  /** Inverse temperature of the three logits (Guo et al. 2017), and an offset that is added to that of "silent". */
  readonly calibration: Calibration;
  readonly verdict: VerdictWeights;
}

/** How a verdict follows from the evidence for and against a claim, see `verdictFrom`. */
export interface VerdictWeights {
  /** Weight of the difference between evidence for and against, and bias, in the log-odds of yes against no. */
  readonly difference: number;
  readonly bias: number;
  /** Weights of the stronger and of the weaker side, and bias, in the log-odds that the question is settled. */
  readonly stronger: number;
  readonly weaker: number;
  readonly settled: number;
  /** Evidence that is subtracted on each side for each unit of the natural logarithm of the number of sentences. */
  readonly perLogSentence: number;
  /** Minimum probability of an answer that is shown. */
  readonly margin: number;
}

/** Probabilities that a sentence supports the claim or contradicts it. Otherwise it is silent about the claim. */
export interface StanceProbabilities {
  readonly supports: number;
  readonly contradicts: number;
}

/** A sentence of a passage with its stance. */
export interface SentenceStance extends StanceProbabilities {
  readonly passage: number;
  readonly sentence: Span;
}

/** Number of logits of a sentence: supports, contradicts, silent. */
export const stanceLogits = 3;

/** Softmax of the three logits of a sentence with the temperature and the offset of the calibration. */
export function stanceOf(
  logits: Float32Array,
  { scale, offset }: StanceConfig['calibration'],
): StanceProbabilities {
  const calibrated = logits.map((logit, i) => scale * logit + (i === 2 ? offset : 0));
  const [supports = 0, contradicts = 0] = logSoftmax(calibrated, {
    rows: 1,
    width: stanceLogits,
    columns: [0, 1, 2],
  }).map(Math.exp);
  return { supports, contradicts };
}
