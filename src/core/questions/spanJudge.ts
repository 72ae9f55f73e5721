/** Judges the spans of all passages of a question. */
import { questionWords } from './answerRules';
import { AnswerJudge } from './answerJudge';
import type { SpanJudge } from './answers';
import type { NameReader } from './passageNames';

interface JudgedInput {
  readonly question: string;
  readonly texts: readonly string[];
  /** The question as it is put to each text. */
  readonly questions: readonly string[];
}

/** Creates the judge of a question. A text is judged by the question as it was put to it. */
export function createSpanJudge(
  { question, texts, questions }: JudgedInput,
  names: NameReader | undefined,
): SpanJudge {
  const judges = new Map<string, AnswerJudge>();
  const judgeOf = (passage: number) => {
    const asked = questions[passage] ?? question;
    const judge =
      judges.get(asked) ?? new AnswerJudge({ question: asked, words: questionWords(asked), names });
    judges.set(asked, judge);
    return judge;
  };
  return {
    adjustment: (span) => judgeOf(span.passage).adjustment(texts[span.passage] ?? '', span),
    support: (span) => judgeOf(span.passage).support(texts[span.passage] ?? '', span),
    completed: (span) => ({ ...span, ...judgeOf(span.passage).completed(texts[span.passage] ?? '', span) }),
    conceptOf: ({ passage, start, end }) =>
      judgeOf(passage).conceptOf((texts[passage] ?? '').slice(start, end)),
  };
}
