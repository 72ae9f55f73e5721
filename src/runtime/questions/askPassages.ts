import { askedPassage, createAskedQuestion } from '../../core/questions/askedQuestion';
import { paperKeys, withoutCopies } from '../../core/questions/paperKeys';
import type { SourcePassage } from '../../core/questions/placedAnswers';
import { rankWithIndex } from '../../core/questions/search';
import { selectPassages } from '../../core/questions/select';
import type {
  AnswerRequest,
  AnswerResult,
  ConceptEngine,
  QuestionAbilities,
  QuestionEngine,
} from '../../protocol/engine';

/** A question about passages of documents. */
export interface PassageQuestion extends Pick<
  AnswerRequest,
  'question' | 'kind' | 'maxAnswers' | 'minProbability'
> {
  /** The passages of all documents. If a paper has copies, one of them is read. */
  readonly passages: readonly SourcePassage[];
}

export interface PassageReader {
  readonly engine: Pick<QuestionEngine, 'embed' | 'answer'> & ConceptEngine;
  /** The abilities of the question model, as its information states them. */
  readonly abilities: QuestionAbilities | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads the passages that fit a question best. With a terminology, it also finds passages with other names of what the
 * question asks about.
 * @returns the answers, and the passages that were read, to which they refer.
 * @throws as the methods of the engine.
 */
export async function askPassages(
  { passages: all, question, kind, maxAnswers, minProbability }: PassageQuestion,
  { engine, abilities, signal }: PassageReader,
): Promise<{ readonly result: AnswerResult; readonly read: readonly SourcePassage[] }> {
  const passages = withoutCopies(all);
  const texts = passages.map(({ passage }) => passage.text);
  const embed = (some: readonly string[]) => engine.embed({ texts: some }, { signal });
  // The list is empty if there is no terminology.
  const { concepts } = await engine.concepts({ text: question, match: 'mentions' }, { signal });
  const asked = createAskedQuestion(question, concepts);
  const chosen = await selectPassages(asked, texts, {
    rank: rankWithIndex,
    embed: abilities?.embeddings === false ? undefined : embed,
  });
  const read = chosen.flatMap((index) => passages[index] ?? []);
  const keys = paperKeys(read);
  const result = await engine.answer(
    {
      question,
      passages: read.map(({ passage }, index) => ({
        ...askedPassage(asked, passage.text),
        paper: keys[index],
      })),
      ...(kind && { kind }),
      ...(maxAnswers !== undefined && { maxAnswers }),
      ...(minProbability !== undefined && { minProbability }),
    },
    { signal },
  );
  return { result, read };
}
