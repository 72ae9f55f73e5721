import type { Batch, Calibration, TaggerConfig } from '../types';
import type { StanceConfig } from './stance';

/** Output of the question model for a batch; all arrays are row-major. */
export interface QuestionLogits {
  /** `[size, length, 2]`: start and end logits. Index 0, `[CLS]`, stands for "no answer" if the model has one. */
  readonly spans: Float32Array;
}

/** Scores sentences: row-major `[size, 3]` logits of supports, contradicts and silent, see `stanceRow`. */
export type StanceModel = (batch: Batch) => Promise<Float32Array>;

/** The interface through which the reader runs the question model; the runtime implements it. */
export interface QuestionModel {
  run(batch: Batch): Promise<QuestionLogits>;
  /** Computes one unit vector per row. Undefined if the model has no embeddings. */
  readonly embed?: ((batch: Batch) => Promise<readonly Float32Array[]>) | undefined;
  /** Undefined if the model gives no verdicts on yes-no questions. */
  readonly stances?: StanceModel | undefined;
}

/** Configuration of a question model, read from `biobert.json`. */
export interface QuestionConfig {
  readonly tokenTypes: TaggerConfig['tokenTypes'];
  /** Maximum number of tokens in a row, including question and special tokens. */
  readonly maxTokens: number;
  /** Number of tokens that consecutive windows of a long passage share. */
  readonly overlap: number;
  readonly maxQuestionTokens: number;
  readonly maxAnswerTokens: number;
  /**
   * Whether the model has learnt to say that a passage contains no answer, as models of SQuAD 2 have and models of
   * SQuAD 1 have not (Rajpurkar et al. 2018).
   */
  readonly nullAnswer: boolean;
  /**
   * `answer` calibrates an answer from the logarithm of its summed odds, and `answerable` whether there is an answer at
   * all.
   */
  readonly calibration: {
    readonly answer: Calibration;
    readonly answerable: Calibration;
  };
  /** Undefined if the folder has no stance model. */
  readonly stance?: StanceConfig | undefined;
  /** Minimum probability of an answer to a list question. */
  readonly listThreshold: number;
}
