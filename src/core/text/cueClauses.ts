import { firstWhere } from '../firstWhere';
import type { Span } from '../types';
import {
  clauseBorders,
  type CueRule,
  finiteVerb,
  mainClause,
  nextPredicate,
  openingConjunction,
} from './cueLexicon';
import { matchSpans } from './matchSpans';

/** A cue that was found in a sentence. */
export interface MatchedCue extends Span {
  readonly rule: CueRule;
}

/** A relative clause with the phrase that it describes: `EGF` in `EGF, which imatinib does not block`. */
export interface RelativeClause extends Span {
  readonly antecedent: Span;
}

const border = new RegExp(clauseBorders.join('|'), 'giu');
const predicate = new RegExp(nextPredicate, 'giu');
const verb = new RegExp(finiteVerb, 'giu');
const conjunction = new RegExp(openingConjunction, 'giu');
const main = new RegExp(mainClause, 'giu');
const relativePronoun = /,?\s(?:(?:by|of|to|for|with|on|in|at)\s)?(?:which|whom|whose|who|that)\b/giu;

/** Finds how far cues reach. The borders of clauses are found once, because a sentence may have many cues. */
export class Clauses {
  private readonly clauseBorders: readonly number[];
  /** Borders of clauses and of predicates. */
  private readonly borders: readonly number[];
  private readonly commas: readonly number[];
  private readonly commasBetweenWords: readonly number[];
  private readonly words: readonly Span[];
  private readonly verbs: readonly Span[];
  private readonly brackets: readonly number[];
  private readonly relativePronouns: readonly Span[];

  constructor(private readonly text: string) {
    this.verbs = matchSpans(text, verb);
    const borders = [...matchSpans(text, border).map(({ start }) => start), ...this.mainClauses()];
    this.clauseBorders = borders.sort((a, b) => a - b);
    const predicates = matchSpans(text, predicate).map(({ start }) => start);
    this.borders = [...this.clauseBorders, ...predicates].sort((a, b) => a - b);
    this.commas = matchSpans(text, /,/gu).map(({ start }) => start);
    this.commasBetweenWords = this.commas.filter((at) => /\s/u.test(text.charAt(at + 1)));
    this.words = matchSpans(text, /\S+/gu);
    this.brackets = matchSpans(text, /[()]/gu).map(({ start }) => start);
    this.relativePronouns = matchSpans(text, relativePronoun);
  }

  /** The commas that end a clause before the main clause: the first one behind its verb that a subject can follow. */
  private mainClauses(): number[] {
    const commas = matchSpans(this.text, main).map(({ start }) => start);
    return matchSpans(this.text, conjunction).flatMap(({ end }) => {
      const own = this.verbs[firstWhere(this.verbs, ({ start }) => start >= end)];
      return own ? (nextFrom(commas, own.end) ?? []) : [];
    });
  }

  reachAfter(cue: MatchedCue): number {
    if (cue.rule.reach === 'phrase') return this.phraseEnd(cue);
    const limit = Math.min(this.borderAfter(cue), this.endOfRelative(cue));
    if (cue.rule.words === undefined) return limit;
    const first = firstWhere(this.words, (word) => word.end > cue.end);
    return Math.min(limit, this.words[first + cue.rule.words - 1]?.end ?? this.text.length);
  }

  /** The next end of a clause or of a predicate. */
  borderAfter(cue: Span): number {
    return nextFrom(this.borders, cue.end) ?? this.text.length;
  }

  commaAfter(cue: Span): number {
    return nextFrom(this.commasBetweenWords, cue.end) ?? this.text.length;
  }

  reachBefore(cue: MatchedCue): number {
    const limit = lastBefore(this.borders, cue.start) ?? 0;
    if (cue.rule.words === undefined) return limit;
    const next = firstWhere(this.words, (word) => word.start >= cue.start);
    return Math.max(limit, this.words[next - cue.rule.words]?.start ?? 0);
  }

  /** The clause of a cue, across the predicates that share its subject. */
  clauseOf(cue: Span): Span {
    const { clauseBorders: borders, text } = this;
    return { start: lastBefore(borders, cue.start) ?? 0, end: nextFrom(borders, cue.end) ?? text.length };
  }

  /** The clause of a contrasting cue; that of `not A but B` goes on after the `but`. */
  contrastOf(cue: Span): Span {
    const { start, end } = this.clauseOf(cue);
    const isCorrected =
      /^not$/iu.test(this.text.slice(cue.start, cue.end)) && /^but\b/iu.test(this.text.slice(end, end + 4));
    return { start, end: isCorrected ? this.clauseOf({ start: cue.start, end: end + 1 }).end : end };
  }

  /** The relative clause of a cue: that of the last pronoun in its clause, if no comma ends it before the cue. */
  relativeClauseOf(cue: Span): RelativeClause | undefined {
    const pronouns = this.relativePronouns;
    const pronoun = pronouns[firstWhere(pronouns, ({ end }) => end > cue.start) - 1];
    if (!pronoun || pronoun.start < this.clauseOf(cue).start) return undefined;
    if ((nextFrom(this.commasBetweenWords, pronoun.end) ?? cue.start) < cue.start) return undefined;
    const verbs = firstWhere(this.verbs, ({ end }) => end >= pronoun.start);
    const start = Math.max(
      lastBefore(this.commasBetweenWords, pronoun.start) ?? 0,
      lastBefore(this.borders, pronoun.start) ?? 0,
      this.verbs[verbs - 1]?.end ?? 0,
    );
    return { start: pronoun.end, end: this.endOfClause(cue), antecedent: { start, end: pronoun.start } };
  }

  /** The next comma or border after a cue, or the end of the sentence. */
  endOfClause(cue: Span): number {
    return Math.min(this.commaAfter(cue), this.clauseOf(cue).end);
  }

  /**
   * The end of the phrase that a contrasting cue opens. If a verb follows in the clause, the phrase ends before it, or
   * at a comma; otherwise it is the rest of the clause: `inhibits A, but not B, C or D`.
   */
  private phraseEnd(cue: Span): number {
    const [opening, closing] = [lastBefore(this.brackets, cue.start), nextFrom(this.brackets, cue.end)];
    const isIn = (at: number | undefined, bracket: string) => at !== undefined && this.text[at] === bracket;
    if (closing !== undefined && isIn(opening, '(') && isIn(closing, ')')) return closing;
    const { start, end } = this.clauseOf(cue);
    // "Unlike A, B opens the channel": the phrase opens the clause.
    const opensClause = cue.start - start < 10 && /^\W*$/u.test(this.text.slice(start, cue.start));
    if (opensClause && this.commaAfter(cue) < end) return this.commaAfter(cue);
    const first = firstWhere(this.verbs, (each) => each.start >= cue.end);
    // "Activated rather than inhibited A": a verb directly after the cue is contrasted itself.
    const isVerbal = (this.verbs[first]?.start ?? Infinity) - cue.end <= 1;
    const next = this.verbs[isVerbal ? first + 1 : first];
    return next && next.start < end ? Math.min(next.start, this.commaAfter(cue)) : end;
  }

  /**
   * The end of the relative clause of a cue. A cue in a relative clause after a comma (`, which does not bind
   * albumin,`), or directly after a comma (`CFTR, not SCNN1A, is mutated`), reaches to the next comma.
   */
  private endOfRelative(cue: Span): number {
    const { commas, text } = this;
    // "In a family with sarcoma, we analysed A, B and C": a cue with a subject of its own is no insertion.
    if (/^(?:we|to)\s/iu.test(text.slice(cue.start, cue.end))) return text.length;
    const comma = lastBefore(commas, cue.start);
    if (comma === undefined || !relativeOpening.test(text.slice(comma, cue.start))) return text.length;
    return nextFrom(commas, cue.end) ?? text.length;
  }
}

/** Number of pronouns before a cue, and after it, that are looked at. */
const pronounsAround = 2;

const pronoun =
  /\b(?:it|them|they|this (?:drug|agent|compound|treatment|gene|protein|receptor|kinase|enzyme))\b/giu;

/** Words that may stand for a name that the text mentions before. */
export function pronounsIn(text: string): Span[] {
  return matchSpans(text, pronoun);
}

/** The pronouns of a sentence that stand next to a cue in its clause. */
export function pronounsNear(pronouns: readonly Span[], cue: Span, clause: Span): readonly Span[] {
  const next = firstWhere(pronouns, ({ start }) => start >= cue.end);
  const near = pronouns.slice(Math.max(0, next - pronounsAround), next + pronounsAround);
  return near.filter(({ start, end }) => start >= clause.start && end <= clause.end);
}

/** The first of some places, in order, at or after an offset. */
function nextFrom(places: readonly number[], offset: number): number | undefined {
  return places[firstWhere(places, (at) => at >= offset)];
}

function lastBefore(places: readonly number[], offset: number): number | undefined {
  return places[firstWhere(places, (at) => at >= offset) - 1];
}

/** Matches from the last comma before a cue, if a relative clause begins there. */
const relativeOpening = /^,\s(?:(?:which|who|whose|where|when)\b|$)/u;
