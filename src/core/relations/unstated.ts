/**
 * Relations that the words around two names rule out. The model reads which names a sentence relates, but it mistakes whose
 * verb a verb is, and takes a name that is part of another word or phrase for the thing itself. Each rule drops a pair of
 * mentions: a relation that is missing is better than one that the sentence does not state.
 */
import { dashes } from '../characters';
import { fusionsIn } from '../text/fusions';
import { finiteVerb } from '../text/cueLexicon';
import { lossAt } from '../text/lost';
import { isEpithet } from '../text/presupposed';
import { isResisted } from '../text/resisted';
import { overlaps } from '../spanOrder';
import type { EntityType, RelationType, Span } from '../types';

/** A mention of a sentence; the span refers to the sentence. */
export interface SentenceName extends Span {
  readonly type: EntityType;
}

/** Two mentions of one sentence. */
export interface NamedPair {
  /** The sentence. */
  readonly text: string;
  readonly subject: SentenceName;
  readonly object: SentenceName;
  /** All mentions of the sentence, in order, with the two. */
  readonly names: readonly SentenceName[];
}

/** A pair with its mentions in order of the text. */
interface OrderedPair extends NamedPair {
  readonly first: SentenceName;
  readonly second: SentenceName;
  readonly between: string;
}

/** Whether a sentence cannot state a relation of this type between two of its names. */
export function isUnstated(type: RelationType, pair: NamedPair): boolean {
  const { text, subject, object, names } = pair;
  const [first, second] = subject.start <= object.start ? [subject, object] : [object, subject];
  if (first.end > second.start) return false;
  const ordered: OrderedPair = { ...pair, first, second, between: text.slice(first.end, second.start) };
  if ([first, second].some((name) => isPartOfName(text, name) || isFusionPart(text, name))) return true;
  if (isOwnShortForm(ordered)) return true;
  if (isEpithet(text, first, second)) return false;
  if ([first, second].some((name) => name.type === 'Chemical' && isParent(text, name))) return true;
  const act = actOf(type);
  return (
    isOfOtherName(ordered) ||
    isInNextClause(ordered) ||
    isInEarlierClause(ordered) ||
    isDistributed(ordered) ||
    isThroughGene(ordered) ||
    (act !== undefined &&
      names.length > 0 &&
      ((subject.type === 'Chemical' && isWithoutEffect(text, subject, object)) ||
        isCauseOnly(ordered) ||
        isDownstream(ordered) ||
        isReversed(act, ordered) ||
        isInducedLoss(act, ordered) ||
        isByLoss(act, ordered) ||
        isWithoutChemical(pair) ||
        isContradicted(act, ordered)))
  );
}

/** Whether a type says that something becomes less or more; `other` for a treatment, undefined for a mere association. */
type Act = 'less' | 'more' | 'other';

const acts: readonly (readonly [Act, RegExp])[] = [
  ['less', /^(?:inhibitor|antagonist|negative correlation)$/u],
  ['more', /^(?:activator|agonist|positive correlation)$/u],
  ['other', /^(?:treats|induces|substrate or product)$/u],
];

function actOf(type: RelationType): Act | undefined {
  return acts.find(([, types]) => types.test(type))?.[0];
}

const proteinBehind = new RegExp(
  `^[${dashes}](?:activated|gated|coupled|interacting)\\s(?:receptors?|channels?|proteins?|kinases?|factors?)\\b`,
  'iu',
);
/** Words behind a chemical in a name of a protein, and the rest of a variant: \`arginine 150 proline\`. */
const proteinOrVariantBehind = new RegExp(
  `^(?:[${dashes}\\s](?:channels?|transporters?|pumps?|exchangers?)\\b|\\s\\d{1,4}\\s\\p{L}+ine\\b)`,
  'iu',
);
const esterBehind = /^\s\d+-\p{L}*(?:ate|ether|ester)\b/u;

/**
 * Whether a mention is a part of a longer name that the tagger has cut: `N` of `N-methylation`, `CP` of `CP[c]Ph`, `phorbol`
 * of `phorbol 12-myristate`.
 */
function isPartOfName(text: string, { type, start, end }: SentenceName): boolean {
  const [before, after] = [text.slice(Math.max(0, start - 2), start), text.slice(end, end + 8)];
  if (end - start === 1 && new RegExp(`^[${dashes}(\\[]`, 'u').test(after)) return true;
  if (/^\[\p{L}\]/u.test(after) || esterBehind.test(text.slice(end, end + 30))) return true;
  const behind = text.slice(end, end + 40);
  if (proteinBehind.test(behind) || (type === 'Chemical' && proteinOrVariantBehind.test(behind))) return true;
  return /[\p{L}\d],$/u.test(before) && /\d/u.test(text.charAt(start));
}

const joint = `(?:[${dashes}/]|::?)`;
const partnerBefore = new RegExp(`[\\p{Lu}\\d]{2,}[\\p{L}\\d]*${joint}$`, 'u');
const partnerAfter = new RegExp(`^${joint}[\\p{Lu}][\\p{Lu}\\d]{2,}`, 'u');
const fusionWord =
  /\b(?:fus(?:ions?|ed)|(?<!nuclear )translocations?|rearrange\w+|chim(?:a?era?|eric)\w*|oncofusion)\b/iu;

/** Whether a mention is one gene of a fusion. What is said of a fusion is said of neither gene alone. */
function isFusionPart(text: string, name: SentenceName): boolean {
  if (name.type !== 'Gene') return false;
  const isInKnown = fusionsIn(text).some(
    (fusion) => overlaps(fusion, name) && !(name.start <= fusion.start && fusion.end <= name.end),
  );
  if (isInKnown) return true;
  const isJoined =
    partnerBefore.test(text.slice(Math.max(0, name.start - 20), name.start)) ||
    partnerAfter.test(text.slice(name.end, name.end + 20));
  return isJoined && fusionWord.test(text);
}

/** Whether the second name is the short form of the first one: `SB225002 (SB)`. */
function isOwnShortForm({ text, first, second, between }: OrderedPair): boolean {
  if (!/^\s*\($/u.test(between) || text.charAt(second.end) !== ')') return false;
  const [long, short] = [text.slice(first.start, first.end), text.slice(second.start, second.end)];
  return short.length * 2 <= long.length && short.charAt(0).toLowerCase() === long.charAt(0).toLowerCase();
}

const derivative = '(?:derivative|analog(?:ue)?|mimetic|congener|prodrug|precursor)';
const isMade = new RegExp(`^(?:[\\s${dashes}]${derivative}\\b|[${dashes}](?:derived|like)\\b)`, 'iu');
const isMadeOf = new RegExp(`\\b${derivative}s? of (?:the )?$`, 'iu');

/** Whether a chemical is named only to say what another one is: `a nicotinamide derivative`, `an analogue of sirolimus`. */
function isParent(text: string, { start, end }: Span): boolean {
  return isMade.test(text.slice(end, end + 20)) || isMadeOf.test(text.slice(Math.max(0, start - 40), start));
}

const resistanceBefore = /\bresist\w+ (?:[\p{L}\d-]+ ){0,5}to (?:[\p{L}\d-]+ ){0,3}$/iu;
const attributive = new RegExp(
  `^(?:[${dashes}\\s]acquired resist|[${dashes}](?:sensitiv|responsiv|dependent))`,
  'iu',
);

/** Whether a chemical does not act, or only describes another name: `resistance to imatinib`, `estrogen-sensitive cancer`. */
function isWithoutEffect(text: string, name: Span, partner: SentenceName): boolean {
  // "Failure of gefitinib to inhibit EGFR" denies, and does not take it for given.
  const isFailing = /^\s+to\b/u.test(text.slice(name.end, name.end + 4));
  if (isResisted(text, name) && !isFailing) return true;
  return (
    resistanceBefore.test(text.slice(Math.max(0, name.start - 100), name.start)) ||
    (partner.type !== 'Gene' && attributive.test(text.slice(name.end, name.end + 20)))
  );
}

const causeOfGene = new RegExp(
  `^[${dashes}]\\s?(?:induced|stimulated|evoked|elicited|triggered|provoked|caused)\\b`,
  'iu',
);
const causeOfOther = new RegExp(
  `^[${dashes}]\\s?(?:induced|stimulated|evoked|elicited|triggered|provoked|caused|mediated|related)\\b`,
  'iu',
);
/** Words between the cause of an effect and what acts on the effect. */
const passive = /\b(?:is|are|was|were|has|have|had|be|been|by)\b/iu;

/** Whether one of the names only tells the cause of what the other one acts on: `NFD inhibited EGF-induced invasion`. */
function isCauseOnly({ text, first, second, object, between }: OrderedPair): boolean {
  const isCause = ({ type, end }: SentenceName) =>
    (type === 'Gene' ? causeOfGene : causeOfOther).test(text.slice(end, end + 20));
  if (first.type === 'Chemical' && second.type === 'Chemical') return false;
  // The subject may itself be named by its effect: "the gene is responsible for telmisartan-induced downregulation".
  if (second === object) return isCause(second);
  return isCause(first) && passive.test(between);
}

/** Whether the object is named only to place another one: `a molecule downstream of PI3K`. */
function isDownstream({ first, subject, between }: OrderedPair): boolean {
  if (first !== subject) return false;
  return /\b(?:(?:down|up)stream of|(?:down|up)stream \p{L}+ of|responsible for)\s+[^,;()]*$/iu.test(between);
}

const losses =
  '(?:degradation|inactivation|depletion|breakdown|loss|reductions?|decreases?|decline|deficits?|proteolysis|down-?regulation)';
const lowering =
  '(?:inhibit|block|prevent|attenuat|suppress|abolish|abrogat|revers|rescu|restor|ameliorat|compensat|counteract|reduc|decreas|lower|diminish|repress|antagoni[sz]|down-?regulat|protect)';
const raising = '(?:activat|stimulat|increas|induc|enhanc|elevat|up-?regulat|promot|potentiat|agonist)';
/** Endings of verbs; a noun such as `activation` may be what something else acts on. */
const verbEnd = '(?:e|es|ed|s|ing|d)?\\b';
const lossOfObject = new RegExp(
  `\\b(?:${lowering}${verbEnd}|(?:inhibition|prevention|blockade) of)(?:(?!\\b(?:by|via|through|due|because|leading|resulting|and|but)\\b|[;:]).)*\\b${losses}(?<rest>\\s+(?:of|in)\\b(?!.*\\bof\\b)[^;:]*)$`,
  'isu',
);
const lossBehind = new RegExp(
  `^(?:\\s(?!and\\b|or\\b|by\\b|in\\b)[\\p{L}${dashes}]+){0,2}\\s${losses}\\b`,
  'iu',
);
const newPredicate = new RegExp(`(?:,|\\band\\b|\\bbut\\b)\\s+(?:\\p{L}+ly\\s+)?(?:${finiteVerb})`, 'iu');

/** Whether a double hindrance turns the relation round: `A inhibits the degradation of B`. */
function isReversed(act: Act, { text, first, subject, object, between }: OrderedPair): boolean {
  if (act !== 'less' || first !== subject) return false;
  const loss = lossOfObject.exec(between)?.groups?.['rest'];
  if (loss !== undefined && !newPredicate.test(loss)) return true;
  const isLost = lossBehind.test(text.slice(object.end, object.end + 60));
  return (
    isLost && new RegExp(`\\b${lowering}\\w*\\b(?:(?!\\b(?:by|via|through|and)\\b).)*$`, 'isu').test(between)
  );
}

const anyLowering = new RegExp(`\\b(?:${lowering}|against)`, 'iu');
const anyRaising = new RegExp(`\\b${raising}`, 'iu');

/** Whether the subject causes a loss of the object, and not more of it: `A-induced dopamine and B depletions`. */
function isInducedLoss(act: Act, { text, first, subject, object, between }: OrderedPair): boolean {
  if (act !== 'more' || first !== subject || !causeOfGene.test(between)) return false;
  return new RegExp(`^[^.;:()]{0,50}?\\b${losses}s?\\b`, 'iu').test(text.slice(object.end, object.end + 65));
}

/** Whether the loss of the first gene has the effect, so that the gene itself has the opposite one: `A knockdown lowered B`. */
function isByLoss(act: Act, { text, first, second, between }: OrderedPair): boolean {
  if (first.type !== 'Gene' || second.type !== 'Gene') return false;
  const noun = lossAt(text, first, first.type);
  if (noun === undefined) return false;
  const verbs = between.replace(new RegExp(`^[${dashes}\\s]${noun}`, 'iu'), '');
  const [lowers, raises] = [anyLowering.test(verbs), anyRaising.test(verbs)];
  return lowers !== raises && (act === 'less' ? lowers : raises);
}

/** Whether the lack of a chemical has the effect: `vitamin D deficiency causes rickets`. */
function isWithoutChemical({ text, subject }: NamedPair): boolean {
  return subject.type === 'Chemical' && lossAt(text, subject, subject.type) !== undefined;
}

const part = new RegExp(
  `(?:,|\\band\\b|\\bbut\\b|\\bwhereas\\b|\\bwhile\\b)\\s+(?:(?:it|they|that|which|also|instead|\\p{L}+ly)\\s+)*(?:(?<more>${raising}${verbEnd}|an? (?:activator|agonist|stimulator|inducer) of\\b)|(?<less>${lowering}${verbEnd}|an? (?:inhibitor|antagonist|blocker) of\\b))(?<rest>(?:(?!\\band\\b)[^,;])*)$`,
  'iu',
);
const directionBehind = new RegExp(
  `^(?:\\s(?!and\\b|or\\b|by\\b|but\\b)[\\p{L}${dashes}]+){0,2}\\s(?!and\\b|or\\b|by\\b|but\\b)(?:${raising}|${lowering}|${losses})`,
  'iu',
);
const anyDirection = new RegExp(`\\b(?:${raising}|${lowering}|${losses})`, 'iu');

/** Whether the last predicate before the object says the opposite: `an inhibitor of A and an activator of B`. */
function isContradicted(act: Act, { text, first, subject, object, between }: OrderedPair): boolean {
  if (act === 'other' || first !== subject) return false;
  const groups = part.exec(between)?.groups;
  if (!groups || anyDirection.test(groups['rest'] ?? '')) return false;
  if (directionBehind.test(text.slice(object.end, object.end + 60))) return false;
  return act === 'less' ? groups['more'] !== undefined : groups['less'] !== undefined;
}

/** Whether a list tells each name its own partner, and the two are not partners: `A for B, C for D`. */
function isDistributed({ between }: OrderedPair): boolean {
  return /\b(?<by>for|against)\s[^,;]*,(?:[^;]*,)?\s[^,;]*\b\k<by>\s+(?:the\s+)?$/iu.test(between);
}

const clauseOfName = new RegExp(
  String.raw`^["'”’)]?\s*(?:\([^()]*\)\s*)?(?:,?\s(?:which|that|who)\b|,\s(?:an?|the)\s)[^;]*$`,
  'iu',
);
const listGap = /^\s*(?:\([^()]*\)?\s*)?(?:[(,/]|,?\s*(?:and|or)\b|as well as)?\s*(?:the\s+)?$/iu;

/** Whether the second name stands in a clause that describes another name of the type of the first one. */
function isOfOtherName({ text, first, second, names }: OrderedPair): boolean {
  if (first.type === second.type) return false;
  const others = names.filter(
    ({ type, start, end }) => type === first.type && start >= first.end && end <= second.start,
  );
  const last = others.at(-1);
  if (!last) return false;
  const clause = text.slice(last.end, second.start);
  // "TRPM8 is a channel which opens" and "A, and B, a blocker, both of which inhibit C" speak of the first name, too.
  const isSame = /^[^,]*\b(?:is|are|was|were) (?:an?|the)\b/iu.test(text.slice(first.end, last.start));
  if (isSame || /\b(?:both|all|each) of (?:which|whom|them)\b/iu.test(clause)) return false;
  if (!clauseOfName.test(clause) || endsBefore.test(clause)) return false;
  // "A and B, which inhibit C": the clause describes all names of the list.
  const listed = [first, ...others];
  return !listed.every((name, i) => {
    const next = listed[i + 1];
    return !next || listGap.test(text.slice(name.end, next.start));
  });
}

const clauseOpening = /(?:[,;]\s+(?:and|but|whereas|while)?|\b(?:whereas|while|but))\s*(?:the\s+)?$/iu;
const ownVerb = new RegExp(
  `^(?:\\s+\\([^()]*\\))?\\s+(?:\\p{L}+ly\\s+)?(?!\\w+ed\\s+by\\b)(?:${finiteVerb}|functions|serves)`,
  'iu',
);
const anyVerb = new RegExp(finiteVerb, 'iu');

/** Whether a name opens a clause of its own, with its verb, after one that has a verb, too. */
function opensClause(text: string, name: Span, from: number): boolean {
  const before = text.slice(from, name.start);
  return (
    clauseOpening.test(before) && anyVerb.test(before) && ownVerb.test(text.slice(name.end, name.end + 60))
  );
}

/** Whether the second name belongs to another name that opens its clause: `A treats fever, and B treats pain`. */
function isInNextClause({ text, first, second, names }: OrderedPair): boolean {
  if (first.type === second.type) return false;
  const isOpening = (name: SentenceName) =>
    name.type === first.type &&
    name.start >= first.end &&
    name.end <= second.start &&
    opensClause(text, name, first.end);
  return names.some(isOpening);
}

/** Whether the second name opens a clause that has its own partner, and the first one stands in the clause before. */
function isInEarlierClause({ text, first, second, names }: OrderedPair): boolean {
  if (first.type === second.type || !clauseOpening.test(text.slice(first.end, second.start))) return false;
  const hasPartner = names.some(({ type, start }) => type === first.type && start >= second.end);
  return hasPartner && opensClause(text, second, 0);
}

/** A comma and a verb, where an inserted clause has ended. */
const endsBefore = new RegExp(`,\\s+(?:and\\s+|but\\s+)?(?:\\p{L}+ly\\s+)?(?:${finiteVerb})`, 'iu');

const property =
  /^(?:\s(?:kinases?|receptors?|genes?|proteins?|mutations?))?,?\s(?:(?:which|that)\s(?:is|are|has been|have been)\s)?(?:\p{L}+ly\s)?(?:implicated|involved|associated|linked|mutated|over-?expressed|amplified|known|found)\b[^,;]*$/iu;

/** Whether a disease only describes a gene on which the chemical acts: `inhibits CAMK2G, implicated in leukaemia`. */
function isThroughGene({ text, first, second, names }: OrderedPair): boolean {
  if (first.type !== 'Chemical' || second.type !== 'Disease') return false;
  return names.some(
    ({ type, start, end }) =>
      type === 'Gene' &&
      start >= first.end &&
      end <= second.start &&
      property.test(text.slice(end, second.start)),
  );
}
