/**
 * Makes the decisions about a document agree: one name has one type, and either all its occurrences are marked or none.
 * The decoder sees one sentence at a time, and misses a name in one sentence that it finds in the next.
 *
 * 1. Every name that is marked somewhere is looked for in the whole document (`NameFinder`).
 * 2. Each occurrence is evidence with its own probability, also below the threshold (`NameEvidence`). The occurrences of
 *    a name are right or wrong together, so that the threshold for one calibrated probability holds for their weighted
 *    mean: it marks all of them, or removes one weak hit among many occurrences that are not marked.
 * 3. The type with the highest sum of probabilities wins; an abbreviation votes together with its long form.
 *
 * Tried on BioRED dev without gain in F1, and not done because each leaves the document inconsistent: a mark of 0.9 and
 * more stays where its name is dropped, and another type of 0.8 and more stays where it loses the vote. To replace marks
 * by a longer name that holds them gained nothing either.
 *
 * The cost is linear in the length of the document.
 */
import { firstWhere } from '../firstWhere';
import type { AbbreviationSpans } from '../text/abbreviations';
import { NameFinder, type NameOccurrence, nameFormOf } from '../text/nameFinder';
import { withoutNotNames } from '../text/notNames';
import type { Span } from '../types';
import { type NameDecision, type NamedSpan, NameVotes } from './nameVotes';
import type { DecodedSpan } from './spanCache';

/** A segment, with what the decoder found in it. Offsets count from the start of `text`. */
export interface SegmentFindings {
  readonly text: string;
  /** Sentences that were decoded, in order. A name does not cross their borders; what lies between them is unknown. */
  readonly sentences: readonly Span[];
  /** In order, without overlaps; those that are too improbable to be marked are evidence as well. */
  readonly found: readonly DecodedSpan[];
  readonly abbreviations: readonly AbbreviationSpans[];
}

export interface ConsistentSpan extends DecodedSpan {
  /** True for a repeat that the decoder itself did not mark; absent otherwise. */
  readonly isInferred?: true | undefined;
}

/**
 * @param segments Of one document: of one publication where a file holds several.
 * @param minProbability Least probability of a mark. Repeats are added from `defaultMinProbability` on.
 * @returns by segment, the marks in order, without overlaps. A mark that was added or has a new type has the probability
 *   of its name: the weighted mean over the document, at least `minProbability`. After each segment of each of its two
 *   passes it yields how many characters it has worked on, so that a caller can stop or let other work in.
 */
export function* consistentSpans(
  segments: readonly SegmentFindings[],
  minProbability: number,
): Generator<number, ConsistentSpan[][]> {
  const named = segments.map(withNames);
  const votes = new NameVotes(
    minProbability,
    named.flatMap(({ found }) => found),
  );
  const finder = new NameFinder(votes.keys());
  const occurrences: Occurrence[][] = [];
  for (const segment of named) {
    const own = occurrencesIn(segment, finder, votes);
    occurrences.push(own);
    count(segment, own, votes, minProbability);
    yield segment.text.length;
  }
  const result: ConsistentSpan[][] = [];
  for (const [i, segment] of named.entries()) {
    result.push(decided(segment, occurrences[i] ?? [], (key) => votes.decisionOf(key), minProbability));
    yield segment.text.length;
  }
  return result;
}

interface NamedFindings extends SegmentFindings {
  readonly found: readonly NamedSpan[];
}

function withNames(segment: SegmentFindings): NamedFindings {
  const found = segment.found.map((span) => {
    const spelling = segment.text.slice(span.start, span.end);
    return { ...span, spelling, key: nameFormOf(spelling) };
  });
  return { ...segment, found };
}

interface Occurrence extends NameOccurrence {
  /** True where the decoder found exactly this, however improbable. */
  readonly isFound: boolean;
}

/** Where marked names stand, by start; not where the rules about what is no name exclude them. */
function occurrencesIn({ text, sentences, found }: SegmentFindings, finder: NameFinder, votes: NameVotes) {
  const ends = new Map(found.map(({ start, end }) => [start, end]));
  return sentences.flatMap(({ start, end }) => {
    const sentence = text.slice(start, end);
    const isWanted = ({ key, start: from, end: to }: Occurrence) =>
      votes.typeOf(key) !== '' && !votes.isOtherWord(key, sentence.slice(from, to));
    const all = finder
      .find(sentence)
      .map((each) => ({ ...each, isFound: ends.get(start + each.start) === start + each.end }))
      .filter((each) => each.isFound || isWanted(each));
    return withoutExcluded(all, sentence, votes).map((each): Occurrence => {
      return { ...each, start: start + each.start, end: start + each.end };
    });
  });
}

/** The rules have seen what the decoder found. */
function withoutExcluded(
  all: readonly Occurrence[],
  sentence: string,
  votes: NameVotes,
): readonly Occurrence[] {
  if (all.every(({ isFound }) => isFound)) return all;
  const typed = all.map((each) => ({ ...each, type: votes.typeOf(each.key), length: each.end - each.start }));
  const names = withoutNotNames(typed, sentence);
  // What the rules cut is another name.
  return names.filter(({ isFound, start, end, length }) => isFound || end - start === length);
}

/** Counts the evidence of one segment. A name inside a longer mark is a part of that, and says nothing about itself. */
function count(
  { text, found, abbreviations }: NamedFindings,
  occurrences: readonly Occurrence[],
  votes: NameVotes,
  minProbability: number,
): void {
  const marks = found.filter(({ probability }) => probability >= minProbability);
  let at = 0;
  for (const { key, start, end, isFound } of occurrences) {
    while ((marks[at]?.end ?? Infinity) <= start) at += 1;
    const mark = marks[at];
    const isInside = mark !== undefined && mark.start <= start && end <= mark.end;
    if (!isFound && !isInside) votes.addSilent(key);
  }
  for (const { short, long } of abbreviations) {
    const keyAt = ({ start, end }: Span) => nameFormOf(text.slice(start, end));
    const heads = overlapping(found, long).filter((span) => isHeadOf(span, long));
    votes.addDefinition(keyAt(short), keyAt(long), heads);
  }
}

/** @param spans In order, without overlaps. */
function overlapping<T extends Span>(spans: readonly T[], { start, end }: Span): readonly T[] {
  const first = firstWhere(spans, (span) => span.end > start);
  const last = firstWhere(spans, (span) => span.start >= end);
  return spans.slice(first, last);
}

/** The head of a long form is its end; the border in front is the less certain one. */
function isHeadOf(span: Span, long: Span): boolean {
  const isMost = span.start === long.start && 2 * (span.end - span.start) > long.end - long.start;
  return span.end === long.end || (isMost && span.end < long.end);
}

/** The marks of one segment: those that stay, with the type of their name, and the repeats beside them. */
function decided(
  { text, found }: NamedFindings,
  occurrences: readonly NameOccurrence[],
  decisionOf: (key: string) => NameDecision | undefined,
  minProbability: number,
): ConsistentSpan[] {
  const taken = new Uint8Array(text.length);
  const marks: ConsistentSpan[] = [];
  for (const { key, start, end, type, probability } of found) {
    const decision = decisionOf(key);
    if (probability < minProbability || decision?.verdict === 'drop') continue;
    const isRetyped = decision !== undefined && decision.type !== type;
    marks.push({ start, end, ...(isRetyped ? typed(decision, minProbability) : { type, probability }) });
    taken.fill(1, start, end);
  }
  const longestFirst = [...occurrences].sort(
    (a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start,
  );
  for (const { key, start, end } of longestFirst) {
    const decision = decisionOf(key);
    if (decision?.verdict !== 'mark' || taken.subarray(start, end).includes(1)) continue;
    marks.push({ start, end, ...typed(decision, minProbability), isInferred: true });
    taken.fill(1, start, end);
  }
  return marks.sort((a, b) => a.start - b.start);
}

function typed({ type, probability }: NameDecision, minProbability: number) {
  return { type, probability: Math.max(probability, minProbability) };
}
