/** Words that replace each cue in a sentence that affirms what it denies; the first match counts. */
const affirmations: readonly (readonly [cue: RegExp, affirmation: string])[] = [
  [/^(?:(?:but|and|though|although|if) not|rather than|instead of|as opposed to)/u, 'and'],
  [/^except.*|^with the exception of/u, 'and'],
  [/^(?:unlike|(?:in|by) contrast (?:to|with)|contrary to)/u, 'like'],
  [/^neither$/u, 'both'],
  [/^nor$/u, 'and'],
  [/^(?:none of|nothing)$/u, 'all'],
  [/^cannot$/u, 'can'],
  [/^won['’]t$/u, 'will'],
  [/^can?['’]t$/u, 'can'],
  [/^(\p{L}+)n['’]t/u, '$1'],
  [/^fail(?:s|ed|ing)? to/u, 'did'],
  [/^(?:failure|inability) (?:of|to)/u, 'ability to'],
  [/^unable/u, 'able'],
  [/^without/u, 'with'],
  [/^(?:absence|lack) of /u, ''],
  [/^(?:lacks?|lacked|lacking|devoid|free)\b(?: of)?/u, 'with'],
  [/^(?:had|has|have|showed|shows|show|produced|exerted) (?:no|(?:very )?little(?: or no)?)/u, 'had'],
  [/^independent(?:ly)? of|^irrespective of/u, 'dependent on'],
  [/^insufficient/u, 'sufficient'],
  [/^insensitive/u, 'sensitive'],
  [/^ineffective/u, 'effective'],
  [/^inactive/u, 'active'],
  [/^un(?=\p{L})/u, ''],
  [/^evidence against/u, 'evidence for'],
  [/^argu(?:es?|ed|ing) against/u, 'argues for'],
  [/^(?:was|were|is|are) (?:absent|lacking|ruled out|excluded|refuted)/u, 'was present'],
  [
    /^(?:rul(?:es?|ed|ing) out|exclud(?:es?|ed|ing)|refut(?:es?|ed|ing)|disprov(?:es?|ed|ing)|den(?:y|ies|ied))/u,
    'shows',
  ],
];

const denials =
  /\b(?:not|never|no longer|no|hardly|barely|scarcely|(?:very )?little|non[- ]?|in)(?![\p{Ll}])\s*/gu;

/**
 * The words of a cue without its denial: `fail to` → `did`, `is not found` → `is found`. In place of the cue they make
 * a sentence that affirms what the sentence denies.
 */
export function affirmationOf(cue: string): string {
  const folded = cue.toLowerCase().replace(/\s+/gu, ' ');
  const known = affirmations.find(([pattern]) => pattern.test(folded));
  return known ? folded.replace(known[0], known[1]) : folded.replace(denials, '').trim();
}
