/** Questions that ask whether something is not so, turned into the claim that they deny. */

/** A yes-no question as the stance model reads it. */
export interface ClaimForm {
  readonly question: string;
  /** Whether the question was turned round: a sentence that supports {@link question} contradicts the original one. */
  readonly isInverted: boolean;
}

/** Words that deny, with the words that affirm the same. The first one of a question counts. */
const affirmations: readonly (readonly [pattern: RegExp, affirmed: string])[] = [
  [/\bineffective\b/iu, 'effective'],
  [/\binactive\b/iu, 'active'],
  [/\bunsafe\b/iu, 'safe'],
  [/\bunsuccessful\b/iu, 'successful'],
  [/\bunable to\b/iu, 'able to'],
  [/\bunrelated to\b/iu, 'related to'],
  [/\bunaffected by\b/iu, 'affected by'],
  [/\bharmless\b/iu, 'harmful'],
  [/\buseless\b/iu, 'useful'],
  [/\bof no (use|benefit|value|help)\b/iu, 'of $1'],
  [/\bfree (?:of|from) (?:an? |any )?(association|link)\b/iu, 'linked to an $1'],
  [/\b(?:fail|fails|failed) to\b/iu, ''],
  [/\b(?:have|has|had) no\b/iu, 'have an'],
  [/\black(?:s|ed)?\b/iu, 'have'],
  [/\b(?:not|never)\b/iu, ''],
];

/**
 * Turns a question that denies into the question that affirms: "Is aspirin ineffective in gout?" into "Is aspirin
 * effective in gout?". A contraction is left out without inversion: "Isn't aspirin effective?" asks whether it is.
 */
export function claimForm(question: string): ClaimForm {
  const plain = question.replace(/^(\p{L}+?)n['’]t\b/iu, (_, verb: string) =>
    /^ca$/iu.test(verb) ? `${verb}n` : verb,
  );
  for (const [pattern, affirmed] of affirmations) {
    if (!pattern.test(plain)) continue;
    const turned = plain
      .replace(pattern, affirmed)
      .replace(/\s{2,}/gu, ' ')
      .replace(/\s+\?/gu, '?');
    return { question: turned, isInverted: true };
  }
  return { question: plain, isInverted: false };
}
