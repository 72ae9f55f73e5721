/**
 * Makes the tags of a document consistent: a name has one type, and either all or none of its occurrences are tagged.
 * The decoder sees one sentence at a time, so it may miss a name in one sentence and find it in the next.
 *
 * 1. Every name that is tagged somewhere is searched for in the whole document (`NameFinder`).
 * 2. Each occurrence counts as evidence with its own probability, even below the threshold (`NameEvidence`). The
 *    occurrences of a name are usually all right or all wrong, so the weighted mean of their probabilities is compared
 *    with the threshold for a single calibrated probability. Above it, all occurrences are tagged; below it, the tag
 *    is removed, for example a weak hit among many untagged occurrences.
 * 3. The type with the highest sum of probabilities wins. An abbreviation votes together with its long form.
 *
 * Two exceptions were tried on BioRED dev without any gain in F1, and are not used because they make documents
 * inconsistent: keeping a tag with a probability of 0.9 or more although its name is dropped, and keeping a type with
 * a probability of 0.8 or more although it lost the vote. Replacing tags by a longer name that contains them gained
 * nothing either.
 *
 * The cost is linear in the length of the document.
 */
import { firstWhere } from '../firstWhere';
import type { AbbreviationSpans } from '../text/abbreviations';
import { NameFinder, type NameOccurrence, nameFormOf } from '../text/nameFinder';
import { removeNonNames } from './nonNames';
import type { Span } from '../types';
import { type NameDecision, type NamedSpan, NameVotes } from './nameVotes';
import type { DecodedSpan } from './spanCache';

/** A segment with the spans that the decoder found in it. Offsets count from the start of `text`. */
export interface SegmentFindings {
  readonly text: string;
  /**
   * The decoded sentences, in order. Names do not cross sentence boundaries; nothing is known about text between the
   * sentences.
   */
  readonly sentences: readonly Span[];
  /**
   * Sorted, without overlaps. Includes spans that are not probable enough to be tagged: they count as evidence too.
   */
  readonly spans: readonly DecodedSpan[];
  readonly abbreviations: readonly AbbreviationSpans[];
}

export interface ConsistentSpan extends DecodedSpan {
  /** True for an occurrence that the decoder did not tag itself; otherwise undefined. */
  readonly isInferred?: true | undefined;
}

/**
 * Decides for all segments of a document which spans are tagged, and with which type.
 *
 * @param segments The segments of one document, or of one publication if the file contains several.
 * @param minProbability Minimum probability of a tag. Further occurrences of a name are tagged from
 *   `defaultMinProbability` on.
 * @returns the tags of each segment, sorted and without overlaps. A tag that was added or has a new type gets the
 *   probability of its name: the weighted mean over the document, but at least `minProbability`. The generator makes
 *   two passes and yields after each segment of each pass the number of characters processed, so that the caller can
 *   stop it or let other work run.
 */
export function* consistentSpans(
  segments: readonly SegmentFindings[],
  minProbability: number,
): Generator<number, ConsistentSpan[][]> {
  const named = segments.map(withNames);
  const votes = new NameVotes(
    minProbability,
    named.flatMap(({ spans }) => spans),
  );
  const finder = new NameFinder(votes.keys());
  const occurrences: Occurrence[][] = [];
  for (const segment of named) {
    const segmentOccurrences = occurrencesIn(segment, finder, votes);
    occurrences.push(segmentOccurrences);
    countEvidence(segment, segmentOccurrences, votes, minProbability);
    yield segment.text.length;
  }
  const result: ConsistentSpan[][] = [];
  for (const [i, segment] of named.entries()) {
    result.push(resolveTags(segment, occurrences[i] ?? [], (key) => votes.decisionOf(key), minProbability));
    yield segment.text.length;
  }
  return result;
}

interface NamedFindings extends SegmentFindings {
  readonly spans: readonly NamedSpan[];
}

function withNames(segment: SegmentFindings): NamedFindings {
  const spans = segment.spans.map((span) => {
    const spelling = segment.text.slice(span.start, span.end);
    return { ...span, spelling, key: nameFormOf(spelling) };
  });
  return { ...segment, spans };
}

interface Occurrence extends NameOccurrence {
  /** True if the decoder found exactly this span, however improbable. */
  readonly isDecoded: boolean;
}

/** Occurrences of tagged names, sorted by start, without those that the rules of nonNames.ts exclude. */
function occurrencesIn({ text, sentences, spans }: SegmentFindings, finder: NameFinder, votes: NameVotes) {
  const ends = new Map(spans.map(({ start, end }) => [start, end]));
  return sentences.flatMap(({ start, end }) => {
    const sentence = text.slice(start, end);
    const isWanted = ({ key, start: from, end: to }: Occurrence) =>
      votes.typeOf(key) !== '' && !votes.isOrdinaryWord(key, sentence.slice(from, to));
    const all = finder
      .find(sentence)
      .map((each) => ({ ...each, isDecoded: ends.get(start + each.start) === start + each.end }))
      .filter((each) => each.isDecoded || isWanted(each));
    return withoutExcluded(all, sentence, votes).map((each): Occurrence => {
      return { ...each, start: start + each.start, end: start + each.end };
    });
  });
}

/**
 * Applies the rules of nonNames.ts to occurrences that the decoder did not find; they were already applied to the
 * others.
 */
function withoutExcluded(
  all: readonly Occurrence[],
  sentence: string,
  votes: NameVotes,
): readonly Occurrence[] {
  if (all.every(({ isDecoded }) => isDecoded)) return all;
  const typed = all.map((each) => ({ ...each, type: votes.typeOf(each.key), length: each.end - each.start }));
  const names = removeNonNames(typed, sentence);
  // A span that the rules shortened is a different name.
  return names.filter(({ isDecoded, start, end, length }) => isDecoded || end - start === length);
}

/**
 * Adds the evidence of one segment to the votes. An occurrence inside a longer tag is part of that tag and is not
 * counted.
 */
function countEvidence(
  { text, spans, abbreviations }: NamedFindings,
  occurrences: readonly Occurrence[],
  votes: NameVotes,
  minProbability: number,
): void {
  const marks = spans.filter(({ probability }) => probability >= minProbability);
  let at = 0;
  for (const { key, start, end, isDecoded } of occurrences) {
    while ((marks[at]?.end ?? Infinity) <= start) at += 1;
    const mark = marks[at];
    const isInside = mark !== undefined && mark.start <= start && end <= mark.end;
    if (!isDecoded && !isInside) votes.addMissed(key);
  }
  for (const { short, long } of abbreviations) {
    const keyAt = ({ start, end }: Span) => nameFormOf(text.slice(start, end));
    const heads = overlapping(spans, long).filter((span) => isHeadOf(span, long));
    votes.addDefinition(keyAt(short), keyAt(long), heads);
  }
}

/** @param spans Sorted, without overlaps. */
function overlapping<T extends Span>(spans: readonly T[], { start, end }: Span): readonly T[] {
  const first = firstWhere(spans, (span) => span.end > start);
  const last = firstWhere(spans, (span) => span.start >= end);
  return spans.slice(first, last);
}

/**
 * Whether a span covers the head of a long form. The head is at the end; the boundary at the front is the less certain
 * one.
 */
function isHeadOf(span: Span, long: Span): boolean {
  const isMost = span.start === long.start && 2 * (span.end - span.start) > long.end - long.start;
  return span.end === long.end || (isMost && span.end < long.end);
}

/**
 * The tags of one segment: tags of the decoder that are kept, with the type of their name, and the added occurrences.
 */
function resolveTags(
  { text, spans }: NamedFindings,
  occurrences: readonly NameOccurrence[],
  decisionOf: (key: string) => NameDecision | undefined,
  minProbability: number,
): ConsistentSpan[] {
  const occupied = new Uint8Array(text.length);
  const marks: ConsistentSpan[] = [];
  for (const { key, start, end, type, probability } of spans) {
    const decision = decisionOf(key);
    if (probability < minProbability || decision?.verdict === 'drop') continue;
    const isRetyped = decision !== undefined && decision.type !== type;
    marks.push({
      start,
      end,
      ...(isRetyped ? decidedType(decision, minProbability) : { type, probability }),
    });
    occupied.fill(1, start, end);
  }
  const longestFirst = [...occurrences].sort(
    (a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start,
  );
  for (const { key, start, end } of longestFirst) {
    const decision = decisionOf(key);
    if (decision?.verdict !== 'mark' || occupied.subarray(start, end).includes(1)) continue;
    marks.push({ start, end, ...decidedType(decision, minProbability), isInferred: true });
    occupied.fill(1, start, end);
  }
  return marks.sort((a, b) => a.start - b.start);
}

function decidedType({ type, probability }: NameDecision, minProbability: number) {
  return { type, probability: Math.max(probability, minProbability) };
}
