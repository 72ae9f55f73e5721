/** Terms for search by words. */

/** Words of a question that do not describe its subject. */
const stopWords = new Set(
  (
    'a an the of in on at to for from by with without and or but as is are was were be been being do does did ' +
    'has have had can could should would will may might must which what who whom whose where when why how that ' +
    'this these those it its their there than then into between among during used use using please list name'
  ).split(' '),
);

/** @param word A word in lower case. */
export function isStopWord(word: string): boolean {
  return stopWords.has(word);
}

/**
 * Reduces a word to a search term by removing plural and verb endings: enough stemming for "inhibitors" to match
 * "inhibitor". Returns null for stop words.
 */
export function searchTerm(word: string): string | null {
  const term = word.toLowerCase();
  if (isStopWord(term)) return null;
  if (term.length > 4 && term.endsWith('ies')) return `${term.slice(0, -3)}y`;
  if (term.length > 4 && /(?:ss|us|is)$/.test(term)) return term;
  if (term.length > 3 && term.endsWith('s')) return term.slice(0, -1);
  return term;
}

/** Splits a text into words and numbers. `IL-6` gives the joined word and its two parts. */
export function searchWords(text: string): string[] {
  const words = text.match(/[\p{L}\p{N}]+(?:[-‐'’][\p{L}\p{N}]+)*/gu) ?? [];
  return words.flatMap((word) => {
    const parts = word.split(/[-‐'’]/);
    return parts.length > 1 ? [parts.join(''), ...parts] : parts;
  });
}
