import type { Batch, Calibration, TaggerConfig } from '../types';

/** Output of the question model for a batch; all arrays are row-major. */
export interface QuestionLogits {
  /** `[size, length, 2]`: start and end logits. Index 0, `[CLS]`, stands for "no answer" if the model has one. */
  readonly spans: Float32Array;
  /** `[size, 3]`: yes, no, maybe. Undefined if the model gives no verdicts. */
  readonly verdicts?: Float32Array | undefined;
}

/** The interface through which the reader runs the question model; the runtime implements it. */
export interface QuestionModel {
  run(batch: Batch): Promise<QuestionLogits>;
  /** Computes one unit vector per row. Undefined if the model has no embeddings. */
  readonly embed?: ((batch: Batch) => Promise<readonly Float32Array[]>) | undefined;
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
   * `answer` calibrates an answer from the logarithm of its summed odds, `answerable` whether there is an answer at
   * all, and `verdict` a verdict: its scale is an inverse temperature (Guo et al. 2017), its offset is added to the
   * logit of maybe.
   */
  readonly calibration: {
    readonly answer: Calibration;
    readonly answerable: Calibration;
    readonly verdict: Calibration;
  };
  /** Minimum probability of an answer to a list question. */
  readonly listThreshold: number;
}
