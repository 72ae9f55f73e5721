import { firstWhere } from '../firstWhere';
import type { Span } from '../types';
import { clauseBorders, type CueRule, finiteVerb, nextPredicate } from './cueLexicon';
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
  private readonly pronouns: readonly Span[];

  constructor(private readonly text: string) {
    this.clauseBorders = matchSpans(text, border).map(({ start }) => start);
    const predicates = matchSpans(text, predicate).map(({ start }) => start);
    this.borders = [...this.clauseBorders, ...predicates].sort((a, b) => a - b);
    this.commas = matchSpans(text, /,/gu).map(({ start }) => start);
    this.commasBetweenWords = this.commas.filter((at) => /\s/u.test(text.charAt(at + 1)));
    this.words = matchSpans(text, /\S+/gu);
    this.verbs = matchSpans(text, verb);
    this.pronouns = matchSpans(text, relativePronoun);
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
    return this.borders[firstWhere(this.borders, (at) => at >= cue.end)] ?? this.text.length;
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

  /** The clause of a cue, across the predicates that share its subject. */
  clauseOf(cue: Span): Span {
    const borders = this.clauseBorders;
    return {
      start: borders[firstWhere(borders, (at) => at >= cue.start) - 1] ?? 0,
      end: borders[firstWhere(borders, (at) => at >= cue.end)] ?? this.text.length,
    };
  }

  /** The clause of a contrasting cue; that of `not A but B` goes on after the `but`. */
  contrastOf(cue: Span): Span {
    const { start, end } = this.clauseOf(cue);
    const isCorrected =
      /^not$/iu.test(this.text.slice(cue.start, cue.end)) && /^but\b/iu.test(this.text.slice(end));
    return { start, end: isCorrected ? this.clauseOf({ start: cue.start, end: end + 1 }).end : end };
  }

  /** The relative clause of a cue: that of the last pronoun in its clause, if no comma ends it before the cue. */
  relativeClauseOf(cue: Span): RelativeClause | undefined {
    const pronoun = this.pronouns[firstWhere(this.pronouns, ({ end }) => end > cue.start) - 1];
    if (!pronoun || pronoun.start < this.clauseOf(cue).start) return undefined;
    const isEnded = this.commasBetweenWords.some((at) => at >= pronoun.end && at < cue.start);
    if (isEnded) return undefined;
    const before = (places: readonly number[]) => places.findLast((at) => at < pronoun.start) ?? 0;
    const start = Math.max(
      before(this.commasBetweenWords),
      before(this.borders),
      before(this.verbs.map(({ end }) => end)),
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
    const closing = this.text.indexOf(')', cue.end);
    const isBracketed =
      closing >= 0 && this.text.lastIndexOf('(', cue.start) > this.text.lastIndexOf(')', cue.start);
    if (isBracketed) return closing;
    const { start, end } = this.clauseOf(cue);
    // "Unlike A, B opens the channel": the phrase opens the clause.
    if (/^\W*$/u.test(this.text.slice(start, cue.start)) && this.commaAfter(cue) < end)
      return this.commaAfter(cue);
    const isVerbal = (each: Span) => this.text.slice(cue.end, each.start).trim() === '';
    const next = this.verbs.find((each) => each.start >= cue.end && !isVerbal(each));
    return next && next.start < end ? Math.min(next.start, this.commaAfter(cue)) : end;
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
