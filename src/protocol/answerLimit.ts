import type { AnswerResult } from './engine';

/**
 * What a reader must know of an answer by a model that does less than ours: it did not decide between yes and no, or it
 * names something whether or not anything answers.
 */
export type AnswerLimit = 'no-verdict' | 'always-answers';

export function answerLimit({ kind, verdict, model }: AnswerResult): AnswerLimit | undefined {
  if (kind === 'yesno') return verdict ? undefined : 'no-verdict';
  return model.questions?.noAnswer === false ? 'always-answers' : undefined;
}
