import type { Span } from '../types';
import { clauseBorders, type CueKind, type CueRule, cueRules } from './cueLexicon';

/** The cues that apply to a relation, as spans of the sentence. */
export interface RelationCues {
  readonly negated?: Span;
  readonly speculated?: Span;
}

interface MatchedCue extends Span {
  readonly rule: CueRule;
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
  const cues = cuesIn(text);
  const borders = bordersIn(text);
  return (subject, object) => {
    const [first, second] = subject.start <= object.start ? [subject, object] : [object, subject];
    const applyingCue = (kind: CueKind) =>
      cues.find(
        (cue) =>
          cue.rule.kind === kind &&
          !overlap(cue, first) &&
          !overlap(cue, second) &&
          applies(text, cue, { first, second, borders }),
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
  const matches = patterns.flatMap(({ rule, expression }) =>
    Array.from(text.matchAll(expression), (match): MatchedCue => ({
      rule,
      start: match.index,
      end: match.index + match[0].length,
    })),
  );
  const pseudoCues = matches.filter(({ rule }) => rule.kind === 'none');
  const cues = matches.filter(
    (cue) =>
      cue.rule.kind !== 'none' &&
      !pseudoCues.some((other) => overlap(cue, other) && lengthOf(other) >= lengthOf(cue)),
  );
  return cues.filter((cue) => !cues.some((other) => covers(other, cue))).sort((a, b) => a.start - b.start);
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

function bordersIn(text: string): readonly number[] {
  return Array.from(text.matchAll(border), ({ index }) => index);
}

interface CueContext {
  /** The mention that comes first in the text. */
  readonly first: Span;
  readonly second: Span;
  readonly borders: readonly number[];
}

function applies(text: string, cue: MatchedCue, context: CueContext): boolean {
  const { first, second } = context;
  const { reach } = cue.rule;
  if (reach !== 'before' && cue.start < second.start) {
    const end = reachAfter(text, cue, context.borders);
    const target = cue.start < first.start ? first : second;
    // A cue before both mentions must reach both: "patients without diabetes took metformin".
    if (second.end <= end && target.end <= end && (target === second || appliesToClause(text, cue, context)))
      return true;
  }
  if (reach !== 'after' && cue.end > second.end)
    return reachBefore(text, cue, context.borders) <= first.start;
  // A cue between the mentions: "an effect of X was not observed with Y".
  return (
    reach !== 'after' &&
    cue.start >= first.end &&
    cue.end <= second.start &&
    reachBefore(text, cue, context.borders) <= first.start
  );
}

/**
 * Whether a cue before both mentions applies to what follows, and does not end with an opening phrase: `In patients
 * without diabetes, X inhibits Y` says nothing against X and Y.
 */
function appliesToClause(text: string, cue: MatchedCue, { first }: CueContext): boolean {
  const between = text.slice(cue.end, first.start);
  const comma = between.search(/,\s/u);
  return comma < 0 || /^\s*(?:therefore|however|thus|in fact|indeed),/iu.test(between);
}

function reachAfter(text: string, cue: MatchedCue, borders: readonly number[]): number {
  const limit = Math.min(
    text.length,
    borders.find((at) => at >= cue.end) ?? text.length,
    endOfRelative(text, cue),
  );
  return cue.rule.words === undefined ? limit : Math.min(limit, afterWords(text, cue.end, cue.rule.words));
}

function reachBefore(text: string, cue: MatchedCue, borders: readonly number[]): number {
  const limit = borders.findLast((at) => at < cue.start) ?? 0;
  return cue.rule.words === undefined ? limit : Math.max(limit, beforeWords(text, cue.start, cue.rule.words));
}

/**
 * The end of the relative clause of a cue. A cue in a relative clause after a comma (`, which does not bind
 * albumin,`), or directly after a comma (`CFTR, not SCNN1A, is mutated`), reaches to the next comma.
 */
function endOfRelative(text: string, cue: Span): number {
  const before = text.slice(0, cue.start);
  const opening = before.match(/,\s(?:which|who|whose|where|when)\b[^,]*$|,\s$/u);
  const comma = opening ? text.indexOf(',', cue.end) : -1;
  return comma < 0 ? text.length : comma;
}

function afterWords(text: string, from: number, count: number): number {
  const words = [...text.slice(from).matchAll(/\S+/gu)][count - 1];
  return words ? from + words.index + words[0].length : text.length;
}

function beforeWords(text: string, to: number, count: number): number {
  const words = [...text.slice(0, to).matchAll(/\S+/gu)];
  return words.at(-count)?.index ?? 0;
}
