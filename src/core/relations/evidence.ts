import { toDocument } from '../documents/place';
import { createCueFinder, type CueFinder } from '../text/cues';
import { foldWhiteSpace } from '../text/whiteSpace';
import type { Cue, Entity, EvidenceMark, Relation, Span } from '../types';
import { documentSpan, type MentionSentence } from './window';

/** The evidence of relations: consecutive sentences. */
export interface Evidence extends Pick<Relation, 'evidence' | 'evidenceText'> {
  readonly sentences: readonly MentionSentence[];
  /** Maps a span of the sentence with the given index to {@link evidenceText}. */
  readonly toText: (sentence: number, span: Span) => Span;
  /** Finds cues if there is only one sentence. Across sentences, a cue cannot be said to apply to both mentions. */
  readonly findCues?: CueFinder;
}

/**
 * Returns a function that reads sentences `first` to `last` of a block as evidence. Each range is read only once,
 * however many relations it contains.
 */
export function createEvidence(
  sentences: readonly MentionSentence[],
): (first: number, last: number) => Evidence {
  const cache = new Map<string, Evidence>();
  return (first, last) => {
    const key = `${first} ${last}`;
    const evidence = cache.get(key) ?? readEvidence(sentences.slice(first, last + 1));
    cache.set(key, evidence);
    return evidence;
  };
}

function readEvidence(sentences: readonly MentionSentence[]): Evidence {
  const texts = sentences.map(({ segment, span }) => segment.text.slice(span.start, span.end));
  const [only] = sentences.length === 1 ? texts : [];
  const folded = texts.map(foldWhiteSpace);
  const starts: number[] = [];
  let length = 0;
  for (const { text } of folded) {
    starts.push(length);
    length += text.length + 1;
  }
  return {
    sentences,
    evidence: documentSpan(sentences),
    evidenceText: folded.map(({ text }) => text).join(' '),
    toText: (index, { start, end }) => {
      const from = starts[index] ?? 0;
      const positions = folded[index]?.positions ?? [];
      return { start: from + (positions[start] ?? 0), end: from + (positions[end] ?? 0) };
    },
    ...(only !== undefined && { findCues: createCueFinder(only) }),
  };
}

/** Adds the evidence to a relation, with the cues in it and all their places. */
export function toRelation(
  relation: Pick<Relation, 'type' | 'subject' | 'object' | 'concepts' | 'probability' | 'isTentative'>,
  evidence: Evidence,
): Relation {
  const { subject, object } = relation;
  const { negated, speculated } = cuesOf(relation, evidence);
  const cues = [negated, speculated].filter((cue) => cue !== undefined);
  return {
    ...relation,
    evidence: evidence.evidence,
    evidenceText: evidence.evidenceText,
    evidenceMarks: [
      ...markOf(subject, 'subject', evidence),
      ...markOf(object, 'object', evidence),
      ...cues.map(({ span }) => ({ ...evidence.toText(0, span), role: 'cue' as const })),
    ],
    ...(negated && { negated: negated.cue }),
    ...(speculated && { speculated: speculated.cue }),
  };
}

function markOf(
  entity: Entity,
  role: 'subject' | 'object',
  { sentences, toText }: Evidence,
): readonly EvidenceMark[] {
  return sentences.flatMap(({ span, mentions }, index) =>
    mentions
      .filter((mention) => mention.entity === entity)
      .map((mention) => ({ ...toText(index, relativeTo(mention, span)), role })),
  );
}

/** A cue and its span in the sentence. */
interface PlacedCue {
  readonly cue: Cue;
  readonly span: Span;
}

function cuesOf(
  { subject, object }: Pick<Relation, 'subject' | 'object'>,
  { sentences, findCues }: Evidence,
): { readonly negated?: PlacedCue | undefined; readonly speculated?: PlacedCue | undefined } {
  const [sentence] = sentences;
  if (!findCues || !sentence) return {};
  const { segment, span, mentions } = sentence;
  const placeOf = (entity: Entity) =>
    relativeTo(
      mentions.find((each) => each.entity === entity) ?? { start: span.start, end: span.start },
      span,
    );
  const { negated, speculated } = findCues(placeOf(subject), placeOf(object));
  const toCue = (cue: Span): PlacedCue => {
    const [start, end] = [span.start + cue.start, span.start + cue.end];
    const text = foldWhiteSpace(segment.text.slice(start, end)).text;
    return { cue: { ...toDocument(segment, start, end), text }, span: cue };
  };
  return { negated: negated && toCue(negated), speculated: speculated && toCue(speculated) };
}

/** Converts a span of a segment's text to offsets from the start of a sentence. */
function relativeTo({ start, end }: Span, sentence: Span): Span {
  return { start: start - sentence.start, end: end - sentence.start };
}
