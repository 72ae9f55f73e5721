/** What searching by words compares. */

/** Words of the question that say nothing of its matter. */
const stopWords = new Set(
  (
    'a an the of in on at to for from by with without and or but as is are was were be been being do does did ' +
    'has have had can could should would will may might must which what who whom whose where when why how that ' +
    'this these those it its their there than then into between among during used use using please list name'
  ).split(' '),
);

/** @param word In lower case. */
export function isStopWord(word: string): boolean {
  return stopWords.has(word);
}

/** Endings of number and person: enough of a stemmer that "inhibitors" finds "inhibitor". */
export function searchTerm(word: string): string | null {
  const term = word.toLowerCase();
  if (isStopWord(term)) return null;
  if (term.length > 4 && term.endsWith('ies')) return `${term.slice(0, -3)}y`;
  if (term.length > 4 && /(?:ss|us|is)$/.test(term)) return term;
  if (term.length > 3 && term.endsWith('s')) return term.slice(0, -1);
  return term;
}

/** Words and numbers; `IL-6` is one word and its two parts. */
export function searchWords(text: string): string[] {
  const words = text.match(/[\p{L}\p{N}]+(?:[-‐'’][\p{L}\p{N}]+)*/gu) ?? [];
  return words.flatMap((word) => {
    const parts = word.split(/[-‐'’]/);
    return parts.length > 1 ? [parts.join(''), ...parts] : parts;
  });
}
