import { BioBertError, errorCodes } from '../errors';

/** Characters of a question. Longer ones are passages, and the model reads the first 64 pieces only. */
export const maxQuestionCharacters = 1000;

/** @returns the question without blanks around it. @throws {BioBertError} QUESTION_EMPTY, QUESTION_TOO_LONG */
export function checkQuestion(question: string): string {
  const asked = question.trim();
  if (!/[\p{L}\p{N}]/u.test(asked.slice(0, maxQuestionCharacters))) {
    throw new BioBertError(
      errorCodes.QUESTION_EMPTY,
      'There is no question.',
      'Ask in words, as in "Which gene causes Huntington disease?".',
    );
  }
  if (asked.length > maxQuestionCharacters) {
    throw new BioBertError(
      errorCodes.QUESTION_TOO_LONG,
      `The question has ${asked.length} characters, more than the ${maxQuestionCharacters} that are read.`,
      'Ask in one sentence; what should be read belongs in the documents.',
    );
  }
  return asked;
}

/** @throws {BioBertError} PASSAGES_EMPTY where none of the texts has a letter or digit. */
export function checkPassages(texts: readonly string[]): void {
  if (texts.some((text) => /[\p{L}\p{N}]/u.test(text))) return;
  throw new BioBertError(
    errorCodes.PASSAGES_EMPTY,
    'There is no prose to look for an answer in.',
    'Name documents with running text: abstracts, papers or notes.',
  );
}
