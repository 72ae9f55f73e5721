import { toDocument } from '../document/place';
import { createCueFinder, type CueFinder } from '../text/cues';
import type { Cue, Relation, Segment, Span } from '../types';
import { documentSpan, type MentionSentence } from './window';

/** Finds the cues of sentences, each read once. */
export function createSentenceCues(): (sentence: MentionSentence) => CueFinder {
  const finders = new Map<MentionSentence, CueFinder>();
  return (sentence) => {
    const { segment, span } = sentence;
    const finder = finders.get(sentence) ?? createCueFinder(segment.text.slice(span.start, span.end));
    finders.set(sentence, finder);
    return finder;
  };
}

/**
 * The relation with its evidence: the stretch of these sentences. Cues are looked for where one sentence holds both
 * mentions; across sentences, none can be said to bear on both.
 */
export function toRelation(
  found: Pick<Relation, 'type' | 'subject' | 'object' | 'probability'>,
  sentences: readonly MentionSentence[],
  cuesIn: (sentence: MentionSentence) => CueFinder,
): Relation {
  const texts = sentences.map(({ segment, span }) => readable(segment.text.slice(span.start, span.end)));
  const relation = { ...found, evidence: documentSpan(sentences), evidenceText: texts.join(' ') };
  const [only] = sentences;
  return sentences.length === 1 && only ? { ...relation, ...cuesOf(found, only, cuesIn(only)) } : relation;
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
