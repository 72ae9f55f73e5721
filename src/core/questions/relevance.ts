/** Estimates whether passages are about the subject of a question. */
import { searchTerm, searchWords } from './terms';

/** Coverage at which the relevance is 0.5, and the slope of the logistic function there. */
const evenCoverage = 0.35;
const steepness = 14;

/** Number of texts without the word that are added to the count, because rarity among a few texts says little. */
const unseenTexts = 30;

/** Number of letters that are compared: "nephrotoxic" matches "nephrotoxicity". */
const comparedLetters = 8;

/**
 * The probability that each text is about the subject of the question, from the share of the question's words that
 * occur in it. Words that occur in few texts count more (idf).
 *
 * Verdicts need it because the model says yes or no to any passage: it was trained on passages that experts had
 * selected for the question. The constants were chosen on held-out questions with the nearest of 300 unrelated
 * passages, see the model card.
 */
export function relevanceOf(question: string, texts: readonly string[]): number[] {
  const questionTerms = termsOf(question);
  const textTerms = texts.map(termsOf);
  const weights = new Map(
    [...questionTerms].map((term) => {
      const documentFrequency = textTerms.filter((terms) => terms.has(term)).length;
      return [term, Math.log(1 + (texts.length + unseenTexts) / (1 + documentFrequency))];
    }),
  );
  const total = sumOf(weights.values());
  return textTerms.map((terms) => {
    if (total === 0) return 1;
    const coverage = sumOf([...weights].map(([term, weight]) => (terms.has(term) ? weight : 0))) / total;
    return 1 / (1 + Math.exp(-steepness * (coverage - evenCoverage)));
  });
}

function termsOf(text: string): ReadonlySet<string> {
  return new Set(searchWords(text).flatMap((word) => searchTerm(word)?.slice(0, comparedLetters) ?? []));
}

function sumOf(values: Iterable<number>): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
