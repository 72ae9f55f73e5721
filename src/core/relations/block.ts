import { bySpan } from '../spanOrder';
import { toDocument, toProseSpan, segmentSpan } from '../documents/place';
import { passageGroups, type SentenceSplitter } from '../text/passages';
import type { Entity, Segment, Span } from '../types';
import type { MentionSentence, PlacedMention } from './window';

/** A unit of relation extraction, decoding and caching: a paragraph, or a title and the paragraph below it. */
export interface Block {
  readonly sentences: readonly MentionSentence[];
  /** Number of characters of prose in the block. */
  readonly characters: number;
}

export interface BlockOptions {
  readonly split?: SentenceSplitter | undefined;
  /** Document offsets that no block crosses, ascending: where the publications of a file begin. */
  readonly borders?: readonly number[] | undefined;
}

/**
 * Assigns the mentions to sentences and groups the sentences into blocks. A segment of one sentence, usually a title,
 * is joined to the paragraph of several sentences that follows it. List items stay separate.
 *
 * @param entities Entities in document order.
 */
export function* blocksOf(
  segments: readonly Segment[],
  entities: readonly Entity[],
  { split, borders = [] }: BlockOptions = {},
): Generator<Block> {
  let title: Block | undefined;
  let border = 0;
  for (const block of passageBlocks(segments, entities, split)) {
    const crossed = (borders[border] ?? Infinity) <= block.start;
    while ((borders[border] ?? Infinity) <= block.start) border += 1;
    const isTitle = block.sentences.length === 1;
    if (title && (crossed || isTitle)) {
      yield title;
      title = undefined;
    }
    if (isTitle) title = block;
    else {
      yield title ? joined(title, block) : block;
      title = undefined;
    }
  }
  if (title) yield title;
}

function joined(first: Block, second: Block): Block {
  return {
    sentences: [...first.sentences, ...second.sentences],
    characters: first.characters + second.characters,
  };
}

function* passageBlocks(
  segments: readonly Segment[],
  entities: readonly Entity[],
  split: SentenceSplitter | undefined,
): Generator<Block & { readonly start: number }> {
  const placer = new MentionPlacer(entities);
  for (const group of passageGroups(segments, split)) {
    for (const { segment, sentences } of group.passages) {
      yield {
        sentences: sentences.map((span) => ({ segment, span, mentions: placer.mentionsIn(segment, span) })),
        characters: sentences.reduce((sum, span) => sum + span.end - span.start, 0),
        start: segmentSpan(segment).start,
      };
    }
  }
}

/** Assigns the mentions to sentences in document order, each to the sentence in which it begins. */
class MentionPlacer {
  private next = 0;

  constructor(private readonly entities: readonly Entity[]) {}

  mentionsIn(segment: Segment, sentence: Span): PlacedMention[] {
    const { end } = toDocument(segment, sentence.start, sentence.end);
    const placed: PlacedMention[] = [];
    for (
      let entity = this.entities[this.next];
      entity !== undefined && entity.start < end;
      entity = this.entities[++this.next]
    ) {
      const span = toProseSpan(segment, entity);
      if (!span || span.start < sentence.start || span.start >= sentence.end) continue;
      placed.push({ entity, start: span.start, end: Math.min(span.end, sentence.end) });
    }
    return placed.sort(bySpan);
  }
}
