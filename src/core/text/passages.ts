import type { Segment, Span } from '../types';
import { splitSentences } from './sentences';

/** Splits a text into sentences. The spans are in order and together cover every character that is not white space. */
export type SentenceSplitter = (text: string) => readonly Span[];

/** Consecutive sentences of one segment. */
export interface Passage {
  readonly segment: Segment;
  /** Spans of the sentences in `segment.text`. */
  readonly sentences: readonly Span[];
}

/** A group of passages that is processed at once. */
export interface PassageGroup {
  readonly passages: readonly Passage[];
  /** Segments that begin in this group. */
  readonly segments: readonly Segment[];
  /** Number of characters of prose in the group. */
  readonly characters: number;
}

/**
 * Maximum number of sentences in a passage. A longer segment is split, counting from its own start, because the text
 * before it must not change how it is packed.
 */
const maxPassageSentences = 64;

/**
 * Number of sentences in a group. The first group is small, so that the first entities arrive early; the others fill
 * their batches.
 */
const firstGroupSentences = 32;
const groupSentences = 192;

/** Splits segments lazily into sentences and yields them in groups, in document order. */
export function* passageGroups(
  segments: readonly Segment[],
  split: SentenceSplitter = splitSentences,
): Generator<PassageGroup> {
  let passages: Passage[] = [];
  let startedSegments: Segment[] = [];
  let sentences = 0;
  let characters = 0;
  let minSentences = firstGroupSentences;
  for (const segment of segments) {
    startedSegments.push(segment);
    for (const passage of passagesOf(segment, split)) {
      passages.push(passage);
      sentences += passage.sentences.length;
      characters += passage.characters;
      if (sentences < minSentences) continue;
      yield { passages, segments: startedSegments, characters };
      passages = [];
      startedSegments = [];
      sentences = 0;
      characters = 0;
      minSentences = groupSentences;
    }
  }
  if (passages.length > 0) yield { passages, segments: startedSegments, characters };
}

function passagesOf(segment: Segment, split: SentenceSplitter): (Passage & { characters: number })[] {
  const sentences = split(segment.text);
  const passages: (Passage & { characters: number })[] = [];
  let start = 0;
  for (let first = 0; first === 0 || first < sentences.length; first += maxPassageSentences) {
    const end = sentences[first + maxPassageSentences]?.start ?? segment.text.length;
    const passageSentences = sentences.slice(first, first + maxPassageSentences);
    passages.push({ segment, sentences: passageSentences, characters: end - start });
    start = end;
  }
  return passages;
}
