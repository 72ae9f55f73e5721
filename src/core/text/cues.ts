import type { Span } from '../types';
import { clauseBorders, type CueKind, type CueRule, cueRules } from './cueLexicon';

/** The cues that bear on a relation; spans of the sentence. */
export interface RelationCues {
  readonly negated?: Span;
  readonly speculated?: Span;
}

interface FoundCue extends Span {
  readonly rule: CueRule;
}

/** Looks at a pair of mentions of one sentence; both spans are of it. */
export type CueFinder = (subject: Span, object: Span) => RelationCues;

/**
 * Whether a sentence denies, or only supposes, what it says of two mentions.
 *
 * A cue bears on the relation where it reaches the later of the two from between them, or both from before or behind
 * them. It reaches to the border of its clause: a `but`, a semicolon, the comma that ends its relative clause. Regular
 * expressions and no parser: measured on the sentences of test/fixtures/cues.
 *
 * @param text A sentence. It is read once, whatever number of pairs is asked about.
 */
export function createCueFinder(text: string): CueFinder {
  const cues = cuesIn(text);
  const borders = bordersIn(text);
  return (subject, object) => {
    const [first, second] = subject.start <= object.start ? [subject, object] : [object, subject];
    const bearing = (kind: CueKind) =>
      cues.find(
        (cue) =>
          cue.rule.kind === kind &&
          !overlap(cue, first) &&
          !overlap(cue, second) &&
          bears(text, cue, { first, second, borders }),
      );
    const [negated, speculated] = [bearing('negation'), bearing('speculation')];
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

/** All cues, in order; of those that overlap the longest. */
function cuesIn(text: string): FoundCue[] {
  const found = patterns.flatMap(({ rule, expression }) =>
    Array.from(text.matchAll(expression), (match): FoundCue => ({
      rule,
      start: match.index,
      end: match.index + match[0].length,
    })),
  );
  const pseudo = found.filter(({ rule }) => rule.kind === 'none');
  const cues = found.filter(
    (cue) =>
      cue.rule.kind !== 'none' &&
      !pseudo.some((other) => overlap(cue, other) && lengthOf(other) >= lengthOf(cue)),
  );
  return cues.filter((cue) => !cues.some((other) => covers(other, cue))).sort((a, b) => a.start - b.start);
}

/** Whether another cue says it in more words: `did not occur` and `not`, `not known` and `not`. */
function covers(other: FoundCue, cue: FoundCue): boolean {
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

interface Place {
  /** In text order. */
  readonly first: Span;
  readonly second: Span;
  readonly borders: readonly number[];
}

function bears(text: string, cue: FoundCue, place: Place): boolean {
  const { first, second } = place;
  const { reach } = cue.rule;
  if (reach !== 'before' && cue.start < second.start) {
    const end = reachAfter(text, cue, place.borders);
    const wanted = cue.start < first.start ? first : second;
    // From before both, the cue must reach both: "patients without diabetes took metformin".
    if (second.end <= end && wanted.end <= end && (wanted === second || staysWith(text, cue, place)))
      return true;
  }
  if (reach !== 'after' && cue.end > second.end) return reachBefore(text, cue, place.borders) <= first.start;
  // Between the two: "an effect of X was not observed with Y".
  return (
    reach !== 'after' &&
    cue.start >= first.end &&
    cue.end <= second.start &&
    reachBefore(text, cue, place.borders) <= first.start
  );
}

/** Not the end of an opening phrase: `In patients without diabetes, X inhibits Y` says nothing against X and Y. */
function staysWith(text: string, cue: FoundCue, { first }: Place): boolean {
  const between = text.slice(cue.end, first.start);
  const comma = between.search(/,\s/u);
  return comma < 0 || /^\s*(?:therefore|however|thus|in fact|indeed),/iu.test(between);
}

function reachAfter(text: string, cue: FoundCue, borders: readonly number[]): number {
  const limit = Math.min(
    text.length,
    borders.find((at) => at >= cue.end) ?? text.length,
    endOfRelative(text, cue),
  );
  return cue.rule.words === undefined ? limit : Math.min(limit, afterWords(text, cue.end, cue.rule.words));
}

function reachBefore(text: string, cue: FoundCue, borders: readonly number[]): number {
  const limit = borders.findLast((at) => at < cue.start) ?? 0;
  return cue.rule.words === undefined ? limit : Math.max(limit, beforeWords(text, cue.start, cue.rule.words));
}

/**
 * A cue in a relative clause that a comma opened (`, which does not bind albumin,`), or behind a comma itself
 * (`CFTR, not SCNN1A, is mutated`), ends with the next one.
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
