/** Whether passages speak of what a question asks at all. */
import { searchTerm, searchWords } from './terms';

/** Coverage at which it is even whether a passage speaks of the matter, and how fast that is decided. */
const evenCoverage = 0.35;
const steepness = 14;

/** Texts without the word that are added in thought: rarity among a few texts says little. */
const unseenTexts = 30;

/** Letters of a word that are compared: "nephrotoxic" is in "nephrotoxicity". */
const comparedLetters = 8;

/**
 * Probability that each text speaks of the matter of the question, from the share of the question's words that stands
 * in it; words that few of the texts have count more (idf).
 *
 * Needed for verdicts: every passage can be said yes or no to, and a network that has learnt from passages that experts
 * chose does so. Chosen on held-out questions with the nearest of 300 foreign passages, see the model's card.
 */
export function relevanceOf(question: string, texts: readonly string[]): number[] {
  const asked = termsOf(question);
  const held = texts.map(termsOf);
  const weights = new Map(
    [...asked].map((term) => {
      const holders = held.filter((terms) => terms.has(term)).length;
      return [term, Math.log(1 + (texts.length + unseenTexts) / (1 + holders))];
    }),
  );
  const total = sumOf(weights.values());
  return held.map((terms) => {
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
