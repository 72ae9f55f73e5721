/**
 * Words that deny a statement or make it speculative, and how far they reach. The lists are our own; they follow NegEx
 * (Chapman et al. 2001), ConText (Harkema et al. 2009) and the guidelines of BioScope (Vincze et al. 2008).
 */
import { auxiliaries } from './auxiliaries';

/**
 * `none`: a phrase that looks like a cue but is not one (`not only`); the text that it covers is not searched for
 * other cues.
 */
export type CueKind = 'negation' | 'speculation' | 'none';

export interface CueRule {
  readonly kind: CueKind;
  /**
   * The text that the cue applies to. `after`: the text that follows; `before`: the text that precedes; `around`: both;
   * `phrase`: only the phrase that follows, in contrast to another one: `gefitinib, but not aspirin, inhibits EGFR`.
   */
  readonly reach: 'after' | 'before' | 'around' | 'phrase';
  /** Maximum number of words that the cue reaches. Default: it reaches to the end of its clause. */
  readonly words?: number;
  /** Alternatives of a regular expression in lower case. A space stands for any white space. */
  readonly phrases: readonly string[];
}

/** Nouns that name a relation: `lack of an effect` denies something, `mice that lack leptin` does not. */
const relationNouns =
  '(?:(?:significant|clear|direct|apparent|any|an?|the) )*(?:effects?|associations?|interactions?|binding|inhibition|activation|correlations?|relationships?|links?|influence|evidence|changes?|affinity|activity|efficacy|benefits?|responses?|involvement|role)';

/** Verbs of hindrance: a cause that is absent and did not hinder an effect says nothing of the two. */
const hindrance =
  '(?:prevent|protect|abolish|block|stop|rescue|reduce|attenuate|suppress|impair|improve|inhibit|diminish|delay)';

/** Verbs of a study and its question: the text that follows is what it asks, and not what it found. */
const inquiryVerbs =
  '(?:determin|investigat|examin|test|assess|evaluat|explor|stud[yi]|analy[sz]|compar|address|ascertain|verif[yi]|characteri[sz]|review|check)';

/** Words before a statement that is taken for granted (`We studied how A inhibits B`), or that are a cue themselves (`whether`). */
const presupposing =
  '(?! (?:the |an? |its |our |their |possible |molecular |underlying )*(?:mechanisms?|how|why|by which|whether|if|hypothes[ie]s)\\b)';

/** Nouns whose phrase is the question of a study, if its verb is one of inquiry: `The effect of A on B was examined`. */
const askedNouns =
  '(?:effects?|efficacy|roles?|influence|impact|associations?|relationships?|links?|correlations?|safety|contribution|involvement|ability|activity|potential)';

export const cueRules: readonly CueRule[] = [
  {
    kind: 'none',
    reach: 'after',
    phrases: [
      'not only',
      'not just',
      'not merely',
      'not necessarily (?:only|just)',
      'not least',
      'no doubt',
      'without doubt',
      'without (?:a )?doubt',
      'no (?:further|additional) (?:studies|work)',
      'no longer than',
      'no more than',
      'no less than',
      'not surprisingly',
      'if not',
      'whether or not to',
      'gram[- ]negative',
      '(?:triple|double|dominant|receptor|er|pr|her2)[- ]negative',
      'negative (?:regulat(?:or|ors|ion)|feedback|control)',
      'negatively (?:regulat(?:es?|ed|ing)|correlat(?:es?|ed|ing)|modulat(?:es?|ed|ing))',
      '(?:in|despite) the absence of',
      'knock[- ]?out',
      'may (?:19|20)\\d\\d',
      'in may',
      'when possible',
      'as (?:soon|much|far) as possible',
      'wherever possible',
      'made it possible',
      'possible to',
      'action potentials?',
      'membrane potentials?',
      '(?:evoked|receptor|resting|redox|zeta|postsynaptic) potentials?',
      'potentially inappropriate',
      'would have been',
      `(?:absence|lack|loss|removal|depletion|deletion|deficiency|withdrawal|inactivation|silencing) of (?:\\S+ ){1,5}?(?:(?:did|does|do) not|failed to|fails to) ${hindrance}\\w*`,
      'no (?:\\S+ ){0,2}(?:benefit|advantage|gain|effect)s? (?:of|from|in|to|by) (?:restricting|limiting|withholding|withdrawing|stopping|discontinuing|omitting|delaying)',
      '(?<=\\b(?:rats|mice|animals|patients|subjects|cells|those|controls|women|men|children|individuals|participants) )not (?:\\w+ly )?\\w+ed',
      'more likely to (?:have|be|develop|die|receive)',
      'less likely to (?:have|be|develop|die|receive)',
    ],
  },
  {
    kind: 'negation',
    reach: 'after',
    phrases: [
      'not',
      'cannot',
      "(?:do|does|did|is|was|are|were|could|would|has|have|had|ca|wo)n['’]t",
      'neither',
      'nor',
      'never',
      'no',
      'none of',
      'nothing',
      'no longer',
      'fail(?:s|ed|ing)? to',
      'failure to',
      'failure of',
      'unable to',
      'inability (?:of|to)',
      `lack(?:s|ed|ing)? (?:of )?${relationNouns}`,
      'devoid of',
      'free of',
      'evidence against',
      'argu(?:es?|ed|ing) against',
      'rul(?:es?|ed|ing) out',
      'exclud(?:es?|ed|ing)',
      'insufficient to',
      'insensitive to',
      'resistant to (?:inhibition|activation|induction)',
      'independent(?:ly)? of',
      'irrespective of',
      'hardly',
      'barely',
      'scarcely',
      '(?<!\\ba\\s)(?:very )?little(?= (?:\\w+ed|effects?|influence|impact|activity|evidence|benefit|affinity)\\b)',
      '(?:unrelated|uncorrelated) (?:to|with)',
      '(?:unresponsive|refractory) to',
      'refut(?:es?|ed|ing)',
      'disprov(?:es?|ed|ing)',
      'den(?:y|ies|ied)',
      'ineffective (?:in|at|against)',
      `absence of ${relationNouns}`,
    ],
  },
  {
    kind: 'negation',
    reach: 'after',
    words: 6,
    phrases: ['without', 'excluding', 'other than'],
  },
  {
    kind: 'negation',
    reach: 'phrase',
    phrases: [
      '(?:but|and|though|although|if) not(?! only| just| merely| significantly| (?:\\w+ly )?\\w{2,}(?:ed|ing)\\b)',
      // "CFTR, not SCNN1A, is mutated", "EGFR (not HER2)".
      '(?<=[,(\\u2013\\u2014]\\s*)not(?! only| just| merely| yet| surprisingly| unexpectedly| to | (?:\\w+ly )?\\w{2,}(?:ed|ing)\\b)',
      // "not nicotine but its withdrawal": without an auxiliary before it, it denies the phrase and not a verb.
      '(?<!\\b(?:do|does|did|is|was|are|were|be|been|has|have|had|can|could|may|might|will|would|should|must)\\s+)not(?! only| just| merely)(?= (?:\\S+ ){1,6}?but\\b(?! also))',
      'rather than',
      'instead of',
      'as opposed to',
      '(?:in|by) contrast (?:to|with)',
      'contrary to',
      'unlike',
      'except(?: for| in| with| of)?',
      'with the exception of',
    ],
  },
  {
    kind: 'negation',
    reach: 'around',
    phrases: [
      'unaffected',
      'unchanged',
      'unaltered',
      'uninhibited',
      'unrelated(?! to\\b)',
      'non[- ]?significant(?:ly)?',
      'insignificant(?:ly)?',
      'inactive (?:against|towards?|at|on)',
      'uncorrelated(?! (?:to|with)\\b)',
      '(?<=\\b(?:is|are|was|were|be|been|remain(?:s|ed)?|became|proved)\\s+)(?:unresponsive|refractory)(?! to\\b)',
    ],
  },
  {
    kind: 'negation',
    reach: 'before',
    phrases: [
      '(?:was|were|is|are|be|been|could) (?:not|never) (?:\\w+ly )?(?:be )?(?:observed|detected|seen|found|evident|apparent|significant|confirmed|demonstrated|replicated|established|supported|present|associated|related|affected|altered|changed|modified|prevented|blocked|inhibited|required|necessary|noted|reported)',
      '(?:was|were|is|are) (?:absent|lacking|abolished by control|ruled out|excluded|refuted)',
      'did not (?:occur|reach significance|attain significance|replicate)',
      'not statistically significant',
    ],
  },
  {
    kind: 'negation',
    reach: 'before',
    words: 6,
    phrases: [
      '(?:had|has|have|showed|shows|show|produced|exerted) (?:no|(?:very )?little(?: or no)?) (?:such |significant |apparent |detectable )?(?:effects?|influence|activity|impact)',
    ],
  },
  {
    kind: 'speculation',
    reach: 'after',
    phrases: [
      'may',
      'might',
      'could',
      'would',
      'should',
      'perhaps',
      'maybe',
      'possib(?:le|ly)',
      'possibilit(?:y|ies)',
      'potential(?:ly)?',
      'presum(?:ed|ably|e|es)',
      'probabl[ey]',
      'likely',
      'unlikely',
      'likelihood',
      'putative(?:ly)?',
      'supposed(?:ly)?',
      'suspected',
      'suspicion of',
      'apparent(?:ly)?',
      'suggest(?:s|ed|ing|ive)?(?: (?:that|of|an?|the))?',
      'indicat(?:es?|ed|ing) that',
      'impl(?:y|ies|ied|ying) (?:that|an?|the)',
      'hypothes[ie]s(?:[sz]e|[sz]es|[sz]ed)?',
      'hypothesi[sz](?:es?|ed|ing)',
      'speculat(?:es?|ed|ing|ion|ive|ively)',
      'postulat(?:es?|ed|ing)',
      'propos(?:es?|ed|ing) (?:that|as|to|an?)',
      'propos(?:ed|al)',
      'assum(?:es?|ed|ing|ption)',
      'conjectur(?:es?|ed|ing)',
      'believ(?:es?|ed)',
      'thought to',
      'think(?:s)? that',
      'considered to',
      'expected to',
      'predicted to',
      'predict(?:s|ed)? that',
      'seem(?:s|ed|ing|ingly)?',
      'appear(?:s|ed|ing)? (?:to|that|as|able|likely)',
      'whether',
      'if',
      'unclear',
      'uncertain',
      'unknown',
      'controversial',
      'not (?:yet )?(?:clear|known|understood|established|certain|determined)(?: whether| if| how)?',
      'remains? to be (?:\\w+)',
      'it is (?:possible|conceivable|plausible|tempting)',
      'conceivabl[ey]',
      'plausible',
      'questionable',
      'can be speculated',
      `to (?:${inquiryVerbs}e?|study|verify|clarify|elucidate|establish) (?:whether|if|the (?:effects?|role|influence|impact|relationship|association|possible|potential))`,
      `to ${inquiryVerbs}(?:e|y)?${presupposing}`,
      `we (?:have )?(?:\\w+ly |also |then |next |first |here |further )*${inquiryVerbs}e?d(?! (?:and|to) (?:found|show))${presupposing}`,
      'we (?:also |then |next |first |here )*(?:asked|sought)',
      `(?:is|are|being) (?:(?:currently|now|still|also|being) )*${inquiryVerbs}ed (?:as|for|in|against)`,
      `(?:was|were|been) (?:\\w+ly |also |then )*(?:evaluat|test|investigat|assess|stud[iy]|examin)ed (?:as|for|in|against)`,
      '(?:evaluation|assessment|investigation) of(?![^.;]*\\b(?:show|reveal|demonstrat|confirm|indicat|suggest|identif|found))',
      'raises? the (?:possibility|question)',
      'cannot (?:be )?(?:exclude|excluded|rule out|ruled out)',
      'can not be (?:excluded|ruled out)',
      'could not be (?:excluded|ruled out)',
      'no conclusion',
      'candidates?',
      'yet to be',
      'open question',
      'under (?:study|investigation|evaluation|discussion)',
      'debated?',
      'if any',
    ],
  },
  {
    kind: 'speculation',
    reach: 'before',
    phrases: [
      '(?:is|was|are|were|remains?|be|been) (?:still |yet |also |thus |highly |very |largely |currently |therefore )*(?:possible|likely|unlikely|probable|plausible|conceivable|unclear|uncertain|unknown|controversial|suspected|suggested|proposed|hypothesi[sz]ed|postulated|speculated|presumed|assumed|questionable|debated|disputed|not (?:clear|known|understood|established|certain|conclusive))',
      'remains? to be (?:\\w+)',
      'needs? (?:to be )?(?:confirmed|confirmation|clarified|clarification|investigated|determined)',
      'warrants? (?:further )?(?:study|investigation|confirmation)',
      'has (?:been )?(?:suggested|proposed|hypothesi[sz]ed|postulated)',
      'have (?:been )?(?:suggested|proposed|hypothesi[sz]ed|postulated)',
      '(?:cannot|can not|could not) be (?:excluded|ruled out)',
      'was investigated',
      'were investigated',
      `(?<=\\b${askedNouns}\\b[^.;]{0,150})(?:was|were) (?:\\w+ly |also |then )*${inquiryVerbs}e?d`,
      '(?:has|have) yet to be (?:\\w+)',
      '(?:is|are|was|were|remains?) (?:still )?(?:under (?:study|investigation|evaluation|discussion|debate)|an open question)',
      'awaits? (?:confirmation|proof|study)',
    ],
  },
];

/** Verbs of relations in the present tense, third person. */
const presentVerbs =
  'inhibits|activates|induces|increases|reduces|blocks|binds|causes|suppresses|stimulates|decreases|prevents|enhances|attenuates|raises|lowers';

/** Regular expressions for the end of a clause, where the reach of a cue ends. */
export const clauseBorders: readonly string[] = [
  ';',
  ':',
  '\\bbut\\b',
  '\\bhowever\\b',
  '\\bwhereas\\b',
  '\\balthough\\b',
  '\\bthough\\b',
  '\\beven if\\b',
  '\\bwhile\\b',
  '\\byet\\b',
  '\\bnevertheless\\b',
  '\\bnonetheless\\b',
  '\\bdespite\\b',
  '\\bin contrast\\b',
  '\\bbecause\\b',
  '\\bsince\\b',
  '\\btherefore\\b',
  '\\bthus\\b',
  '\\bhence\\b',
  '\\bthereby\\b',
  '\\bas well as\\b(?= (?:\\w+ ){0,2}\\w+ed\\b)',
  '\\bsuggesting\\b',
  '\\bindicating\\b',
  // ", and it …": an independent clause.
  ', (?:and|or) (?:it|they|we|this|these|those|he|she)\\b',
];

/** "… and inhibited", "… and is": the next verb has the same subject and is no longer denied. */
export const nextPredicate = `\\band (?:\\w+ly )?(?:${auxiliaries}|also|instead|\\w{2,}ed|${presentVerbs})\\b`;

/** A finite verb, where a phrase that is contrasted with another ends: `but not aspirin inhibits`. */
export const finiteVerb = `(?<![\\p{L}\\p{N}-])(?:${auxiliaries}|\\w{3,}ed|${presentVerbs}|leads?|led|drives?|drove|treats?|relieves?|improves?|cures?|protects?|promotes?|regulates?|represses|affects?|produces?|worsens?|eases?|predicts?|confers?|contributes?|plays?|correlates?|interacts?|mediates?|acts?|remains?|inhibit|activate|induce|increase|reduce|block|bind|cause|suppress|stimulate|decrease|prevent|enhance|attenuate|raise|lower)(?![\\p{L}\\p{N}-])`;

/** More verbs by which a title or a clause states a result, in the present tense. */
export const statingVerbs =
  '(?:activ|attenu|stimul|amelior|potenti|modul|regul|medi|allevi|acceler|elimin|mitig|facilit|exacerb|aggrav)ates|' +
  '(?:re|in|pro)duces|(?:inhi|prohi)bits|prevents|protects|affects|(?:in|de)creases|improves|enhances|causes|leads|shows|' +
  'blocks|binds|kills|slows|delays|lowers|raises|prolongs|promotes|suppresses|reverses|restores|sensiti[sz]es|predicts|confers';

/** Conjunctions that open a clause before the main clause. */
export const openingConjunction = '\\b(?:although|though|while|whereas|because|since|despite)\\b';

/** The comma before a main clause that follows another clause: `Although A inhibits B, its role is unknown`. */
export const mainClause =
  ',(?= (?:its|their|the|this|these|that|those|it|they|we|our|his|her|no|little|there|most|some|few|neither|both)\\b)';
