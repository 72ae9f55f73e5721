/** Estimates whether texts are about the subject of a question, from their words alone. */
import { sigmoid } from '../tensors/sigmoid';
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
 * It chooses the sentences that are read if there are too many. The constants were chosen on held-out questions with the
 * nearest of 300 unrelated passages.
 *
 * @param question The question, or a function that returns it as it is put to the text with an index.
 */
export function relevanceOf(
  question: string | ((text: number) => string),
  texts: readonly string[],
): number[] {
  const textTerms = texts.map(termsOf);
  const weightsByQuestion = new Map<string, ReadonlyMap<string, number>>();
  const weightsOf = (asked: string) => {
    const weights = weightsByQuestion.get(asked) ?? weightsIn(asked, textTerms);
    weightsByQuestion.set(asked, weights);
    return weights;
  };
  return textTerms.map((terms, text) => {
    const weights = weightsOf(typeof question === 'string' ? question : question(text));
    const total = sumOf(weights.values());
    if (total === 0) return 1;
    const coverage = sumOf([...weights].map(([term, weight]) => (terms.has(term) ? weight : 0))) / total;
    return sigmoid(steepness * (coverage - evenCoverage));
  });
}

/** The weights of the words of a question. */
function weightsIn(question: string, textTerms: readonly ReadonlySet<string>[]): ReadonlyMap<string, number> {
  return new Map(
    [...termsOf(question)].map((term) => {
      const documentFrequency = textTerms.filter((terms) => terms.has(term)).length;
      return [term, Math.log(1 + (textTerms.length + unseenTexts) / (1 + documentFrequency))];
    }),
  );
}

function termsOf(text: string): ReadonlySet<string> {
  return new Set(searchWords(text).flatMap((word) => searchTerm(word)?.slice(0, comparedLetters) ?? []));
}

function sumOf(values: Iterable<number>): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
