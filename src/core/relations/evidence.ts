import { toDocument } from '../document/place';
import { createCueFinder, type CueFinder } from '../text/cues';
import type { Cue, Relation, Segment, Span } from '../types';
import { documentSpan, type MentionSentence } from './window';

/** What relations are told on: neighbouring sentences. */
export interface Evidence extends Pick<Relation, 'evidence' | 'evidenceText'> {
  readonly sentences: readonly MentionSentence[];
  /** Of the sentence, where there is only one. Across sentences, no cue can be said to bear on both mentions. */
  readonly findCues?: CueFinder;
}

/** Reads the stretches of a block, each once, however many relations stand in it. */
export function createEvidence(
  sentences: readonly MentionSentence[],
): (first: number, last: number) => Evidence {
  const known = new Map<string, Evidence>();
  return (first, last) => {
    const key = `${first} ${last}`;
    const evidence = known.get(key) ?? readEvidence(sentences.slice(first, last + 1));
    known.set(key, evidence);
    return evidence;
  };
}

function readEvidence(sentences: readonly MentionSentence[]): Evidence {
  const texts = sentences.map(({ segment, span }) => segment.text.slice(span.start, span.end));
  const [only] = sentences.length === 1 ? texts : [];
  return {
    sentences,
    evidence: documentSpan(sentences),
    evidenceText: texts.map(readable).join(' '),
    ...(only !== undefined && { findCues: createCueFinder(only) }),
  };
}

/** The relation with its evidence and the cues in it. */
export function toRelation(
  found: Pick<Relation, 'type' | 'subject' | 'object' | 'probability'>,
  { sentences, evidence, evidenceText, findCues }: Evidence,
): Relation {
  const relation = { ...found, evidence, evidenceText };
  const [sentence] = sentences;
  return findCues && sentence ? { ...relation, ...cuesOf(found, sentence, findCues) } : relation;
}

function cuesOf(
  { subject, object }: Pick<Relation, 'subject' | 'object'>,
  { segment, span, mentions }: MentionSentence,
  findCues: CueFinder,
): { readonly negated?: Cue; readonly speculated?: Cue } {
  const placeOf = (entity: unknown) => {
    const mention = mentions.find((each) => each.entity === entity);
    return {
      start: (mention?.start ?? span.start) - span.start,
      end: (mention?.end ?? span.start) - span.start,
    };
  };
  const { negated, speculated } = findCues(placeOf(subject), placeOf(object));
  return {
    ...(negated && { negated: toCue(segment, span, negated) }),
    ...(speculated && { speculated: toCue(segment, span, speculated) }),
  };
}

function toCue(segment: Segment, sentence: Span, cue: Span): Cue {
  const [start, end] = [sentence.start + cue.start, sentence.start + cue.end];
  return { ...toDocument(segment, start, end), text: readable(segment.text.slice(start, end)) };
}

function readable(text: string): string {
  return text.replace(/\s+/gu, ' ');
}
