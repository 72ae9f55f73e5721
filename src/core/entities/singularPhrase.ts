/** Puts the last word of a phrase in the singular, white space behind it aside: `Interleukins ` → `Interleukin `. */
export function singularPhrase(phrase: string): string {
  return phrase.replace(
    /(\p{Ll}{2,})(\s*)$/u,
    (_, word: string, blank: string) => singularWord(word) + blank,
  );
}

/** Nouns whose singular ends in s, beside those in -ss, -us and -is. */
const ownPlural = /(?:ss|us|is|diabetes|herpes|rabies|scabies|species|series)$/u;

function singularWord(word: string): string {
  if (!word.endsWith('s') || ownPlural.test(word)) return word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return /(?:o|a|p)ses$/u.test(word) && !/(?:ases)$/u.test(word)
    ? `${word.slice(0, -2)}is`
    : word.slice(0, -1);
}
