import { BioBertError, errorCodes } from '../errors';

/**
 * Maximum number of characters in a question. Longer texts are passages, and the model reads only the first 64 tokens.
 */
const maxQuestionCharacters = 1000;

/**
 * Checks a question.
 * @returns the question without white space around it.
 * @throws {BioBertError} QUESTION_EMPTY, QUESTION_TOO_LONG
 */
export function checkQuestion(question: string): string {
  const trimmed = question.trim();
  if (!/[\p{L}\p{N}]/u.test(trimmed.slice(0, maxQuestionCharacters))) {
    throw new BioBertError(
      errorCodes.QUESTION_EMPTY,
      'There is no question.',
      'Ask in words, as in "Which gene causes Huntington disease?".',
    );
  }
  if (trimmed.length > maxQuestionCharacters) {
    throw new BioBertError(
      errorCodes.QUESTION_TOO_LONG,
      `The question has ${trimmed.length} characters, more than the ${maxQuestionCharacters} that are read.`,
      'Ask in one sentence; what should be read belongs in the documents.',
    );
  }
  return trimmed;
}

/** @throws {BioBertError} PASSAGES_EMPTY if none of the texts contains a letter or digit. */
export function checkPassages(texts: readonly string[]): void {
  if (texts.some((text) => /[\p{L}\p{N}]/u.test(text))) return;
  throw new BioBertError(
    errorCodes.PASSAGES_EMPTY,
    'There is no prose to look for an answer in.',
    'Name documents with running text: abstracts, papers or notes.',
  );
}
