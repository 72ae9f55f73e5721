import { toDocument, toProseSpan, segmentSpan } from '../documents/place';
import { passageGroups, type SentenceSplitter } from '../text/passages';
import type { Entity, Segment, Span } from '../types';
import type { MentionSentence, PlacedMention } from './window';

/** What is related, decoded and remembered as one: a paragraph, or a title and the paragraph under it. */
export interface Block {
  readonly sentences: readonly MentionSentence[];
  /** Characters of prose in it. */
  readonly characters: number;
}

export interface BlockOptions {
  readonly split?: SentenceSplitter | undefined;
  /** Offsets of the document that no block crosses, ascending: where publications of a file begin. */
  readonly borders?: readonly number[] | undefined;
}

/**
 * Puts the mentions on the sentences, and joins a segment of one sentence, a title most often, to the paragraph of
 * several sentences that follows it. Items of a list stay by themselves.
 *
 * @param entities In document order.
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
  const place = new MentionPlacer(entities);
  for (const group of passageGroups(segments, split)) {
    for (const { segment, sentences } of group.passages) {
      yield {
        sentences: sentences.map((span) => ({ segment, span, mentions: place.within(segment, span) })),
        characters: sentences.reduce((sum, span) => sum + span.end - span.start, 0),
        start: segmentSpan(segment).start,
      };
    }
  }
}

/** Hands the mentions out in document order, each to the sentence that it begins in. */
class MentionPlacer {
  private next = 0;

  constructor(private readonly entities: readonly Entity[]) {}

  within(segment: Segment, sentence: Span): PlacedMention[] {
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
    return placed.sort((a, b) => a.start - b.start || b.end - a.end);
  }
}
