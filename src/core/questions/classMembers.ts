/** Questions for the members of a class: "Which drugs are aromatase inhibitors?" */
import { matchSpans } from '../text/matchSpans';
import type { Span } from '../types';

const askedClass =
  /\b(?:is|are|was|were|belongs? to(?: the)?(?: class of)?)\s+(?:an?\s+|the\s+)?((?:[\p{L}\p{N}-]+\s+){0,3}(?:inhibitor|agonist|antagonist|blocker|activator|modulator|statin|opioid|steroid|corticosteroid|diuretic|antibiotic|antidepressant|antipsychotic))s?\s*\?*$/iu;

const conjunction =
  String.raw`(?:and|or|versus|vs\.?|than|plus|(?:or\s+)?(?:after|before|following|instead of|compared (?:with|to)))\s+` +
  String.raw`(?:(?:treatment|therapy)\s+with\s+)?(?:the\s+|an?\s+)?`;
/** The words between two things of a list: what stands beside a class is no member of it. */
const joined = new RegExp(
  String.raw`^\s*(?:\([^)]*\)\s*)?(?:as\s+(?:[\p{L}-]+\s+){0,2}(?:therapy|treatment))?,?\s*${conjunction}$`,
  'iu',
);
/** The words between a thing and the class that ends their list: `tamoxifen, megestrol acetate, and aromatase inhibitors`. */
const joinedAtEnd = new RegExp(
  String.raw`^\s*(?:\([^)]*\)\s*)?(?:,\s+(?!(?:an?|the|which|who|that)\s)[\p{L}\p{N}-]+(?:\s+[\p{L}\p{N}-]+)?\s*(?:\([^)]*\)\s*)?)*,?\s*${conjunction}$`,
  'iu',
);

/** Finds out whether a sentence puts a name beside the class that a question asks about. */
export type BesideClass = (sentence: string, name: Span) => boolean;

/**
 * Whether a sentence names something beside a class only: `tamoxifen and the aromatase inhibitors`. `Letrozole and other
 * aromatase inhibitors` and `aromatase inhibitors such as letrozole` name members.
 *
 * @returns undefined if the question asks for no members of a class.
 */
export function besideClass(question: string): BesideClass | undefined {
  const words = askedClass.exec(question.trim())?.[1];
  if (words === undefined) return undefined;
  const pattern = words.replace(/[^\p{L}\p{N}\s-]/gu, '').replace(/\s+/gu, String.raw`\s+`);
  const ofClass = new RegExp(`(?<!\\p{L})${pattern}s?(?!\\p{L})`, 'giu');
  return (sentence, { start, end }) => {
    const places = matchSpans(sentence, ofClass);
    return (
      places.length > 0 &&
      places.every((place) =>
        place.start >= end
          ? joinedAtEnd.test(sentence.slice(end, place.start))
          : joined.test(sentence.slice(place.end, Math.max(place.end, start))),
      )
    );
  };
}
