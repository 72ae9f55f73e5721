/**
 * Checks by words whether a sentence can take a side at all. The model sometimes takes a sentence about something else
 * for a contradiction. A sentence contradicts a claim only if it denies, compares, or says the opposite.
 */
import { auxiliaries } from '../text/auxiliaries';
import { statingVerbs } from '../text/cueLexicon';

/** Stems of opposite meaning: a claim with one and a sentence with the other cannot both be true of the same thing. */
const oppositeStems: readonly (readonly [string, string])[] = [
  [
    'reduc|decreas|lower|diminish|fall|fell|declin|drop|less|fewer|smaller|shrink|shrank|downregulat|down-regulat|cuts?|minimi[sz]',
    'increas|rais|rise|rose|rising|elevat|higher|more|greater|grow|grew|gain|upregulat|up-regulat|doubl|tripl|twice|enhanc|augment',
  ],
  [
    String.raw`prevent|(?:\p{L}+)?protect|avert|amelior|alleviat|mitigat|attenuat`,
    'caus|induc|trigger|lead|led|provok|result|worsen|aggravat|exacerbat|increas|higher|more|promot|due to',
  ],
  [
    'improv|amelior|alleviat|reliev|benefi|better|effective|efficac|help|works?|useful|treat|cure|curable|active|activity',
    'worse|worsen|deteriorat|harm|useless|aggravat|impair|detriment|contraindicat|toxic|resist',
  ],
  [
    'inhibit|block|suppress|antagoni|inactivat|attenuat|abolish',
    'activat|stimulat|promot|agoni|induc|increas|enhanc|potentiat|rais|augment',
  ],
  [
    'shorten|shorter|accelerat|speed|hasten|faster|quick|sooner|earlier',
    'prolong|lengthen|longer|delay|slow|later',
  ],
  [
    'safe|tolerat|recommend|approv|indicated|advis|allow|given|give|take|use',
    'avoid|contraindicat|harm|toxic|unsafe|danger|banned|withdrawn|forbid|discourag|reject',
  ],
  ['common|frequent|often', 'rare|seldom|uncommon|infrequent'],
  ['superior|better|more|higher|greater', 'inferior|worse|less|lower|fewer'],
  ['dominant', 'recessive|x-linked|mitochondrial|sporadic'],
  ['recessive', 'x-linked'],
  ['benign', 'malignan'],
  ['acute', 'chronic'],
  ['vir(?:us|al)', 'bacteri|parasit|fung|protozo|helminth|genetic|autoimmun'],
  ['bacteri', 'parasit|fung|protozo|helminth|prion'],
  ['hereditary|inherited|genetic', 'acquired|infecti|environmental'],
  ['reversible', 'irreversible|permanent'],
];

/** Words that deny, compare or restrict. */
const sign =
  /\b(?:not?|never|neither|nor|none|nothing|cannot|without|hardly|scarcely|lack\w*|absen\w+|fail\w*|unable|un(?:affected|changed|altered|related|likely|associated)|in(?:effective|active|sufficient|capable)|ineffective|remain\w*|stayed|similar\w*|equal\w*|same|identical|comparable|unlike|rather|instead|contrary|contrast|whereas|only|than|differ\w*|exclu\w+|rul(?:ed|es) out|refut\w+|disprov\w+|myth|separate)\b|n['’]t\b/iu;

/** Words by which a sentence leaves open what it speaks of, or only tells what a study was to find out. */
const open = new RegExp(
  [
    String.raw`\b(?:un(?:known|clear|certain|resolved|proven)|controversial|conflicting|inconclusive|no conclusion|whether)\b`,
    String.raw`\bnot (?:yet |fully |well |currently )?(?:been )?(?:known|clear|certain|understood|established|settled|determined)\b`,
    String.raw`\b(?:yet to be|remains? to be|hypothesi[sz]ed)\b`,
    String.raw`\b(?:evaluations?|stud(?:y|ies)|trials?|research|investigations?)\b[^.;]{0,60}\b(?:warranted|needed|required|justified)\b`,
    String.raw`^(?:[A-Z/ ]+: ?)?(?:the )?(?:(?:co-)?primary |secondary |main |principal )*(?:outcomes?|outcome (?:measures?|variables?)|end[- ]?points?) (?:includ\w+|compris\w+|consisted|(?:was|were) (?:defined|measured|assessed|evaluated|the |overall |all-cause |death|mortality|progression|time))`,
    String.raw`\b(?:was|were) (?:designed|undertaken|performed|conducted|carried out) to\b`,
    String.raw`\bwe (?:investigated|examined|evaluated|assessed|studied|tested|asked) (?:if|the (?:effects?|role|influence|impact))\b`,
    String.raw`^(?:[A-Z/ ]+: ?)?(?:to (?:evaluate|assess|examine|determine|investigate|compare|study|test|identify|describe|explore|analy[sz]e|establish|review|find out|clarify|characteri[sz]e|elucidate|estimate|measure|define|report)\b|(?:the )?(?:aims?|objectives?|purposes?|goals?)\b)`,
    String.raw`^(?:[A-Z/ ]+: ?)?(?:we (?:aimed|sought|wished|set out)|(?:this|the present|the current|our|an?) (?:study|trial|work|review|paper|analysis) (?:will|aims?|aimed|sought|examines|investigates|evaluates))\b`,
  ].join('|'),
  'iu',
);

/** The start of a title that names what a paper is about: `Efficacy of X in Y`, `X: a review of its use in Y`. */
const topic = new RegExp(
  '^(?:[A-Z][A-Z /]+: )?(?:[^:]{1,90}: )?' +
    '(?:(?:an?|the|and|recent|current|new|novel|updated?|clinical|preclinical|scientific|potential|emerging|possible|' +
    'early|late|comparative|retrospective|prospective|systematic) )*' +
    '(?:updates?|reviews?|overviews?|rationales?|roles?|effects?|impacts?|influences?|uses?|efficacy|safety|evaluations?|' +
    'assessments?|comparisons?|identification|characteri[sz]ation|analys[ie]s|investigations?|study|studies|trials?|' +
    'prognostic factors?|predictors?|mechanisms?|perspectives?|pharmacology|pharmacokinetics|development|advances?|' +
    'management|treatments?|therap(?:y|ies)|strateg(?:y|ies)|insights?)\\b',
  'iu',
);

/** A verb, which makes a statement of a title. A participle before its noun ("induced nephropathy") makes none. */
const finiteVerb = new RegExp(
  String.raw`\b(?:${auxiliaries}|we|that|\w{3,}ed (?:the|an?|all|both|no|\d)|${statingVerbs})\b`,
  'iu',
);

const sides = oppositeStems.map(([one, other]) => [startOf(one), startOf(other)] as const);

function startOf(stems: string): RegExp {
  return new RegExp(`\\b(?:${stems})`, 'iu');
}

/** Whether a sentence states a result: it does not leave the matter open, or name the aim or the topic of a study. */
export function mayState(sentence: string): boolean {
  const text = sentence.trim();
  return !open.test(text) && !(topic.test(text) && !finiteVerb.test(text));
}

/** Whether a sentence has a word that can contradict a claim: one that denies or compares, or an opposite of the claim. */
export function mayContradict(claim: string, sentence: string): boolean {
  return sign.test(sentence) || saysOpposite(claim, withoutOtherCauses(claim, sentence));
}

/** Whether a sentence can support a claim: it must not say the opposite only, without a word that turns it round. */
export function maySupport(claim: string, sentence: string): boolean {
  if (sign.test(sentence)) return true;
  const said = withoutOtherCauses(claim, sentence);
  return !sides.some(
    ([one, other]) => isOppositeOnly(claim, said, one, other) || isOppositeOnly(claim, said, other, one),
  );
}

/**
 * A sentence without the words for causes that the claim does not name. `Metformin prevents gentamicin-induced nephropathy`
 * and `damage induced by cisplatin` say of gentamicin and cisplatin what they cause, and nothing of metformin.
 */
function withoutOtherCauses(claim: string, sentence: string): string {
  const asked = new Set(wordsIn(claim));
  const isAsked = (cause: string) => wordsIn(cause).some((word) => asked.has(word));
  return sentence
    .replace(compoundCause, (whole, cause: string) => (isAsked(cause) ? whole : cause))
    .replace(causeAfter, (whole, cause: string) => (isAsked(cause) ? whole : cause));
}

/** `gentamicin-induced`, with the cause as its group. */
const compoundCause = /([\p{L}\p{N}]+)-(?:induced|caused|triggered)(?![\p{L}\p{N}])/giu;
/** `damage induced by cisplatin`, with what follows up to the end of the clause as its group. The passive has an auxiliary. */
const causeAfter = new RegExp(
  String.raw`(?<!\b(?:${auxiliaries}|be|been)\s+(?:\p{L}+ly\s+)?)\b(?:induced|caused|triggered) (?:by|with)\b([^,;:.]*)`,
  'giu',
);

/** The words of a text by which a cause is recognised, in small letters. */
function wordsIn(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []).filter((word) => !commonWord.test(word));
}

const commonWord = /^(?:the|and|for|with|from|its|his|their|does|did|are|was|were|has|have|can|may)$/u;

function saysOpposite(claim: string, sentence: string): boolean {
  return sides.some(
    ([one, other]) => (one.test(claim) && other.test(sentence)) || (other.test(claim) && one.test(sentence)),
  );
}

function isOppositeOnly(claim: string, sentence: string, own: RegExp, other: RegExp): boolean {
  return own.test(claim) && !other.test(claim) && other.test(sentence) && !own.test(sentence);
}
