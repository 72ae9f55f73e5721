import { firstWhere } from '../firstWhere';
import type { Span } from '../types';
import { clauseBorders, type CueKind, type CueRule, cueRules } from './cueLexicon';
import { matchSpans } from './matchSpans';

/** The cues that apply to a relation, as spans of the sentence. */
export interface RelationCues {
  readonly negated?: Span;
  readonly speculated?: Span;
}

interface MatchedCue extends Span {
  readonly rule: CueRule;
}

/** A cue with the part of the sentence that it reaches. */
interface PlacedCue extends MatchedCue {
  readonly reachStart: number;
  readonly reachEnd: number;
  /** The first comma between two words after the cue; the end of the sentence if none follows. */
  readonly nextComma: number;
}

/** Finds the cues that apply to a pair of mentions; both spans refer to the sentence. */
export type CueFinder = (subject: Span, object: Span) => RelationCues;

/**
 * Creates a function that finds out whether a sentence denies its statement about two mentions, or only supposes it.
 *
 * A cue between the two mentions applies to the relation if it reaches the second mention. A cue before or after both
 * mentions applies if it reaches both. A cue reaches to the end of its clause: a `but`, a semicolon, or the comma that
 * ends its relative clause. Regular expressions were chosen over a parser; they are evaluated on the sentences of
 * test/fixtures/cues.
 *
 * @param text A sentence. It is read once, whatever the number of pairs.
 */
export function createCueFinder(text: string): CueFinder {
  const found = cuesIn(text);
  if (found.length === 0) return () => ({});
  const clauses = new Clauses(text);
  const cues = found.map((cue): PlacedCue => ({
    ...cue,
    reachStart: clauses.reachBefore(cue),
    reachEnd: clauses.reachAfter(cue),
    nextComma: clauses.commaAfter(cue),
  }));
  return (subject, object) => {
    const [first, second] = subject.start <= object.start ? [subject, object] : [object, subject];
    const applyingCue = (kind: CueKind) =>
      cues.find(
        (cue) =>
          cue.rule.kind === kind &&
          !overlap(cue, first) &&
          !overlap(cue, second) &&
          applies(text, cue, { first, second }),
      );
    const [negated, speculated] = [applyingCue('negation'), applyingCue('speculation')];
    return {
      ...(negated && { negated: { start: negated.start, end: negated.end } }),
      ...(speculated && { speculated: { start: speculated.start, end: speculated.end } }),
    };
  };
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

/** Whether another cue is a longer form of this one: `did not occur` and `not`, `not known` and `not`. */
function covers(other: MatchedCue, cue: MatchedCue): boolean {
  const isLonger = other.start <= cue.start && cue.end <= other.end && lengthOf(other) > lengthOf(cue);
  return isLonger && (other.rule.kind !== cue.rule.kind || other.rule.reach === cue.rule.reach);
}

function lengthOf({ start, end }: Span): number {
  return end - start;
}

function overlap(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

const border = new RegExp(clauseBorders.join('|'), 'giu');

interface CueContext {
  /** The mention that comes first in the text. */
  readonly first: Span;
  readonly second: Span;
}

function applies(text: string, cue: PlacedCue, context: CueContext): boolean {
  const { first, second } = context;
  const { reach } = cue.rule;
  if (reach !== 'before' && cue.start < second.start) {
    const end = cue.reachEnd;
    const target = cue.start < first.start ? first : second;
    // A cue before both mentions must reach both: "patients without diabetes took metformin".
    if (second.end <= end && target.end <= end && (target === second || appliesToClause(text, cue, context)))
      return true;
  }
  if (reach !== 'after' && cue.end > second.end) return cue.reachStart <= first.start;
  // A cue between the mentions: "an effect of X was not observed with Y".
  return (
    reach !== 'after' && cue.start >= first.end && cue.end <= second.start && cue.reachStart <= first.start
  );
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

/** Finds how far cues reach. The borders of clauses are found once, because a sentence may have many cues. */
class Clauses {
  private readonly borders: readonly number[];
  private readonly commas: readonly number[];
  private readonly commasBetweenWords: readonly number[];
  private readonly words: readonly Span[];

  constructor(private readonly text: string) {
    this.borders = matchSpans(text, border).map(({ start }) => start);
    this.commas = matchSpans(text, /,/gu).map(({ start }) => start);
    this.commasBetweenWords = this.commas.filter((at) => /\s/u.test(text.charAt(at + 1)));
    this.words = matchSpans(text, /\S+/gu);
  }

  reachAfter(cue: MatchedCue): number {
    const next = this.borders[firstWhere(this.borders, (at) => at >= cue.end)] ?? this.text.length;
    const limit = Math.min(next, this.endOfRelative(cue));
    if (cue.rule.words === undefined) return limit;
    const first = firstWhere(this.words, (word) => word.end > cue.end);
    return Math.min(limit, this.words[first + cue.rule.words - 1]?.end ?? this.text.length);
  }

  commaAfter(cue: Span): number {
    const commas = this.commasBetweenWords;
    return commas[firstWhere(commas, (at) => at >= cue.end)] ?? this.text.length;
  }

  reachBefore(cue: MatchedCue): number {
    const limit = this.borders[firstWhere(this.borders, (at) => at >= cue.start) - 1] ?? 0;
    if (cue.rule.words === undefined) return limit;
    const next = firstWhere(this.words, (word) => word.start >= cue.start);
    return Math.max(limit, this.words[next - cue.rule.words]?.start ?? 0);
  }

  /**
   * The end of the relative clause of a cue. A cue in a relative clause after a comma (`, which does not bind
   * albumin,`), or directly after a comma (`CFTR, not SCNN1A, is mutated`), reaches to the next comma.
   */
  private endOfRelative(cue: Span): number {
    const { commas, text } = this;
    const comma = commas[firstWhere(commas, (at) => at >= cue.start) - 1];
    if (comma === undefined || !relativeOpening.test(text.slice(comma, cue.start))) return text.length;
    return commas[firstWhere(commas, (at) => at >= cue.end)] ?? text.length;
  }
}

/** Matches from the last comma before a cue, if a relative clause begins there. */
const relativeOpening = /^,\s(?:(?:which|who|whose|where|when)\b|$)/u;
