import { searchTerm } from '../../core/questions/terms';

/**
 * What FTS5 is asked: any of the question's words, each quoted, so that nothing a user types is an operator.
 *
 * @returns an empty string where no word is left to look for.
 */
export function fullTextQuery(question: string): string {
  const words = question.match(/[\p{L}\p{N}]+/gu) ?? [];
  const wanted = words.filter((word) => searchTerm(word) !== null);
  return [...new Set(wanted)].map((word) => `"${word}"`).join(' OR ');
}
