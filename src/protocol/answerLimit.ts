import type { AnswerResult } from './engine';

/**
 * A limitation of an answer that the reader has to know, because the model does less than the one that ships.
 * `no-verdict`: the model did not decide between yes and no. `always-answers`: it names a span even if no passage
 * answers the question.
 */
export type AnswerLimit = 'no-verdict' | 'always-answers';

export function answerLimit({ kind, verdict, model }: AnswerResult): AnswerLimit | undefined {
  if (kind === 'yesno') return verdict ? undefined : 'no-verdict';
  return model.questions?.noAnswer === false ? 'always-answers' : undefined;
}
