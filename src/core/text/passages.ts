import type { Segment, Span } from '../types';
import { splitSentences } from './sentences';

/** Spans of `text`, in order; together they cover every character that is not white space. */
export type SentenceSplitter = (text: string) => readonly Span[];

/** Neighbouring sentences of one segment. */
export interface Passage {
  readonly segment: Segment;
  /** Spans of `segment.text`. */
  readonly sentences: readonly Span[];
}

/** What is worked on at once. */
export interface PassageGroup {
  readonly passages: readonly Passage[];
  /** Segments that begin in this group. */
  readonly segments: readonly Segment[];
  /** Characters of prose in it. */
  readonly characters: number;
}

/** A longer segment is cut, counted from its own start: what stands before it must not change how it is packed. */
const maxPassageSentences = 64;

/** The first group is small, so that the first marks come soon; the others fill their batches. */
const firstGroupSentences = 32;
const groupSentences = 192;

/** Splits segments in sentences, lazily, and hands them out in groups in document order. */
export function* passageGroups(
  segments: readonly Segment[],
  split: SentenceSplitter = splitSentences,
): Generator<PassageGroup> {
  let passages: Passage[] = [];
  let begun: Segment[] = [];
  let sentences = 0;
  let characters = 0;
  let wanted = firstGroupSentences;
  for (const segment of segments) {
    begun.push(segment);
    for (const passage of passagesOf(segment, split)) {
      passages.push(passage);
      sentences += passage.sentences.length;
      characters += passage.characters;
      if (sentences < wanted) continue;
      yield { passages, segments: begun, characters };
      passages = [];
      begun = [];
      sentences = 0;
      characters = 0;
      wanted = groupSentences;
    }
  }
  if (passages.length > 0) yield { passages, segments: begun, characters };
}

function passagesOf(segment: Segment, split: SentenceSplitter): (Passage & { characters: number })[] {
  const sentences = split(segment.text);
  const passages: (Passage & { characters: number })[] = [];
  let start = 0;
  for (let first = 0; first === 0 || first < sentences.length; first += maxPassageSentences) {
    const end = sentences[first + maxPassageSentences]?.start ?? segment.text.length;
    const own = sentences.slice(first, first + maxPassageSentences);
    passages.push({ segment, sentences: own, characters: end - start });
    start = end;
  }
  return passages;
}
