/** Ranks passages by the words that they share with a question, without building an index. */
import { searchTerm, searchWords } from './terms';

/** Parameters k₁ and b of BM25, as in Robertson and Zaragoza 2009, section 3.5. */
const saturation = 1.2;
const lengthWeight = 0.75;

/**
 * Indices of the texts that share a word with the question, best first (BM25). Suitable for one search over a few
 * thousand texts.
 */
export function rankByWords(question: string, texts: readonly string[], limit: number): number[] {
  const questionTerms = new Set(termsOf(question));
  const countedTexts = texts.map((text) => {
    const terms = termsOf(text);
    const counts = new Map<string, number>();
    for (const term of terms) if (questionTerms.has(term)) counts.set(term, (counts.get(term) ?? 0) + 1);
    return { length: terms.length, counts };
  });
  const mean = countedTexts.reduce((sum, { length }) => sum + length, 0) / Math.max(1, texts.length);
  const rarity = new Map(
    [...questionTerms].map((term) => {
      const documentFrequency = countedTexts.filter(({ counts }) => counts.has(term)).length;
      return [term, Math.log(1 + (texts.length - documentFrequency + 0.5) / (documentFrequency + 0.5))];
    }),
  );
  return countedTexts
    .map(({ length, counts }, index) => {
      const norm = saturation * (1 - lengthWeight + (lengthWeight * length) / Math.max(1, mean));
      const score = [...counts].reduce(
        (sum, [term, count]) => sum + ((rarity.get(term) ?? 0) * count * (saturation + 1)) / (count + norm),
        0,
      );
      return { index, score };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .slice(0, limit)
    .map(({ index }) => index);
}

function termsOf(text: string): string[] {
  return searchWords(text).flatMap((word) => searchTerm(word) ?? []);
}
