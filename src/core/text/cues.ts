import { firstWhere } from '../firstWhere';
import type { Span } from '../types';
import { Clauses, type MatchedCue, pronounsIn, pronounsNear, type RelativeClause } from './cueClauses';
import { type CueKind, cueRules, finiteVerb } from './cueLexicon';
import { matchSpans } from './matchSpans';
import { isDeniedComparison, isEpithet, isGrantedCompound } from './presupposed';

/** The cues that apply to a relation, as spans of the sentence. */
export interface RelationCues {
  readonly negated?: Span;
  readonly speculated?: Span;
  /** All cues that deny the relation, {@link negated} among them; without them, the sentence would affirm it. */
  readonly denying?: readonly Span[];
  /** Whether only a comparison is denied, which says neither that the relation is there nor that it is not. */
  readonly isCompared?: boolean;
}

/** A cue with the part of the sentence that it reaches. */
interface PlacedCue extends MatchedCue {
  readonly reachStart: number;
  readonly reachEnd: number;
  /** The first comma between two words after the cue; the end of the sentence if none follows. */
  readonly nextComma: number;
  /** The next end of a clause or of a predicate. */
  readonly borderAfter: number;
  readonly clause: Span;
  readonly relative: RelativeClause | undefined;
  /** Whether the cue ends its clause, and denies what the clause before said: `whereas nicotine does not`. */
  readonly isElliptic: boolean;
  /** Pronouns in the clause of the cue. */
  readonly pronouns: readonly Span[];
}

/** Finds the cues that apply to a pair of mentions; both spans refer to the sentence. */
export type CueFinder = (subject: Span, object: Span) => RelationCues;

/**
 * Creates a function that finds out whether a sentence denies its statement about two mentions, or only supposes it.
 *
 * A cue between the two mentions applies to the relation if it reaches the second mention. A cue before or after both
 * mentions applies if it reaches both. A cue reaches to the end of its clause: a `but`, a semicolon, or the comma that
 * ends its relative clause. A cue in a relative clause applies only to what the clause describes, and a contrasting cue
 * only to pairs with a mention in the phrase that it opens; if the sentence denies such a pair twice, it affirms it.
 * Regular expressions were chosen over a parser; they are evaluated on the sentences of test/fixtures/cues.
 *
 * @param text A sentence. It is read once, whatever the number of pairs.
 */
export function createCueFinder(text: string): CueFinder {
  const found = cuesIn(text).slice(0, maxCues);
  if (found.length === 0) return () => ({});
  const clauses = new Clauses(text);
  const pronouns = pronounsIn(text);
  const cues = found.map((cue): PlacedCue => placed(text, cue, clauses, pronouns));
  const ofKind = (kind: CueKind) => cues.filter((cue) => cue.rule.kind === kind);
  const [negations, speculations] = [ofKind('negation'), ofKind('speculation')];
  return (subject, object) => {
    const [first, second] = subject.start <= object.start ? [subject, object] : [object, subject];
    const context = { first, second };
    const isNamed = isEpithet(text, first, second);
    const isApplying = (cue: PlacedCue) =>
      !overlap(cue, first) &&
      !overlap(cue, second) &&
      applies(text, cue, context) &&
      !(isNamed && isOutside(text, cue, context)) &&
      !(cue.rule.kind === 'negation' && isGrantedCompound(text, cue, first, second));
    const denying = negations.filter(isApplying);
    const isContrasted = denying.some(isContrasting);
    // "Unlike imatinib, aspirin does not inhibit KIT": imatinib does.
    const isDenied = denying.length > 0 && !(isContrasted && !denying.every(isContrasting));
    const [negated, speculated] = [isDenied ? denying[0] : undefined, speculations.find(isApplying)];
    const isCompared = isDenied && denying.every((cue) => isDeniedComparison(text, cue, cue.reachEnd));
    return {
      ...(negated && { negated: spanOf(negated), denying: denying.map(spanOf) }),
      ...(isCompared && { isCompared }),
      ...(speculated && { speculated: spanOf(speculated) }),
    };
  };
}

/** Maximum number of cues of a sentence. Text with more is no prose, and each pair of mentions would be slow. */
const maxCues = 100;

function isContrasting({ rule }: MatchedCue): boolean {
  return rule.reach === 'phrase';
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
}

const patterns = cueRules.map((rule) => ({
  rule,
  expression: new RegExp(
    `(?<![\\p{L}\\p{N}-])(?:${rule.phrases.join('|').replaceAll(' ', '\\s+')})(?![\\p{L}\\p{N}])`,
    'giu',
  ),
}));

/** All cues, sorted by start. Of cues that overlap, the longest is kept. */
function cuesIn(text: string): MatchedCue[] {
  const matchesOfRules = patterns.map(({ rule, expression }) =>
    matchSpans(text, expression).map((span): MatchedCue => ({ rule, ...span })),
  );
  const isPseudo = ([first]: readonly MatchedCue[]) => first?.rule.kind === 'none';
  const pseudoCues = matchesOfRules.filter(isPseudo);
  const cuesOfRules = matchesOfRules
    .filter((matches) => !isPseudo(matches))
    .map((matches) =>
      matches.filter(
        (cue) => !overlapping(pseudoCues, cue).some((other) => lengthOf(other) >= lengthOf(cue)),
      ),
    );
  return cuesOfRules
    .flat()
    .filter((cue) => !overlapping(cuesOfRules, cue).some((other) => covers(other, cue)))
    .sort((a, b) => a.start - b.start);
}

/** The matches that overlap a cue. The matches of each rule are in order and do not overlap each other. */
function overlapping(matchesOfRules: readonly (readonly MatchedCue[])[], cue: Span): MatchedCue[] {
  return matchesOfRules.flatMap((matches) => {
    const first = firstWhere(matches, (match) => match.end > cue.start);
    let end = first;
    while ((matches[end]?.start ?? cue.end) < cue.end) end += 1;
    return matches.slice(first, end);
  });
}

/**
 * Whether another cue is a longer form of this one: `did not occur` and `not`, `not known` and `not`. A contrasting cue
 * takes the place of the word that it is made of.
 */
function covers(other: MatchedCue, cue: MatchedCue): boolean {
  const isInside = other.start <= cue.start && cue.end <= other.end;
  if (isInside && isContrasting(other) && !isContrasting(cue)) return true;
  const isLonger = isInside && lengthOf(other) > lengthOf(cue);
  return isLonger && (other.rule.kind !== cue.rule.kind || other.rule.reach === cue.rule.reach);
}

function lengthOf({ start, end }: Span): number {
  return end - start;
}

function overlap(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

interface CueContext {
  /** The mention that comes first in the text. */
  readonly first: Span;
  readonly second: Span;
}

function placed(text: string, cue: MatchedCue, clauses: Clauses, pronouns: readonly Span[]): PlacedCue {
  const clause = isContrasting(cue) ? clauses.contrastOf(cue) : clauses.clauseOf(cue);
  // Only white space and the end of the sentence may follow, so a few characters tell.
  const rest = text.slice(cue.end, Math.min(clauses.endOfClause(cue), cue.end + 9));
  return {
    ...cue,
    reachStart: clauses.reachBefore(cue),
    reachEnd: clauses.reachAfter(cue),
    nextComma: clauses.commaAfter(cue),
    borderAfter: clauses.borderAfter(cue),
    clause,
    relative: clauses.relativeClauseOf(cue),
    isElliptic: /^(?:not|\w+n['\u2019]t)$/iu.test(text.slice(cue.start, cue.end)) && /^[\s.)]*$/u.test(rest),
    pronouns: pronounsNear(pronouns, cue, clause),
  };
}

/** Whether a cue stands neither between the mentions nor directly before the first: `a putative EGFR inhibitor, X`. */
function isOutside(text: string, cue: Span, { first, second }: CueContext): boolean {
  if (cue.start >= first.end && cue.end <= second.start) return false;
  return !/^\S+\s+$/u.test(text.slice(cue.start, first.start));
}

function applies(text: string, cue: PlacedCue, context: CueContext): boolean {
  if (isContrasting(cue)) return appliesToPhrase(cue, context) && !hasOwnStatement(text, cue, context);
  if (cue.rule.kind === 'negation' && cue.relative && !isAboutAntecedent(cue, context)) return false;
  if (cue.rule.kind === 'negation' && deniesEarlierText(text, cue, context)) return true;
  if (cue.rule.kind === 'speculation' && isToldByTheWay(text, cue, context)) return false;
  return appliesInReach(text, cue, context) || appliesToPronoun(text, cue, context);
}

const verb = new RegExp(finiteVerb, 'iu');

/** Whether a clause after a cue tells something of the name before it: `We examined PDGFRB, which causes leukaemia`. */
function isToldByTheWay(text: string, cue: PlacedCue, { first, second }: CueContext): boolean {
  return cue.end <= first.start && /,\s(?:which|who)\b/iu.test(text.slice(first.end, second.start));
}

/** Whether a cue denies a mention and a pronoun for the other one: `but melanoma does not respond to it`. */
function appliesToPronoun(text: string, cue: PlacedCue, { first, second }: CueContext): boolean {
  if (cue.rule.kind !== 'negation' || !isInLaterClause(cue, first, second)) return false;
  return cue.pronouns.some((pronoun) => {
    // A disease responds to the subject of the clause before: "tamoxifen prevents … tumours, but …".
    const isResponse = /\brespon/iu.test(text.slice(cue.end, pronoun.start));
    if (isResponse && verb.test(text.slice(0, first.start))) return false;
    const [before, after] = pronoun.start < second.start ? [pronoun, second] : [second, pronoun];
    return appliesInReach(text, cue, { first: before, second: after });
  });
}

/** Whether the second mention is in the clause of a cue, and the first one before this clause. */
function isInLaterClause({ clause }: PlacedCue, first: Span, second: Span): boolean {
  return clause.start >= first.end && second.start >= clause.start && second.end <= clause.end;
}

function appliesInReach(text: string, cue: PlacedCue, context: CueContext): boolean {
  const { first, second } = context;
  const { reach } = cue.rule;
  if (reach !== 'before' && cue.start < second.start) {
    const end = cue.reachEnd;
    const target = cue.start < first.start ? first : second;
    // A cue before both mentions must reach both: "patients without diabetes took metformin".
    if (second.end <= end && target.end <= end && (target === second || appliesToClause(text, cue, context)))
      return true;
  }
  if (reach !== 'after' && cue.end > second.end)
    return cue.reachStart <= first.start && !isInAside(text, cue, context);
  // A cue between the mentions: "an effect of X was not observed with Y".
  const isBetween = cue.start >= first.end && cue.end <= second.start && second.end <= cue.borderAfter;
  return reach !== 'after' && isBetween && cue.reachStart <= first.start;
}

/** Whether one of the mentions is in the contrasted phrase, and the other one elsewhere in the clause. */
function appliesToPhrase({ end, reachEnd, clause }: PlacedCue, { first, second }: CueContext): boolean {
  const isInside = (mention: Span) => mention.start >= end && mention.end <= reachEnd;
  const isNear = (mention: Span) => mention.start >= clause.start && mention.end <= clause.end;
  return isInside(first) !== isInside(second) && isNear(first) && isNear(second);
}

/** Whether a clause of its own says what is so of the exception: `except for FOS, which rose`. */
function hasOwnStatement(text: string, cue: PlacedCue, { first, second }: CueContext): boolean {
  if (!/^except/iu.test(text.slice(cue.start, cue.end))) return false;
  const exception = first.start >= cue.end ? first : second;
  return /^,?\s+(?:which|who|that|where)\b/iu.test(text.slice(exception.end));
}

/**
 * Whether the mentions are not in the clause of a cue that follows them: the second one is in an aside that does not hold the
 * first one (`A, a drug for B, was not …`), or both are in the clause before.
 */
function isInAside(text: string, cue: PlacedCue, { first, second }: CueContext): boolean {
  const between = text.slice(first.end, second.start);
  const behind = text.slice(second.end, cue.start);
  // "A and B cause C, and other changes are not detected": the cue has a subject of its own.
  const next = behind.search(/,\s+and\s/u);
  if (next >= 0 && verb.test(text.slice(0, second.end + next))) return true;
  return (
    /,\s+(?:an?|the|which|who|one)\s[^,]*$/iu.test(between) && /^[^,]*,(?!\s*(?:and|or)\b)/u.test(behind)
  );
}

/** Whether the mentions are in the relative clause of a cue or in the phrase that it describes. */
function isAboutAntecedent({ relative }: PlacedCue, { first, second }: CueContext): boolean {
  if (!relative) return true;
  const { start, antecedent } = relative;
  const isNear = (mention: Span) => mention.start >= antecedent.start;
  return isNear(first) && isNear(second) && second.end > start;
}

/**
 * Whether a cue denies something that stands before it: the object of a relative clause (`EGF, which imatinib does not
 * block`), or what the clause before said (`aspirin inhibits COX-1, whereas nicotine does not`).
 */
function deniesEarlierText(text: string, cue: PlacedCue, { first, second }: CueContext): boolean {
  if (second.end > cue.start) return false;
  if (cue.relative) {
    const isObject = first.end <= cue.relative.antecedent.end && second.start >= cue.relative.start;
    return isObject && /^\s+\p{L}+(?:\s+\p{L}+)?[\s.)]*$/u.test(text.slice(cue.end, cue.relative.end));
  }
  return cue.isElliptic && isInLaterClause(cue, first, second);
}

/**
 * Whether a cue before both mentions applies to what follows, and does not end with an opening phrase: `In patients
 * without diabetes, X inhibits Y` says nothing against X and Y.
 */
function appliesToClause(text: string, cue: PlacedCue, { first }: CueContext): boolean {
  if (cue.nextComma + 1 >= first.start) return true;
  const between = text.slice(cue.end, first.start);
  return /^\s*(?:therefore|however|thus|in fact|indeed),/iu.test(between);
}
