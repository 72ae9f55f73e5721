import type { Batch, Calibration, TaggerConfig } from '../types';

/** What the question network says of a batch; all row-major. */
export interface QuestionLogits {
  /** `[size, length, 2]`: start and end; place 0, `[CLS]`, is that of "no answer" where the model has one. */
  readonly spans: Float32Array;
  /** `[size, 3]`: yes, no, maybe. Absent: the model gives no verdicts. */
  readonly verdicts?: Float32Array | undefined;
}

/** What the reader asks of a runtime. */
export interface QuestionModel {
  run(batch: Batch): Promise<QuestionLogits>;
  /** One unit vector a row. Absent: the model makes none. */
  readonly embed?: ((batch: Batch) => Promise<readonly Float32Array[]>) | undefined;
}

/** What the reader must know of a question network; read from `biobert.json`. */
export interface QuestionConfig {
  readonly tokenTypes: TaggerConfig['tokenTypes'];
  /** Longest row, question and special tokens included. */
  readonly maxTokens: number;
  /** Pieces that neighbouring windows of a long passage share. */
  readonly overlap: number;
  readonly maxQuestionTokens: number;
  readonly maxAnswerTokens: number;
  /**
   * Whether it has learnt to say that a passage does not answer, as models of SQuAD 2 have and those of SQuAD 1 have
   * not (Rajpurkar et al. 2018).
   */
  readonly nullAnswer: boolean;
  /**
   * Of an answer, from the logarithm of its summed odds; of there being any; and of a verdict, where the scale is an
   * inverse temperature (Guo et al. 2017) and the offset that of maybe.
   */
  readonly calibration: {
    readonly answer: Calibration;
    readonly answerable: Calibration;
    readonly verdict: Calibration;
  };
  /** Least probability of an answer to a list question. */
  readonly listThreshold: number;
}
