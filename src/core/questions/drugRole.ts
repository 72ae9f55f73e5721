/** The role of a drug for a disease: it treats it, or it causes it as a side effect. */
import { matchSpans } from '../text/matchSpans';
import type { Span } from '../types';

export type DrugRole = 'treats' | 'harms';

const harmfulQuestion =
  /\b(?:side[- ]effects?|adverse (?:events?|effects?|(?:drug )?reactions?)|unwanted effects?|toxicit(?:y|ies))\b/iu;
const treatingQuestion =
  /\b(?:treats?|treated (?:by|with|using)|indications?|indicated|used (?:for|in|to treat)|(?:medical|clinical|therapeutic) uses?|(?:use|purpose) of|approved for|licensed for|prescribed for|effective (?:against|in|for)|relieves?|cures?)\b/iu;

/** The role that a question asks for. @returns undefined if it asks for neither. */
export function askedRole(question: string): DrugRole | undefined {
  if (harmfulQuestion.test(question)) return 'harms';
  return treatingQuestion.test(question) ? 'treats' : undefined;
}

const harmCue =
  /\b(?:side[- ]effects?|adverse|toxicity|(?:may |can )?caus(?:e|es|ed|ing)|induc(?:e|es|ed|ing)|(?:lead|leads|leading|led) to|risks? of|worsen\w*|trigger\w*|provok\w*|complicat\w*|harm\w*|(?:was|were) (?:reported|observed) as)\b|-(?:induced|associated|related)\b/giu;
const treatCue =
  /\b(?:treat(?:s|ed|ing|ment|ments)?|therap(?:y|ies)|indicat(?:ed|ion|ions) (?:for|in|of)|used (?:in|for|to|against)|approved|licensed|reliev\w*|prevent\w*|effective|efficacy|cures?|cured|prescribed|protects?|first-line|manag(?:e|es|ed|ing|ement)|given (?:for|in|to)|improv(?:e|es|ed|ing))\b/giu;
const predicate = /\b(?:is|are|was|were|include[sd]?|including|comprised?)\b/iu;
const clauseBorder = /[;:]\s|,?\s(?:but|whereas|while|although|however)\s/giu;

interface RoleCue extends Span {
  readonly role: DrugRole;
}

/** The role that a sentence gives to a disease. @returns undefined if it says neither. */
export function roleIn(sentence: string, disease: Span): DrugRole | undefined {
  const borders = matchSpans(sentence, clauseBorder);
  const start = borders.findLast(({ end }) => end <= disease.start)?.end ?? 0;
  const end = borders.find((border) => border.start >= disease.end)?.start ?? sentence.length;
  const cues = [...cuesOf(sentence, harmCue, 'harms'), ...cuesOf(sentence, treatCue, 'treats')]
    .filter((cue) => cue.start >= start && cue.end <= end)
    .sort((a, b) => a.start - b.start);
  const before = cues.filter((cue) => cue.end <= disease.start);
  const nearest = before.at(-1);
  if (nearest === undefined) return cues.find((cue) => cue.start >= disease.end)?.role;
  // `Side effects in patients treated for X were Y`: the subject decides about Y.
  const isPredicate = predicate.test(sentence.slice(nearest.end, disease.start));
  return (isPredicate ? before[0] : nearest)?.role;
}

function cuesOf(sentence: string, cue: RegExp, role: DrugRole): RoleCue[] {
  return matchSpans(sentence, cue).map((span) => ({ ...span, role }));
}
