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

/** Greek letters that end names of proteins; a key has their names. */
const greekLetters: ReadonlyMap<string, string> = new Map([
  ['alpha', 'α'],
  ['beta', 'β'],
  ['gamma', 'γ'],
  ['delta', 'δ'],
  ['epsilon', 'ε'],
  ['kappa', 'κ'],
]);

/** Maximum number of names of a concept that are searched for; up to fifty words are looked up for each. */
const maxKeys = 40;

/**
 * Makes an FTS5 query that finds passages which may have a name with one of these keys. A key does not say where the
 * words of its name begin (`hepatocellularcarcinoma`), so a passage must have a word that the key begins with and a word
 * that it ends with. The caller has to check the passages that are found.
 *
 * @param keys Keys as `termKey` makes them. The shortest ones are used, because long names are rare in running text.
 * @param occurring Returns the words that occur in at least one passage. A query of thousands of words would take seconds.
 * @returns an empty string if no passage can have such a name.
 */
export function keyQuery(
  keys: Iterable<string>,
  occurring: (words: readonly string[]) => ReadonlySet<string>,
): string {
  const shortest = [...keys].sort((a, b) => a.length - b.length).slice(0, maxKeys);
  const ends = shortest.map((key) => {
    const parts = key.match(/[\p{L}\p{N}]+/gu) ?? [];
    return { first: beginnings(parts[0] ?? ''), last: endings(parts.at(-1) ?? '') };
  });
  const known = occurring([...new Set(ends.flatMap(({ first, last }) => [...first, ...last]))]);
  const queries = ends.flatMap((end) => {
    const [first, last] = [end.first, end.last].map((words) => words.filter((word) => known.has(word)));
    if (!first?.length || !last?.length) return [];
    return [`((${anyOf(first)}) AND (${anyOf(last)}))`];
  });
  return queries.join(' OR ');
}

function beginnings(word: string): string[] {
  return Array.from({ length: word.length }, (_, i) => word.slice(0, i + 1));
}

function endings(word: string): string[] {
  const letters = [...greekLetters].flatMap(([name, letter]) => (word.endsWith(name) ? [letter] : []));
  return [...Array.from({ length: word.length }, (_, i) => word.slice(i)), ...letters];
}

function anyOf(words: readonly string[]): string {
  return words.map((word) => `"${word}"`).join(' OR ');
}
