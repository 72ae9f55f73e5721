import { searchTerm } from '../../core/questions/terms';

/**
 * Makes an FTS5 query that matches any word of the question. Each word is quoted, so that a user cannot type an operator.
 *
 * @returns an empty string if the question has no word to search for.
 */
export function fullTextQuery(question: string): string {
  const words = question.match(/[\p{L}\p{N}]+/gu) ?? [];
  const wanted = words.filter((word) => searchTerm(word) !== null);
  return [...new Set(wanted)].map((word) => `"${word}"`).join(' OR ');
}
